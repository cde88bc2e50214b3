#pragma once

#include <strandcord/events/guild_changes.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(guilds_ready_data, (), (loaded, missing))

} // namespace strandcord
