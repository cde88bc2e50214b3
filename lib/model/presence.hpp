#pragma once

#include <strandcord/model/presence.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(client_status, (), (desktop, mobile, web, vr))

BOOST_DESCRIBE_STRUCT(activity, (),
                      (name, type, url, created_at, timestamps, application_id, details, state,
                       emoji, party, assets, instance, flags, buttons))

BOOST_DESCRIBE_STRUCT(presence, (), (user, guild_id, status, activities, client_status))

} // namespace strandcord
