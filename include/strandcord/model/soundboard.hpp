#pragma once

#include <strandcord/json.hpp>
#include <strandcord/model/user.hpp>

namespace strandcord {

/// Discord documentation: resources/soundboard, "Soundboard Sound Structure".
struct soundboard_sound {
    std::string name = {};
    snowflake sound_id = {};
    double volume = 0;                 ///< 0 to 1
    nullable<snowflake> emoji_id = {}; ///< one of the two at most
    nullable<std::string> emoji_name = {};
    std::optional<snowflake> guild_id = {}; ///< absent for default sounds
    bool available = false;                 ///< false when boosts were lost
    boxed<strandcord::user> user = {};
};
STRANDCORD_EXTERN_MODEL(soundboard_sound)

/// All sounds of one guild.
struct soundboard_sounds_data {
    std::vector<soundboard_sound> soundboard_sounds = {};
    snowflake guild_id = {};
};
STRANDCORD_EXTERN_MODEL(soundboard_sounds_data)

} // namespace strandcord
