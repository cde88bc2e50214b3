#pragma once

#include <strandcord/model/command.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(application_command_option_choice, (), (name, name_localizations, value))

BOOST_DESCRIBE_STRUCT(application_command_option, (),
                      (type, name, name_localizations, description, description_localizations,
                       required, choices, options, channel_types, min_value, max_value, min_length,
                       max_length, autocomplete, file_types))

BOOST_DESCRIBE_STRUCT(application_command, (),
                      (id, type, application_id, guild_id, name, name_localizations, description,
                       description_localizations, options, default_member_permissions,
                       dm_permission, default_permission, nsfw, integration_types, contexts,
                       version, handler))

BOOST_DESCRIBE_STRUCT(command_permission, (), (id, type, permission))

BOOST_DESCRIBE_STRUCT(guild_command_permissions, (), (id, application_id, guild_id, permissions))

} // namespace strandcord
