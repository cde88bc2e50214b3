#pragma once

#include <strandcord/events/message.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(message_delete_data, (), (id, channel_id, guild_id))

BOOST_DESCRIBE_STRUCT(message_delete_bulk_data, (), (ids, channel_id, guild_id))

} // namespace strandcord
