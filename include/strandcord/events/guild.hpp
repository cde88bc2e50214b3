#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/model/channel.hpp>
#include <strandcord/model/guild.hpp>
#include <strandcord/model/member.hpp>
#include <strandcord/model/presence.hpp>
#include <strandcord/model/voice.hpp>

namespace strandcord {

/// A guild with what only GUILD_CREATE carries. In an outage only `id` and `unavailable` are set.
struct guild_create_data : guild {
    std::optional<timestamp> joined_at = {};
    bool large = false;
    std::optional<bool> unavailable = {};
    std::int64_t member_count = 0;
    std::vector<voice_state> voice_states = {};
    std::vector<guild_member> members = {};
    std::vector<channel> channels = {};
    std::vector<channel> threads = {};
    std::vector<presence> presences = {};
    raw_json stage_instances = {};
    raw_json guild_scheduled_events = {};
    raw_json soundboard_sounds = {};
};
STRANDCORD_EXTERN_MODEL(guild_create_data)

/// Loaded after READY, back from an outage, or the bot joined.
struct guild_create {
    using data = guild_create_data;
    static constexpr std::string_view name = "GUILD_CREATE";
    static constexpr intents needs = intent::guilds;
};

struct guild_update {
    using data = guild;
    static constexpr std::string_view name = "GUILD_UPDATE";
    static constexpr intents needs = intent::guilds;
};

/// An outage when `unavailable` is true, else the bot left.
struct guild_delete {
    using data = unavailable_guild;
    static constexpr std::string_view name = "GUILD_DELETE";
    static constexpr intents needs = intent::guilds;
};

} // namespace strandcord
