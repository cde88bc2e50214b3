#pragma once

#include <strandcord/events/soundboard.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(guild_soundboard_sound_delete_data, (), (sound_id, guild_id))

} // namespace strandcord
