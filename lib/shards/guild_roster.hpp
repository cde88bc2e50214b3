#pragma once

// Which guilds one shard serves, as a machine: what a GUILD_CREATE or GUILD_DELETE means. Rules:
// - a guild of READY is loaded by its first full GUILD_CREATE (GW-GUILD-2);
// - one that GUILD_DELETE took away for an outage returns with the next; any other was joined;
// - `unavailable` in either event is an outage, never a join and never a leave (GW-GUILD-3, -4);
// - guilds that a later READY does not list were left meanwhile (GW-READY-7);
// - a session that began in an earlier process has no READY: then a full GUILD_CREATE is a join
//   only when the bot's own `joined_at` is recent;
// - all guilds are there when each of READY was answered, or none came for `patience`.

#include "core/clock.hpp"

#include <strandcord/snowflake.hpp>
#include <strandcord/timestamp.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace strandcord::shards {

enum class guild_change : std::uint8_t {
    none, ///< nothing that a handler should be told beside the event itself
    loaded,
    returned,
    joined,
    outage,
    left,
};

/// How a session's guilds came.
struct guild_count {
    std::size_t loaded = 0;
    std::vector<snowflake> missing = {}; ///< in an outage, or late

    friend bool operator==(const guild_count&, const guild_count&) = default;
};

class guild_roster {
public:
    using time_point = runtime_clock::time_point;
    using duration = runtime_clock::duration;

    /// Without a guild for this long the rest is taken for late.
    static constexpr duration patience = std::chrono::seconds{15};
    /// A membership younger than this is news to a process that knows nothing else.
    static constexpr std::chrono::minutes recent{10};

    /// Without the GUILDS intent no guild ever comes, so none is waited for.
    explicit guild_roster(bool loads_guilds) noexcept : loads_guilds_{loads_guilds} {}

    // inputs
    /// What READY lists; the guilds that were left meanwhile.
    std::vector<snowflake> on_ready(const std::vector<snowflake>& listed, time_point now);
    guild_change on_create(snowflake guild, bool unavailable, std::optional<timestamp> joined_at,
                           timestamp wall_now, time_point now);
    guild_change on_delete(snowflake guild, bool unavailable, time_point now);
    /// `deadline()` was reached.
    void on_time(time_point now);

    // outputs
    /// Once for each READY, when its guilds are there.
    std::optional<guild_count> complete();
    std::optional<time_point> deadline() const;
    std::size_t available() const noexcept { return available_; }
    std::vector<snowflake> available_guilds() const;
    std::size_t unavailable() const noexcept {
        return loads_guilds_ ? guilds_.size() - available_ : 0;
    }

private:
    enum class state : std::uint8_t {
        listed,    ///< by READY, not loaded yet
        joining,   ///< first heard of in an outage
        available, ///< loaded
        outage,    ///< was loaded
    };
    void answered(snowflake guild, time_point now);

    std::map<snowflake, state> guilds_;
    std::set<snowflake> awaited_; ///< of the last READY, not answered yet
    std::size_t available_ = 0;
    bool loads_guilds_;
    bool had_ready_ = false;
    bool counting_ = false; ///< `complete()` is still to come
    time_point patient_until_ = {};
};

} // namespace strandcord::shards
