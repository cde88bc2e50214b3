#pragma once

#include <strandcord/model/member.hpp>

namespace strandcord {

/// Discord documentation: resources/voice, "Voice State Object".
struct voice_state {
    std::optional<snowflake> guild_id = {};   ///< absent inside GUILD_CREATE
    std::optional<snowflake> channel_id = {}; ///< absent: left voice
    snowflake user_id = {};
    std::optional<guild_member> member = {};
    std::string session_id = {};
    bool deaf = false;
    bool mute = false;
    bool self_deaf = false;
    bool self_mute = false;
    std::optional<bool> self_stream = {};
    bool self_video = false;
    bool suppress = false;
    std::optional<timestamp> request_to_speak_timestamp = {};
};
STRANDCORD_EXTERN_MODEL(voice_state)

/// Where the bot's voice connection of a guild is served.
/// Discord documentation: events/gateway-events, "Voice Server Update".
struct voice_server {
    std::string token = {}; ///< a secret
    snowflake guild_id = {};
    std::optional<std::string> endpoint = {}; ///< absent: gone, another one follows
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
