#pragma once

#include "gateway/command_limiter.hpp"

#include <strandcord/error.hpp>

#include <deque>
#include <optional>
#include <string>

namespace strandcord::gateway {

/// Commands of the user on their way out, in order, at the limiter's pace. Rules:
/// - a lost connection keeps them (GW-SEND-7);
/// - a lost session keeps the latest presence only, sent or not: the others spoke to that session.
class outbox {
public:
    using time_point = runtime_clock::time_point;

    /// Bytes of one payload (GW-SEND-2).
    static constexpr std::size_t maximum_payload = 4096;

    /// `payload_too_large` when it is over Discord's bound.
    error_code push(std::string text);
    /// The next command that may be sent at `now`.
    std::optional<std::string> pop(time_point now);
    /// When the next command may be sent; nothing when there is none.
    std::optional<time_point> deadline(time_point now);
    /// How many commands were given up.
    std::size_t forget_session();

    bool empty() const noexcept { return queue_.empty(); }
    std::size_t size() const noexcept { return queue_.size(); }
    command_limiter& limiter() noexcept { return limiter_; }

private:
    std::deque<std::string> queue_;
    std::string presence_; ///< the latest, empty when none was set
    command_limiter limiter_;
};

} // namespace strandcord::gateway
