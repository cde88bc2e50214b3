#pragma once

#include <strandcord/model/soundboard.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(soundboard_sound, (),
                      (name, sound_id, volume, emoji_id, emoji_name, guild_id, available, user))

BOOST_DESCRIBE_STRUCT(soundboard_sounds_data, (), (soundboard_sounds, guild_id))

} // namespace strandcord
