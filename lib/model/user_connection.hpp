#pragma once

#include <strandcord/model/user_connection.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(user_connection, (),
                      (id, name, type, revoked, integrations, verified, friend_sync, show_activity,
                       two_way_link, visibility))

BOOST_DESCRIBE_STRUCT(application_role_connection, (), (platform_name, metadata))

} // namespace strandcord
