#pragma once

#include <strandcord/json.hpp>
#include <strandcord/model/channel.hpp>
#include <strandcord/model/user.hpp>

namespace strandcord {

/// Discord documentation: resources/guild, "Guild Widget Settings Structure".
struct guild_widget_settings {
    bool enabled = false;
    nullable<snowflake> channel_id = {};
};
STRANDCORD_EXTERN_MODEL(guild_widget_settings)

/// Discord documentation: resources/guild, "Guild Widget Structure".
struct guild_widget {
    snowflake id = {};
    std::string name = {};
    nullable<std::string> instant_invite = {};
    std::vector<channel> channels = {}; ///< voice and stage channels open to everyone
    std::vector<user> members = {};     ///< max 100; ids, discriminators and avatars are anonymised
    std::int64_t presence_count = 0;
};
STRANDCORD_EXTERN_MODEL(guild_widget)

} // namespace strandcord
