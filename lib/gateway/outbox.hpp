#pragma once

#include "gateway/command_limiter.hpp"

#include <strandcord/error.hpp>

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace strandcord::gateway {

/// Commands of the user on their way out, in order, at the limiter's pace. Rules:
/// - a presence does not queue: only the latest waits, and goes before the others (GW-SEND-11);
/// - no more than `capacity` others wait;
/// - a lost connection keeps them all; a lost session keeps the latest presence only, sent or not,
///   because the others spoke to that session (GW-SEND-7);
/// - whoever gave a ticket learns what became of the command: sent (a presence also when a later
///   one took its place), or dropped.
class outbox {
public:
    using time_point = runtime_clock::time_point;
    using duration = runtime_clock::duration;

    /// Bytes of one payload (GW-SEND-2).
    static constexpr std::size_t maximum_payload = 4096;
    static constexpr std::size_t capacity = 1000;
    static constexpr std::size_t presence_limit = 5;
    /// A second more than Discord's, because frames sent evenly may arrive bunched.
    static constexpr duration presence_window = std::chrono::seconds{21};

    enum class reason { rate_limit, presence_limit };
    struct wait {
        time_point until{};
        reason why = reason::rate_limit;
        bool operator==(const wait&) const = default;
    };
    struct outcome {
        std::uint64_t ticket = 0;
        error_code why = {}; ///< empty: sent
        bool operator==(const outcome&) const = default;
    };

    /// `ticket` 0: nobody asks. Refuses with `payload_too_large` or `queue_full`.
    error_code push(int op, std::string text, std::uint64_t ticket = 0);
    /// The next command that may be sent at `now`.
    std::optional<std::string> pop(time_point now);
    /// What the next command waits for; nothing when there is none.
    std::optional<wait> waits(time_point now);
    /// Whoever gave the ticket no longer wants it sent, if it still waits.
    void withdraw(std::uint64_t ticket);
    /// How many commands were given up.
    std::size_t forget_session();
    /// What became of commands with tickets since the last call.
    std::vector<outcome> take_outcomes();

    std::size_t size() const noexcept { return queue_.size() + (presence_due_ ? 1 : 0); }
    command_limiter& limiter() noexcept { return limiter_; }

private:
    struct entry {
        std::string text;
        std::uint64_t ticket = 0;
    };
    time_point presence_free(time_point now);
    void settle(std::uint64_t ticket, error_code why = {});

    std::deque<entry> queue_;
    entry presence_;                        ///< the latest, without text when none was set
    bool presence_due_ = false;             ///< it waits
    std::deque<time_point> presences_sent_; ///< of the last window
    command_limiter limiter_;
    std::vector<outcome> outcomes_;
};

} // namespace strandcord::gateway
