#pragma once

#include <strandcord/model/interaction.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(interaction_option, (), (name, type, value, options, focused))

BOOST_DESCRIBE_STRUCT(interaction_data, (),
                      (id, name, type, options, guild_id, target_id, custom_id, component_type,
                       values, components, resolved))

BOOST_DESCRIBE_STRUCT(interaction, (),
                      (id, application_id, type, data, guild, guild_id, channel, channel_id, member,
                       user, token, version, message, app_permissions, locale, guild_locale,
                       entitlements, authorizing_integration_owners, context,
                       attachment_size_limit))

} // namespace strandcord
