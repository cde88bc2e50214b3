#pragma once

#include <strandcord/json.hpp>
#include <strandcord/model/guild.hpp>
#include <strandcord/model/user.hpp>

namespace strandcord {

/// Discord documentation: resources/guild-template, "Guild Template Structure".
struct guild_template {
    std::string code = {};
    std::string name = {};
    nullable<std::string> description = {};
    std::int32_t usage_count = 0;
    snowflake creator_id = {};
    user creator = {};
    timestamp created_at = {};
    timestamp updated_at = {};
    snowflake source_guild_id = {};
    guild serialized_source_guild = {};
    nullable<bool> is_dirty = {}; ///< unsynced changes
};
STRANDCORD_EXTERN_MODEL(guild_template)

} // namespace strandcord
