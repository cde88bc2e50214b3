#pragma once

#include <strandcord/model/interaction.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(interaction_option, (), (name, type, value, options, focused))

BOOST_DESCRIBE_STRUCT(interaction_data, (),
                      (id, name, type, resolved, options, guild_id, target_id, custom_id,
                       component_type, values, components))

BOOST_DESCRIBE_STRUCT(interaction_guild, (), (id, features, locale))

BOOST_DESCRIBE_STRUCT(interaction, (),
                      (id, application_id, type, data, guild, guild_id, channel, channel_id, member,
                       user, token, version, message, app_permissions, locale, guild_locale,
                       entitlements, authorizing_integration_owners, context,
                       attachment_size_limit))

BOOST_DESCRIBE_STRUCT(interaction_callback_activity, (), (id))

BOOST_DESCRIBE_STRUCT(interaction_callback, (),
                      (id, type, activity_instance_id, response_message_id,
                       response_message_loading, response_message_ephemeral))

BOOST_DESCRIBE_STRUCT(interaction_callback_resource, (), (type, activity_instance, message))

BOOST_DESCRIBE_STRUCT(interaction_callback_response, (), (interaction, resource))

} // namespace strandcord
