#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/snowflake.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace strandcord {

struct gateway_bot;

/// Which shard of how many; 0 <= index < count.
/// Discord documentation: events/gateway, "Sharding".
struct shard_id {
    int index = 0;
    int count = 1;

    friend bool operator==(const shard_id&, const shard_id&) = default;
};

/// The shard that gets a guild's events: (guild >> 22) % count. GW-SHARD-1.
constexpr shard_id shard_of(snowflake guild, int count) noexcept {
    return {static_cast<int>((guild.value >> 22) % static_cast<std::uint64_t>(count)), count};
}

/// How many shards a bot runs, and which of them run here.
class shard_plan {
public:
    /// Ask `/gateway/bot` and start as many as Discord recommends.
    static shard_plan automatic() noexcept { return shard_plan{-1, -1, 0}; }
    /// All `count` shards.
    static shard_plan fixed(int count) noexcept { return shard_plan{0, count - 1, count}; }
    /// Shards `first` to `last`, both included, of `count`; the others run elsewhere.
    static shard_plan range(int first, int last, int count) noexcept {
        return shard_plan{first, last, count};
    }

    /// Asks `/gateway/bot`, and runs the shards that `choose` makes of the answer: at least one,
    /// all of one count, none twice. `choose` may throw; that ends `run()`.
    static shard_plan chosen_by(std::function<std::vector<shard_id>(const gateway_bot&)> choose) {
        shard_plan out{-1, -1, 0};
        out.choose_ = std::move(choose);
        return out;
    }

    /// Whether `/gateway/bot` decides.
    bool is_automatic() const noexcept { return count_ == 0 && first_ < 0; }
    /// Null unless `chosen_by`.
    const std::function<std::vector<shard_id>(const gateway_bot&)>& choice() const noexcept {
        return choose_;
    }
    int first() const noexcept { return first_; }
    int last() const noexcept { return last_; }
    int count() const noexcept { return count_; }

private:
    shard_plan(int first, int last, int count) noexcept
        : first_{first}, last_{last}, count_{count} {}
    int first_;
    int last_;
    int count_;
    std::function<std::vector<shard_id>(const gateway_bot&)> choose_ = {};
};

/// What continues a session on a later connection or in a later process, for a few minutes. Good
/// only with the same token, intents and shard. The session id is a secret.
/// Discord documentation: events/gateway, "Resuming".
struct resume_point {
    std::string session_id = {};
    std::string resume_url = {};
    /// Discord replays what comes after it.
    std::int64_t sequence = 0;
    shard_id shard = {};
    strandcord::intents intents = {};
    /// SHA-256 of the token, in hexadecimal digits; the token itself is stored nowhere.
    std::string token_hash = {};

    friend bool operator==(const resume_point&, const resume_point&) = default;
};

enum class shard_state { waiting, connecting, identifying, resuming, ready, stopped };

std::string to_string(shard_state state);

/// One shard at one moment.
struct shard_status {
    shard_id shard = {};
    shard_state state = shard_state::waiting;
    std::int64_t sequence = 0;
    /// From a heartbeat to its acknowledgement, on this connection.
    std::optional<std::chrono::nanoseconds> latency = {};
    std::uint64_t identifies = 0;
    std::uint64_t resumes = 0;
    std::uint64_t events = 0;
    /// 0 when no connection was lost yet, or the last was lost without a code.
    int last_close = 0;
    /// Guilds that are there; without the GUILDS intent none is known to be. A session that an
    /// earlier process began counts only what came since.
    std::size_t guilds = 0;
    /// Guilds still to load, or in an outage.
    std::size_t unavailable_guilds = 0;
};

} // namespace strandcord
