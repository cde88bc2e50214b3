#pragma once

#include <strandcord/json.hpp>
#include <strandcord/model/member.hpp>

namespace strandcord {

/// Discord documentation: events/gateway-events, "Animation Types".
enum class voice_effect_animation_type : std::int32_t {
    premium = 0,
    basic = 1,
};
STRANDCORD_EXTERN_ENUM(voice_effect_animation_type)

/// Discord documentation: resources/voice, "Voice State Structure".
struct voice_state {
    std::optional<snowflake> guild_id = {}; ///< absent inside GUILD_CREATE
    nullable<snowflake> channel_id = {};    ///< null: left voice
    snowflake user_id = {};
    boxed<guild_member> member = {};
    std::string session_id = {}; ///< a secret
    bool deaf = false;           ///< by the server
    bool mute = false;           ///< by the server
    bool self_deaf = false;
    bool self_mute = false;
    std::optional<bool> self_stream = {};
    bool self_video = false;
    bool suppress = false; ///< audience on a stage
    nullable<timestamp> request_to_speak_timestamp = {};
};
STRANDCORD_EXTERN_MODEL(voice_state)

/// Discord documentation: resources/voice, "Voice Region Structure".
struct voice_region {
    std::string id = {};
    std::string name = {};
    bool optimal = false;
    bool deprecated = false; ///< deprecated
    bool custom = false;
};
STRANDCORD_EXTERN_MODEL(voice_region)

/// Where the bot's voice connection of a guild is served.
/// Discord documentation: events/gateway-events, "Voice Server Update".
struct voice_server {
    std::string token = {}; ///< a secret
    snowflake guild_id = {};
    nullable<std::string> endpoint = {}; ///< null: gone, another one follows
};
STRANDCORD_EXTERN_MODEL(voice_server)

/// What a voice library needs to connect; valid for this one connection, so never keep it. The
/// session id and the token are secrets. Discord requires end-to-end encryption (DAVE) of voice.
struct voice_connection_info {
    snowflake guild_id = {};
    snowflake channel_id = {};
    snowflake user_id = {};
    std::string session_id = {};
    std::string token = {};
    std::string endpoint = {}; ///< host, maybe with a port

    /// `wss://host:port?v=8`
    /// Discord documentation: topics/voice-connections.
    std::string address() const { return "wss://" + endpoint + "?v=8"; }
};

} // namespace strandcord
