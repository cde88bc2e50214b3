#pragma once

#include <strandcord/json.hpp>
#include <strandcord/model/channel.hpp>
#include <strandcord/model/command.hpp>
#include <strandcord/model/component.hpp>
#include <strandcord/model/interaction_type.hpp>
#include <strandcord/model/member.hpp>
#include <strandcord/model/message.hpp>
#include <strandcord/model/monetization.hpp>
#include <strandcord/model/resolved.hpp>
#include <strandcord/model/user.hpp>
#include <strandcord/permissions.hpp>

namespace strandcord {

/// `value` is a string, a number or a boolean: `from_json<std::int64_t>(option.value.text)`.
/// Discord documentation: interactions/receiving-and-responding,
/// "Application Command Interaction Data Option Structure".
struct interaction_option {
    std::string name = {};
    option_type type = {};
    raw_json value = {};
    boxed<std::vector<interaction_option>> options = {}; ///< subcommand or group
    std::optional<bool> focused = {};                    ///< autocomplete
};
STRANDCORD_EXTERN_MODEL(interaction_option)

/// The data of every interaction type; which members are there depends on the type.
/// Discord documentation: interactions/receiving-and-responding,
/// "Application Command Data Structure".
struct interaction_data {
    std::optional<snowflake> id = {};     ///< of the command
    std::optional<std::string> name = {}; ///< of the command
    nullable<command_type> type = {};     ///< of the command
    boxed<resolved_data> resolved = {};
    boxed<std::vector<interaction_option>> options = {};
    std::optional<snowflake> guild_id = {};                   ///< of a command of one guild
    std::optional<snowflake> target_id = {};                  ///< user and message commands
    std::optional<std::string> custom_id = {};                ///< components and modals
    nullable<strandcord::component_type> component_type = {}; ///< components
    boxed<std::vector<std::string>> values = {};              ///< selects
    boxed<std::vector<component>> components = {};            ///< modals
};
STRANDCORD_EXTERN_MODEL(interaction_data)

/// All that an interaction says of its guild.
/// Discord documentation: interactions/receiving-and-responding, "Interaction Structure".
struct interaction_guild {
    snowflake id = {};
    std::vector<std::string> features = {};
    std::optional<std::string> locale = {}; ///< as `interaction::guild_locale`
};
STRANDCORD_EXTERN_MODEL(interaction_guild)

/// Exactly one of `member` and `user` names who did it.
/// Discord documentation: interactions/receiving-and-responding, "Interaction Structure".
struct interaction {
    snowflake id = {};
    snowflake application_id = {};
    interaction_type type = {};
    boxed<interaction_data> data = {}; ///< absent for a ping
    boxed<interaction_guild> guild = {};
    std::optional<snowflake> guild_id = {};
    boxed<strandcord::channel> channel = {};
    std::optional<snowflake> channel_id = {};
    boxed<guild_member> member = {};   ///< in a guild; with its permissions in the channel
    boxed<strandcord::user> user = {}; ///< outside guilds
    std::string token = {};            ///< a secret, valid for 15 minutes
    std::int32_t version = 1;
    boxed<strandcord::message> message = {};         ///< that the component was on
    std::optional<permissions> app_permissions = {}; ///< what the app may do at that place
    std::optional<std::string> locale = {};          ///< all but PING
    std::optional<std::string> guild_locale = {};
    std::vector<entitlement> entitlements = {};              ///< of the invoking user and guild
    json_map<snowflake> authorizing_integration_owners = {}; ///< `0` a guild, `1` a user
    nullable<interaction_context_type> context = {};
    std::optional<std::int64_t> attachment_size_limit = {}; ///< bytes per file
};
STRANDCORD_EXTERN_MODEL(interaction)

/// Discord documentation: interactions/receiving-and-responding,
/// "Interaction Callback Activity Instance Resource".
struct interaction_callback_activity {
    std::string id = {};
};
STRANDCORD_EXTERN_MODEL(interaction_callback_activity)

/// Discord documentation: interactions/receiving-and-responding, "Interaction Callback Object".
struct interaction_callback {
    snowflake id = {};
    interaction_type type = {};
    std::optional<std::string> activity_instance_id = {};
    std::optional<snowflake> response_message_id = {};
    std::optional<bool> response_message_loading = {};
    std::optional<bool> response_message_ephemeral = {};
};
STRANDCORD_EXTERN_MODEL(interaction_callback)

/// Discord documentation: interactions/receiving-and-responding,
/// "Interaction Callback Resource Object".
struct interaction_callback_resource {
    interaction_callback_type type = {};
    boxed<interaction_callback_activity> activity_instance = {}; ///< of a launched activity
    boxed<strandcord::message> message = {};                     ///< of replies and updates
};
STRANDCORD_EXTERN_MODEL(interaction_callback_resource)

/// Discord documentation: interactions/receiving-and-responding,
/// "Interaction Callback Response Object".
struct interaction_callback_response {
    interaction_callback interaction = {};
    boxed<interaction_callback_resource> resource = {};
};
STRANDCORD_EXTERN_MODEL(interaction_callback_response)

} // namespace strandcord
