#pragma once

#include <strandcord/shard_plan.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

namespace strandcord::testing::detail {
class hub;
}

/// Sees what bots do in the sandbox, prints it, and keeps count.
class sandbox_watch {
public:
    struct session {
        strandcord::shard_id shard = {};
        std::int64_t sent = 0;      ///< the number of the newest event
        std::int64_t confirmed = 0; ///< what the bot's last heartbeat said it has
        std::uint64_t connection = 0;
        std::chrono::nanoseconds lost_at{};
        bool ended = false;
    };
    struct counts {
        std::uint64_t identifies = 0;
        std::uint64_t resumes = 0;
        std::uint64_t replies = 0;
        std::uint64_t closes = 0;
        std::uint64_t violations = 0;
        std::uint64_t dispatches = 0; ///< replays included
    };

    /// `talkative`: replies are printed too.
    sandbox_watch(strandcord::testing::detail::hub& hub, bool talkative) noexcept
        : hub_{&hub}, talkative_{talkative} {}

    /// Takes in, and takes away, what was seen since the last call.
    void look();

    const std::map<std::string, session>& sessions() const noexcept { return sessions_; }
    const counts& so_far() const noexcept { return counts_; }
    /// With a connection, now.
    std::size_t connected() const noexcept;
    /// Whether every shard of a bot is connected.
    bool complete() const;
    /// Of all sessions, also of those that have ended.
    std::int64_t sent() const noexcept;
    /// Events that no heartbeat has confirmed, of sessions that have not ended in good order.
    std::int64_t unconfirmed() const noexcept;

private:
    strandcord::testing::detail::hub* hub_;
    bool talkative_;
    std::map<std::string, session> sessions_;
    counts counts_;
};
