#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/audit_log.hpp>
#include <strandcord/model/channel.hpp>
#include <strandcord/model/emoji.hpp>
#include <strandcord/model/guild.hpp>
#include <strandcord/model/member.hpp>
#include <strandcord/model/presence.hpp>
#include <strandcord/model/scheduled_event.hpp>
#include <strandcord/model/soundboard.hpp>
#include <strandcord/model/stage.hpp>
#include <strandcord/model/sticker.hpp>
#include <strandcord/model/user.hpp>
#include <strandcord/model/voice.hpp>

namespace strandcord {

/// A guild with what only GUILD_CREATE carries. In an outage only `id` and `unavailable` are set.
struct guild_create_data : guild {
    std::optional<timestamp> joined_at = {}; ///< when the bot joined
    bool large = false;                      ///< more members than `large_threshold`
    std::optional<bool> unavailable = {};
    std::int64_t member_count = 0;
    std::vector<voice_state> voice_states = {}; ///< without `guild_id`
    std::vector<guild_member> members = {};
    std::vector<channel> channels = {}; ///< without `guild_id` often
    std::vector<channel> threads = {};
    std::vector<presence> presences = {};
    std::vector<stage_instance> stage_instances = {};
    std::vector<scheduled_event> guild_scheduled_events = {};
    std::vector<soundboard_sound> soundboard_sounds = {};
};
STRANDCORD_EXTERN_MODEL(guild_create_data)

/// Loaded after READY, back from an outage, or the bot joined.
struct guild_create {
    using data = guild_create_data;
    static constexpr std::string_view name = "GUILD_CREATE";
    static constexpr intents needs = intent::guilds;
};

struct guild_ban_data {
    snowflake guild_id = {};
    strandcord::user user = {};
};
STRANDCORD_EXTERN_MODEL(guild_ban_data)

/// Needs the permission ban_members or view_audit_log.
struct guild_ban_add {
    using data = guild_ban_data;
    static constexpr std::string_view name = "GUILD_BAN_ADD";
    static constexpr intents needs = intent::guild_moderation;
};

/// Needs the permission ban_members or view_audit_log.
struct guild_ban_remove {
    using data = guild_ban_data;
    static constexpr std::string_view name = "GUILD_BAN_REMOVE";
    static constexpr intents needs = intent::guild_moderation;
};

struct guild_emojis_update_data {
    snowflake guild_id = {};
    std::vector<emoji> emojis = {}; ///< all of the guild
};
STRANDCORD_EXTERN_MODEL(guild_emojis_update_data)

struct guild_emojis_update {
    using data = guild_emojis_update_data;
    static constexpr std::string_view name = "GUILD_EMOJIS_UPDATE";
    static constexpr intents needs = intent::guild_expressions;
};

struct guild_stickers_update_data {
    snowflake guild_id = {};
    std::vector<sticker> stickers = {}; ///< all of the guild
};
STRANDCORD_EXTERN_MODEL(guild_stickers_update_data)

struct guild_stickers_update {
    using data = guild_stickers_update_data;
    static constexpr std::string_view name = "GUILD_STICKERS_UPDATE";
    static constexpr intents needs = intent::guild_expressions;
};

/// Settings changed.
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

/// Needs the permission view_audit_log.
struct guild_audit_log_entry_create {
    using data = audit_log_entry;
    static constexpr std::string_view name = "GUILD_AUDIT_LOG_ENTRY_CREATE";
    static constexpr intents needs = intent::guild_moderation;
};

} // namespace strandcord
