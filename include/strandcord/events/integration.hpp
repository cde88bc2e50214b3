#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/integration.hpp>

namespace strandcord {

struct guild_integrations_update_data {
    snowflake guild_id = {};
};
STRANDCORD_EXTERN_MODEL(guild_integrations_update_data)

/// Some integration changed: fetch them again.
struct guild_integrations_update {
    using data = guild_integrations_update_data;
    static constexpr std::string_view name = "GUILD_INTEGRATIONS_UPDATE";
    static constexpr intents needs = intent::guild_integrations;
};

/// An integration without its user, and the guild it is in.
struct integration_event_data : integration {
    snowflake guild_id = {};
};
STRANDCORD_EXTERN_MODEL(integration_event_data)

struct integration_create {
    using data = integration_event_data;
    static constexpr std::string_view name = "INTEGRATION_CREATE";
    static constexpr intents needs = intent::guild_integrations;
};

struct integration_update {
    using data = integration_event_data;
    static constexpr std::string_view name = "INTEGRATION_UPDATE";
    static constexpr intents needs = intent::guild_integrations;
};

struct integration_delete_data {
    snowflake id = {};
    snowflake guild_id = {};
    std::optional<snowflake> application_id = {};
};
STRANDCORD_EXTERN_MODEL(integration_delete_data)

struct integration_delete {
    using data = integration_delete_data;
    static constexpr std::string_view name = "INTEGRATION_DELETE";
    static constexpr intents needs = intent::guild_integrations;
};

struct webhooks_update_data {
    snowflake guild_id = {};
    snowflake channel_id = {};
};
STRANDCORD_EXTERN_MODEL(webhooks_update_data)

/// A webhook of the channel was created, changed or deleted.
struct webhooks_update {
    using data = webhooks_update_data;
    static constexpr std::string_view name = "WEBHOOKS_UPDATE";
    static constexpr intents needs = intent::guild_webhooks;
};

} // namespace strandcord
