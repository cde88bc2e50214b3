#pragma once

#include <strandcord/model/user.hpp>

namespace strandcord {

/// Discord documentation: resources/soundboard, "Soundboard Sound Object".
struct soundboard_sound {
    std::string name = {};
    snowflake sound_id = {};
    double volume = 0; ///< 0 to 1
    std::optional<snowflake> emoji_id = {};
    std::optional<std::string> emoji_name = {};
    std::optional<snowflake> guild_id = {}; ///< absent for default sounds
    bool available = false;
    std::optional<strandcord::user> user = {};
};
STRANDCORD_EXTERN_MODEL(soundboard_sound)

/// The sounds of one guild.
struct soundboard_sounds_data {
    snowflake guild_id = {};
    std::vector<soundboard_sound> soundboard_sounds = {};
};
STRANDCORD_EXTERN_MODEL(soundboard_sounds_data)

} // namespace strandcord
