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

/// The bot's voice connection of a guild got a server, or lost it. `shard::join_voice` waits for
/// it.
struct voice_server_update {
    using data = voice_server;
    static constexpr std::string_view name = "VOICE_SERVER_UPDATE";
    static constexpr intents needs = {};
};

} // namespace strandcord
