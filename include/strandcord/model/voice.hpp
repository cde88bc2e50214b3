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

} // namespace strandcord
