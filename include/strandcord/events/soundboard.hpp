#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/model/soundboard.hpp>

namespace strandcord {

/// The answer to a request for soundboard sounds, one per guild.
struct soundboard_sounds {
    using data = soundboard_sounds_data;
    static constexpr std::string_view name = "SOUNDBOARD_SOUNDS";
    static constexpr intents needs = {};
};

} // namespace strandcord
