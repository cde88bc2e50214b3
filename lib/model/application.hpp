#pragma once

#include <strandcord/model/application.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(install_params, (), (scopes, permissions))

BOOST_DESCRIBE_STRUCT(integration_type_configuration, (), (oauth2_install_params))

BOOST_DESCRIBE_STRUCT(team_member, (), (membership_state, team_id, user, role))

BOOST_DESCRIBE_STRUCT(team, (), (icon, id, members, name, owner_user_id))

BOOST_DESCRIBE_STRUCT(application, (),
                      (id, name, icon, description, rpc_origins, bot_public, bot_require_code_grant,
                       bot, terms_of_service_url, privacy_policy_url, owner, verify_key, team,
                       guild_id, guild, primary_sku_id, slug, cover_image, flags, flags_new,
                       approximate_guild_count, approximate_user_install_count,
                       approximate_user_authorization_count, redirect_uris,
                       interactions_endpoint_url, role_connections_verification_url,
                       event_webhooks_url, event_webhooks_status, event_webhooks_types, tags,
                       install_params, integration_types_config, custom_install_url))

BOOST_DESCRIBE_STRUCT(activity_location, (), (id, kind, channel_id, guild_id))

BOOST_DESCRIBE_STRUCT(activity_instance, (),
                      (application_id, instance_id, launch_id, location, users))

BOOST_DESCRIBE_STRUCT(role_connection_metadata, (),
                      (type, key, name, name_localizations, description, description_localizations))

} // namespace strandcord
