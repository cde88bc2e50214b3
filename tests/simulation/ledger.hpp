#pragma once

#include <strandcord/testing/discord.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace strandcord::simulation {

/// What Discord numbered, and what the bot's handlers saw of it. Rules:
/// - within a session every event arrives once and in order, nothing is left out;
/// - a session is given up only when Discord forgot it, or when a fault said that it is over;
/// - the bot is told of each, by a `session_gap` before the READY that follows.
class ledger {
public:
    /// The event `number` was given to these sessions.
    void numbered(const std::string& session, std::uint64_t number);
    /// A new session began on the shard; `alive`: Discord would still resume the one before it.
    void began(int shard, const std::string& session, bool alive);
    void gap(int shard);
    void arrived(int shard, std::uint64_t number);
    /// The shard's session may be given up from now on, because `why`.
    void excuse(int shard, const std::string& why);
    bool excused(const std::string& session) const;
    /// Everything that was numbered in the current sessions has arrived.
    void settle_accounts();

    std::string session_of(int shard) const;
    const std::vector<std::string>& problems() const noexcept { return problems_; }
    std::uint64_t arrivals() const noexcept { return arrivals_; }
    std::uint64_t sessions_lost() const noexcept { return sessions_lost_; }
    /// Of all that arrived, in order.
    std::uint64_t fingerprint() const noexcept { return fingerprint_; }
    void mix(std::uint64_t value) noexcept;

private:
    struct account {
        std::vector<std::uint64_t> numbered = {};
        std::size_t arrived = 0;
        std::string excuse = {};
    };
    void problem(int shard, const std::string& sentence);

    std::map<std::string, account> sessions_;
    std::map<int, std::string> current_;
    std::set<int> gaps_; ///< announced, with READY still to come
    std::vector<std::string> problems_;
    std::uint64_t arrivals_ = 0;
    std::uint64_t sessions_lost_ = 0;
    std::uint64_t fingerprint_ = 14695981039346656037ULL;
};

} // namespace strandcord::simulation
