#pragma once

#include <strandcord/json.hpp>
#include <strandcord/model/application.hpp>
#include <strandcord/model/user.hpp>

namespace strandcord {

/// Discord documentation: resources/guild, "Integration Expire Behaviors".
enum class integration_expire_behavior : std::int32_t {
    remove_role = 0,
    kick = 1,
};
STRANDCORD_EXTERN_ENUM(integration_expire_behavior)

/// Discord documentation: resources/guild, "Integration Account Structure".
struct integration_account {
    std::string id = {};
    std::string name = {};
};
STRANDCORD_EXTERN_MODEL(integration_account)

/// Discord documentation: resources/guild, "Integration Structure".
struct integration {
    snowflake id = {};
    std::string name = {};
    std::string type = {}; ///< `twitch`, `youtube`, `discord` or `guild_subscription`
    bool enabled = false;
    std::optional<bool> syncing = {};          ///< not for `discord` integrations
    std::optional<snowflake> role_id = {};     ///< subscriber role; not for `discord`
    std::optional<bool> enable_emoticons = {}; ///< twitch only
    nullable<integration_expire_behavior> expire_behavior = {};
    std::optional<std::int32_t> expire_grace_period = {}; ///< days; not for `discord`
    boxed<strandcord::user> user = {};
    integration_account account = {};
    std::optional<timestamp> synced_at = {};           ///< not for `discord`
    std::optional<std::int32_t> subscriber_count = {}; ///< not for `discord`
    std::optional<bool> revoked = {};                  ///< not for `discord`
    boxed<strandcord::application> application = {};   ///< only for `discord`
    boxed<std::vector<std::string>> scopes = {};       ///< OAuth2 scope names
};
STRANDCORD_EXTERN_MODEL(integration)

} // namespace strandcord
