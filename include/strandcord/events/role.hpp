#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/role.hpp>

namespace strandcord {

struct guild_role_data {
    snowflake guild_id = {};
    strandcord::role role = {};
};
STRANDCORD_EXTERN_MODEL(guild_role_data)

struct guild_role_create {
    using data = guild_role_data;
    static constexpr std::string_view name = "GUILD_ROLE_CREATE";
    static constexpr intents needs = intent::guilds;
};

struct guild_role_update {
    using data = guild_role_data;
    static constexpr std::string_view name = "GUILD_ROLE_UPDATE";
    static constexpr intents needs = intent::guilds;
};

struct guild_role_delete_data {
    snowflake guild_id = {};
    snowflake role_id = {};
};
STRANDCORD_EXTERN_MODEL(guild_role_delete_data)

struct guild_role_delete {
    using data = guild_role_delete_data;
    static constexpr std::string_view name = "GUILD_ROLE_DELETE";
    static constexpr intents needs = intent::guilds;
};

} // namespace strandcord
