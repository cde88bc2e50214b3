#pragma once

#include <strandcord/model/user.hpp>
#include <strandcord/permissions.hpp>

namespace strandcord {

/// A user in a guild.
/// Discord documentation: resources/guild, "Guild Member Object".
struct guild_member {
    std::optional<strandcord::user> user = {}; ///< absent in a message's `member`
    std::optional<std::string> nick = {};
    std::optional<std::string> avatar = {};
    std::optional<std::string> banner = {};
    std::vector<snowflake> roles = {};
    std::optional<timestamp> joined_at = {};
    std::optional<timestamp> premium_since = {};
    bool deaf = false;
    bool mute = false;
    std::uint64_t flags = 0;
    std::optional<bool> pending = {};
    std::optional<strandcord::permissions> permissions = {}; ///< in interactions only
    std::optional<timestamp> communication_disabled_until = {};
    std::optional<strandcord::avatar_decoration_data> avatar_decoration_data = {};
    raw_json collectibles = {};
};
STRANDCORD_EXTERN_MODEL(guild_member)

} // namespace strandcord
