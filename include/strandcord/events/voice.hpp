#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/emoji.hpp>
#include <strandcord/model/voice.hpp>

namespace strandcord {

struct voice_channel_status_update_data {
    snowflake id = {};
    snowflake guild_id = {};
    nullable<std::string> status = {};
};
STRANDCORD_EXTERN_MODEL(voice_channel_status_update_data)

struct voice_channel_status_update {
    using data = voice_channel_status_update_data;
    static constexpr std::string_view name = "VOICE_CHANNEL_STATUS_UPDATE";
    static constexpr intents needs = intent::guilds;
};

struct voice_channel_start_time_update_data {
    snowflake id = {};
    snowflake guild_id = {};
    nullable<std::int64_t> voice_start_time = {}; ///< seconds since 1970; null: nobody there
};
STRANDCORD_EXTERN_MODEL(voice_channel_start_time_update_data)

/// The first one joined a voice channel, or the last one left.
struct voice_channel_start_time_update {
    using data = voice_channel_start_time_update_data;
    static constexpr std::string_view name = "VOICE_CHANNEL_START_TIME_UPDATE";
    static constexpr intents needs = intent::guilds;
};

struct voice_channel_effect_send_data {
    snowflake channel_id = {};
    snowflake guild_id = {};
    snowflake user_id = {};
    boxed<strandcord::emoji> emoji = {};
    nullable<voice_effect_animation_type> animation_type = {};
    std::optional<std::int64_t> animation_id = {};
    std::optional<snowflake> sound_id = {};
    std::optional<double> sound_volume = {}; ///< 0 to 1
};
STRANDCORD_EXTERN_MODEL(voice_channel_effect_send_data)

/// An emoji or a sound in the voice channel that the bot is in.
struct voice_channel_effect_send {
    using data = voice_channel_effect_send_data;
    static constexpr std::string_view name = "VOICE_CHANNEL_EFFECT_SEND";
    static constexpr intents needs = intent::guild_voice_states;
};

/// Joined, left (no `channel_id`), moved, or changed a voice flag.
struct voice_state_update {
    using data = voice_state;
    static constexpr std::string_view name = "VOICE_STATE_UPDATE";
    static constexpr intents needs = intent::guild_voice_states;
};

/// The bot's voice connection of a guild got a server, or lost it. `shard::join_voice` waits for
/// it.
struct voice_server_update {
    using data = voice_server;
    static constexpr std::string_view name = "VOICE_SERVER_UPDATE";
    static constexpr intents needs = {};
};

} // namespace strandcord
