#pragma once

#include <strandcord/events/channel.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(typing_start_data, (), (channel_id, guild_id, user_id, timestamp, member))

} // namespace strandcord
