#pragma once

#include <strandcord/events/scheduled_event.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(guild_scheduled_event_user_data, (),
                      (guild_scheduled_event_id, user_id, guild_id))

} // namespace strandcord
