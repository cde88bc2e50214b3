#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/scheduled_event.hpp>

namespace strandcord {

struct guild_scheduled_event_user_data {
    snowflake guild_scheduled_event_id = {};
    snowflake user_id = {};
    snowflake guild_id = {};
};
STRANDCORD_EXTERN_MODEL(guild_scheduled_event_user_data)

struct guild_scheduled_event_user_add {
    using data = guild_scheduled_event_user_data;
    static constexpr std::string_view name = "GUILD_SCHEDULED_EVENT_USER_ADD";
    static constexpr intents needs = intent::guild_scheduled_events;
};

struct guild_scheduled_event_user_remove {
    using data = guild_scheduled_event_user_data;
    static constexpr std::string_view name = "GUILD_SCHEDULED_EVENT_USER_REMOVE";
    static constexpr intents needs = intent::guild_scheduled_events;
};

struct guild_scheduled_event_create {
    using data = scheduled_event;
    static constexpr std::string_view name = "GUILD_SCHEDULED_EVENT_CREATE";
    static constexpr intents needs = intent::guild_scheduled_events;
};

struct guild_scheduled_event_update {
    using data = scheduled_event;
    static constexpr std::string_view name = "GUILD_SCHEDULED_EVENT_UPDATE";
    static constexpr intents needs = intent::guild_scheduled_events;
};

struct guild_scheduled_event_delete {
    using data = scheduled_event;
    static constexpr std::string_view name = "GUILD_SCHEDULED_EVENT_DELETE";
    static constexpr intents needs = intent::guild_scheduled_events;
};

} // namespace strandcord
