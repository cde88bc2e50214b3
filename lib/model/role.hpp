#pragma once

#include <strandcord/model/role.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(role_tags, (),
                      (bot_id, integration_id, premium_subscriber, subscription_listing_id,
                       available_for_purchase, guild_connections))

BOOST_DESCRIBE_STRUCT(role_colors, (), (primary_color, secondary_color, tertiary_color))

BOOST_DESCRIBE_STRUCT(role, (),
                      (id, name, color, colors, hoist, icon, unicode_emoji, position, permissions,
                       managed, mentionable, tags, flags))

} // namespace strandcord
