#pragma once

#include <strandcord/events/voice.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(voice_channel_status_update_data, (), (id, guild_id, status))

BOOST_DESCRIBE_STRUCT(voice_channel_start_time_update_data, (), (id, guild_id, voice_start_time))

BOOST_DESCRIBE_STRUCT(voice_channel_effect_send_data, (),
                      (channel_id, guild_id, user_id, emoji, animation_type, animation_id, sound_id,
                       sound_volume))

} // namespace strandcord
