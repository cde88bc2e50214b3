#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/model/voice.hpp>

namespace strandcord {

/// Joined, left (no `channel_id`), moved, or changed a voice flag.
struct voice_state_update {
    using data = voice_state;
    static constexpr std::string_view name = "VOICE_STATE_UPDATE";
    static constexpr intents needs = intent::guild_voice_states;
};

} // namespace strandcord
