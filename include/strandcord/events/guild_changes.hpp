#pragma once

#include <strandcord/events/guild.hpp>

namespace strandcord {

// What GUILD_CREATE and GUILD_DELETE mean, told in events of strandcord's own: each comes right
// after the one that it explains. `on_any` for all events gets Discord's only, and none of these.
// Discord documentation: events/gateway-events, "Guild Create" and "Guild Delete".

/// A guild that READY listed is there.
struct guild_loaded {
    using data = guild_create_data;
    static constexpr std::string_view name = "STRANDCORD_GUILD_LOADED";
    static constexpr intents needs = intent::guilds;
};

/// The bot was added to a guild.
struct guild_joined {
    using data = guild_create_data;
    static constexpr std::string_view name = "STRANDCORD_GUILD_JOINED";
    static constexpr intents needs = intent::guilds;
};

/// A guild is back from an outage.
struct guild_returned {
    using data = guild_create_data;
    static constexpr std::string_view name = "STRANDCORD_GUILD_RETURNED";
    static constexpr intents needs = intent::guilds;
};

/// A guild cannot be reached for now; the bot is still in it.
struct guild_outage {
    using data = unavailable_guild;
    static constexpr std::string_view name = "STRANDCORD_GUILD_OUTAGE";
    static constexpr intents needs = intent::guilds;
};

/// The bot left a guild, or was removed, or the guild is gone; also when that happened while the
/// shard had no session, which the next READY shows.
struct guild_left {
    using data = unavailable_guild;
    static constexpr std::string_view name = "STRANDCORD_GUILD_LEFT";
    static constexpr intents needs = intent::guilds;
};

struct guilds_ready_data {
    std::int64_t loaded = 0;
    std::vector<snowflake> missing = {}; ///< in an outage, or late
};
STRANDCORD_EXTERN_MODEL(guilds_ready_data)

/// The guilds that READY listed are there, or none came for 15 seconds. Once for each new session
/// of a shard; not for shards that took over from others, whose guilds were there all the time.
struct guilds_ready {
    using data = guilds_ready_data;
    static constexpr std::string_view name = "STRANDCORD_GUILDS_READY";
    static constexpr intents needs = {};
};

} // namespace strandcord
