#pragma once

#include <strandcord/flag_set.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/guild.hpp>
#include <strandcord/model/user.hpp>
#include <strandcord/permissions.hpp>

namespace strandcord {

/// Discord documentation: resources/application, "Application Flags".
enum class application_flag : std::uint64_t {
    application_auto_moderation_rule_create_badge = 1ULL << 6,
    gateway_presence = 1ULL << 12,
    gateway_presence_limited = 1ULL << 13,
    gateway_guild_members = 1ULL << 14,
    gateway_guild_members_limited = 1ULL << 15,
    verification_pending_guild_limit = 1ULL << 16,
    embedded = 1ULL << 17,
    gateway_message_content = 1ULL << 18,
    gateway_message_content_limited = 1ULL << 19,
    application_command_badge = 1ULL << 23,
};
STRANDCORD_EXTERN_ENUM(application_flag)

/// Discord documentation: resources/application, "Application Event Webhook Status".
enum class event_webhooks_status : std::int32_t {
    disabled = 1,
    enabled = 2,
    disabled_by_discord = 3,
};
STRANDCORD_EXTERN_ENUM(event_webhooks_status)

/// Discord documentation: resources/application, "Application Integration Types".
enum class integration_type : std::int32_t {
    guild_install = 0,
    user_install = 1,
};
STRANDCORD_EXTERN_ENUM(integration_type)

/// Discord documentation: topics/teams, "Membership State Enum".
enum class membership_state : std::int32_t {
    invited = 1,
    accepted = 2,
};
STRANDCORD_EXTERN_ENUM(membership_state)

/// Discord documentation: resources/application-role-connection-metadata,
/// "Application Role Connection Metadata Type".
enum class role_connection_metadata_type : std::int32_t {
    integer_less_than_or_equal = 1,
    integer_greater_than_or_equal = 2,
    integer_equal = 3,
    integer_not_equal = 4,
    datetime_less_than_or_equal = 5,
    datetime_greater_than_or_equal = 6,
    boolean_equal = 7,
    boolean_not_equal = 8,
};
STRANDCORD_EXTERN_ENUM(role_connection_metadata_type)

/// Discord documentation: resources/application, "Install Params Structure".
struct install_params {
    std::vector<std::string> scopes = {};
    strandcord::permissions permissions = {};
};
STRANDCORD_EXTERN_MODEL(install_params)

/// Discord documentation: resources/application,
/// "Application Integration Type Configuration Object".
struct integration_type_configuration {
    boxed<install_params> oauth2_install_params = {};
};
STRANDCORD_EXTERN_MODEL(integration_type_configuration)

/// Discord documentation: topics/teams, "Team Member Object".
struct team_member {
    strandcord::membership_state membership_state = {};
    snowflake team_id = {};
    strandcord::user user = {};
    std::string role = {}; ///< `admin`, `developer` or `read_only`; the owner is named by the team
};
STRANDCORD_EXTERN_MODEL(team_member)

/// Discord documentation: topics/teams, "Team Object".
struct team {
    nullable<std::string> icon = {};
    snowflake id = {};
    std::vector<team_member> members = {};
    std::string name = {};
    snowflake owner_user_id = {};
};
STRANDCORD_EXTERN_MODEL(team)

/// Events carry parts of it: READY the id and the flags only.
/// Discord documentation: resources/application, "Application Structure".
struct application {
    snowflake id = {};
    std::string name = {};
    nullable<std::string> icon = {};
    std::string description = {};
    boxed<std::vector<std::string>> rpc_origins = {};
    bool bot_public = false;
    bool bot_require_code_grant = false;
    boxed<user> bot = {};
    std::optional<std::string> terms_of_service_url = {};
    std::optional<std::string> privacy_policy_url = {};
    boxed<user> owner = {};
    std::string verify_key = {}; ///< hex Ed25519 public key
    boxed<strandcord::team> team = {};
    std::optional<snowflake> guild_id = {};
    boxed<strandcord::guild> guild = {};
    std::optional<snowflake> primary_sku_id = {};
    std::optional<std::string> slug = {};
    std::optional<std::string> cover_image = {};
    nullable<flag_set<application_flag>> flags = {};
    std::optional<std::string> flags_new = {}; ///< all flag bits, as digits
    std::optional<std::int64_t> approximate_guild_count = {};
    std::optional<std::int64_t> approximate_user_install_count = {};
    std::optional<std::int64_t> approximate_user_authorization_count = {};
    boxed<std::vector<std::string>> redirect_uris = {};
    nullable<std::string> interactions_endpoint_url = {};
    nullable<std::string> role_connections_verification_url = {};
    nullable<std::string> event_webhooks_url = {};
    nullable<strandcord::event_webhooks_status> event_webhooks_status = {};
    boxed<std::vector<std::string>> event_webhooks_types = {};
    boxed<std::vector<std::string>> tags = {}; ///< max 5
    boxed<strandcord::install_params> install_params = {};
    boxed<json_map<integration_type_configuration>> integration_types_config = {};
    std::optional<std::string> custom_install_url = {};
};
STRANDCORD_EXTERN_MODEL(application)

/// Discord documentation: resources/application, "Activity Location Object".
struct activity_location {
    std::string id = {};
    std::string kind = {}; ///< `gc` guild channel, `pc` private channel; OpenAPI also `party`
    snowflake channel_id = {};
    nullable<snowflake> guild_id = {};
};
STRANDCORD_EXTERN_MODEL(activity_location)

/// Discord documentation: resources/application, "Activity Instance Object".
struct activity_instance {
    snowflake application_id = {};
    std::string instance_id = {};
    snowflake launch_id = {};
    activity_location location = {};
    std::vector<snowflake> users = {};
};
STRANDCORD_EXTERN_MODEL(activity_instance)

/// Discord documentation: resources/application-role-connection-metadata,
/// "Application Role Connection Metadata Structure".
struct role_connection_metadata {
    role_connection_metadata_type type = {};
    std::string key = {};
    std::string name = {};
    boxed<json_map<std::string>> name_localizations = {};
    std::string description = {};
    boxed<json_map<std::string>> description_localizations = {};
};
STRANDCORD_EXTERN_MODEL(role_connection_metadata)

} // namespace strandcord
