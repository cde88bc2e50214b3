#pragma once

#include <strandcord/events/role.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(guild_role_data, (), (guild_id, role))

BOOST_DESCRIBE_STRUCT(guild_role_delete_data, (), (guild_id, role_id))

} // namespace strandcord
