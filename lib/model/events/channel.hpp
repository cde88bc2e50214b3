#pragma once

#include <strandcord/events/channel.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(voice_channel_info, (), (id, status, voice_start_time))

BOOST_DESCRIBE_STRUCT(channel_info_data, (), (guild_id, channels))

BOOST_DESCRIBE_STRUCT(channel_pins_update_data, (), (guild_id, channel_id, last_pin_timestamp))

BOOST_DESCRIBE_STRUCT(typing_start_data, (), (channel_id, guild_id, user_id, timestamp, member))

} // namespace strandcord
