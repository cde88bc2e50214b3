#pragma once

#include <strandcord/model/message.hpp>

namespace strandcord {

/// Discord documentation: interactions/receiving-and-responding, "Interaction Type".
enum class interaction_type : std::int32_t {
    ping = 1,
    application_command = 2,
    message_component = 3,
    application_command_autocomplete = 4,
    modal_submit = 5,
};

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

/// Discord documentation: interactions/receiving-and-responding, "Application Command Interaction
/// Data Option Structure".
struct interaction_option {
    std::string name = {};
    option_type type = option_type::string;
    raw_json value = {}; ///< a string, a number or a boolean
    std::vector<interaction_option> options = {};
    std::optional<bool> focused = {};
};
STRANDCORD_EXTERN_MODEL(interaction_option)

/// The data of every interaction type; which members are there depends on the type.
struct interaction_data {
    std::optional<snowflake> id = {};                ///< commands
    std::optional<std::string> name = {};            ///< commands
    std::optional<std::int32_t> type = {};           ///< commands: 1 chat input, 2 user, 3 message
    std::vector<interaction_option> options = {};    ///< commands and autocomplete
    std::optional<snowflake> guild_id = {};          ///< commands registered to one guild
    std::optional<snowflake> target_id = {};         ///< user and message commands
    std::optional<std::string> custom_id = {};       ///< components and modals
    std::optional<std::int32_t> component_type = {}; ///< components
    std::optional<std::vector<std::string>> values = {}; ///< selects
    raw_json components = {};                            ///< modals
    raw_json resolved = {};
};
STRANDCORD_EXTERN_MODEL(interaction_data)

/// Discord documentation: interactions/receiving-and-responding, "Interaction Object".
/// Exactly one of `member` and `user` names who did it.
struct interaction {
    snowflake id = {};
    snowflake application_id = {};
    interaction_type type = interaction_type::ping;
    std::optional<interaction_data> data = {};
    raw_json guild = {};
    std::optional<snowflake> guild_id = {};
    std::optional<strandcord::channel> channel = {};
    std::optional<snowflake> channel_id = {};
    std::optional<guild_member> member = {};
    std::optional<strandcord::user> user = {};
    std::string token = {}; ///< a secret, valid for 15 minutes
    std::int32_t version = 1;
    boxed<strandcord::message> message = {};
    std::optional<permissions> app_permissions = {};
    std::optional<std::string> locale = {};
    std::optional<std::string> guild_locale = {};
    raw_json entitlements = {};
    raw_json authorizing_integration_owners = {};
    std::optional<std::int32_t> context = {};
    std::optional<std::int64_t> attachment_size_limit = {};
};
STRANDCORD_EXTERN_MODEL(interaction)

} // namespace strandcord
