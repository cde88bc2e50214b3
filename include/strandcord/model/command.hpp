#pragma once

#include <strandcord/json.hpp>
#include <strandcord/model/application.hpp>
#include <strandcord/model/channel.hpp>
#include <strandcord/model/interaction_type.hpp>
#include <strandcord/permissions.hpp>

namespace strandcord {

/// Discord documentation: interactions/application-commands, "Application Command Types".
enum class command_type : std::int32_t {
    chat_input = 1,
    user = 2,
    message = 3,
    primary_entry_point = 4,
};
STRANDCORD_EXTERN_ENUM(command_type)

/// Discord documentation: interactions/application-commands, "Application Command Option Type".
enum class option_type : std::int32_t {
    sub_command = 1,
    sub_command_group = 2,
    string = 3,
    integer = 4,
    boolean = 5,
    user = 6,
    channel = 7,
    role = 8,
    mentionable = 9,
    number = 10,
    attachment = 11,
};
STRANDCORD_EXTERN_ENUM(option_type)

/// Discord documentation: interactions/application-commands, "Application Command Permission Type".
enum class command_permission_type : std::int32_t {
    role = 1,
    user = 2,
    channel = 3,
};
STRANDCORD_EXTERN_ENUM(command_permission_type)

/// Discord documentation: interactions/application-commands, "Entry Point Command Handler Types".
enum class entry_point_handler_type : std::int32_t {
    app_handler = 1,
    discord_launch_activity = 2,
};
STRANDCORD_EXTERN_ENUM(entry_point_handler_type)

/// Discord documentation: interactions/application-commands,
/// "Application Command Option Choice Structure".
struct application_command_option_choice {
    std::string name = {};
    boxed<json_map<std::string>> name_localizations = {};
    raw_json value = {}; ///< a string or a number
};
STRANDCORD_EXTERN_MODEL(application_command_option_choice)

/// Discord documentation: interactions/application-commands,
/// "Application Command Option Structure".
struct application_command_option {
    option_type type = option_type::sub_command;
    std::string name = {};
    boxed<json_map<std::string>> name_localizations = {};
    std::string description = {};
    boxed<json_map<std::string>> description_localizations = {};
    std::optional<bool> required = {};
    boxed<std::vector<application_command_option_choice>> choices = {};
    boxed<std::vector<application_command_option>> options = {};
    boxed<std::vector<channel_type>> channel_types = {}; ///< of channels
    std::optional<double> min_value = {};                ///< of integers and numbers
    std::optional<double> max_value = {};                ///< of integers and numbers
    std::optional<std::int32_t> min_length = {};         ///< of strings
    std::optional<std::int32_t> max_length = {};         ///< of strings
    std::optional<bool> autocomplete = {};               ///< excludes choices
    boxed<std::vector<std::string>> file_types = {};     ///< of attachments
};
STRANDCORD_EXTERN_MODEL(application_command_option)

/// Discord documentation: interactions/application-commands, "Application Command Structure".
struct application_command {
    snowflake id = {};
    nullable<command_type> type = {}; ///< default 1
    snowflake application_id = {};
    std::optional<snowflake> guild_id = {}; ///< absent: global
    std::string name = {};
    boxed<json_map<std::string>> name_localizations = {};
    std::string description = {};
    boxed<json_map<std::string>> description_localizations = {};
    boxed<std::vector<application_command_option>> options = {};
    nullable<permissions> default_member_permissions = {};
    std::optional<bool> dm_permission = {};                      ///< deprecated, use `contexts`
    nullable<bool> default_permission = {};                      ///< deprecated
    std::optional<bool> nsfw = {};                               ///< default `false`
    boxed<std::vector<integration_type>> integration_types = {}; ///< global commands
    boxed<std::vector<interaction_context_type>> contexts = {};  ///< global commands
    snowflake version = {};                          ///< changes on each substantial edit
    nullable<entry_point_handler_type> handler = {}; ///< of entry points
};
STRANDCORD_EXTERN_MODEL(application_command)

/// Discord documentation: interactions/application-commands,
/// "Application Command Permissions Structure".
struct command_permission {
    snowflake id = {}; ///< a role, a user or a channel; the guild: everyone
    command_permission_type type = {};
    bool permission = false;
};
STRANDCORD_EXTERN_MODEL(command_permission)

/// Discord documentation: interactions/application-commands,
/// "Guild Application Command Permissions Structure".
struct guild_command_permissions {
    snowflake id = {}; ///< the command, or the application for all
    snowflake application_id = {};
    snowflake guild_id = {};
    std::vector<command_permission> permissions = {};
};
STRANDCORD_EXTERN_MODEL(guild_command_permissions)

} // namespace strandcord
