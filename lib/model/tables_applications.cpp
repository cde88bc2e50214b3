// The models' descriptions stay in lib: in the public headers they would cost every file of every
// bot 26 MiB of compiler memory.

#include "model/application.hpp"
#include "model/audit_log.hpp"
#include "model/automod.hpp"
#include "model/command.hpp"
#include "model/gateway.hpp"
#include "model/integration.hpp"
#include "model/interaction.hpp"
#include "model/invite.hpp"
#include "model/monetization.hpp"
#include "model/user_connection.hpp"
#include "model/webhook.hpp"

namespace strandcord {

STRANDCORD_MODEL(activity_instance)
STRANDCORD_MODEL(activity_location)
STRANDCORD_MODEL(application)
STRANDCORD_MODEL(application_command)
STRANDCORD_MODEL(application_command_option)
STRANDCORD_MODEL(application_command_option_choice)
STRANDCORD_MODEL(application_role_connection)
STRANDCORD_MODEL(audit_entry_info)
STRANDCORD_MODEL(audit_log)
STRANDCORD_MODEL(audit_log_change)
STRANDCORD_MODEL(audit_log_entry)
STRANDCORD_MODEL(automod_action)
STRANDCORD_MODEL(automod_action_metadata)
STRANDCORD_MODEL(automod_rule)
STRANDCORD_MODEL(automod_trigger_metadata)
STRANDCORD_MODEL(command_permission)
STRANDCORD_MODEL(entitlement)
STRANDCORD_MODEL(gateway_bot)
STRANDCORD_MODEL(guild_command_permissions)
STRANDCORD_MODEL(install_params)
STRANDCORD_MODEL(integration)
STRANDCORD_MODEL(integration_account)
STRANDCORD_MODEL(integration_type_configuration)
STRANDCORD_MODEL(interaction)
STRANDCORD_MODEL(interaction_callback)
STRANDCORD_MODEL(interaction_callback_activity)
STRANDCORD_MODEL(interaction_callback_resource)
STRANDCORD_MODEL(interaction_callback_response)
STRANDCORD_MODEL(interaction_data)
STRANDCORD_MODEL(interaction_guild)
STRANDCORD_MODEL(interaction_option)
STRANDCORD_MODEL(invite)
STRANDCORD_MODEL(role_connection_metadata)
STRANDCORD_MODEL(session_start_limit)
STRANDCORD_MODEL(sku)
STRANDCORD_MODEL(subscription)
STRANDCORD_MODEL(team)
STRANDCORD_MODEL(team_member)
STRANDCORD_MODEL(user_connection)
STRANDCORD_MODEL(webhook)

} // namespace strandcord
