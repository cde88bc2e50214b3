#pragma once

#include <strandcord/json.hpp>

namespace strandcord {

/// Discord documentation: resources/user, "Avatar Decoration Data Object".
struct avatar_decoration_data {
    std::string asset = {};
    snowflake sku_id = {};
};
STRANDCORD_EXTERN_MODEL(avatar_decoration_data)

/// The server tag shown beside a name.
/// Discord documentation: resources/user, "User Primary Guild Object".
struct primary_guild {
    std::optional<snowflake> identity_guild_id = {};
    std::optional<bool> identity_enabled = {};
    std::optional<std::string> tag = {};
    std::optional<std::string> badge = {};
};
STRANDCORD_EXTERN_MODEL(primary_guild)

/// Discord documentation: resources/user, "User Object".
struct user {
    snowflake id = {};
    std::string username = {};
    std::string discriminator = {}; ///< `0` on the present name system
    std::optional<std::string> global_name = {};
    std::optional<std::string> avatar = {};
    bool bot = false;
    bool system = false;
    std::optional<bool> mfa_enabled = {};
    std::optional<std::string> banner = {};
    std::optional<std::int32_t> accent_color = {};
    std::optional<std::string> locale = {};
    std::optional<bool> verified = {};
    std::optional<std::string> email = {};
    std::optional<std::uint64_t> flags = {};
    std::optional<std::int32_t> premium_type = {};
    std::optional<std::uint64_t> public_flags = {};
    std::optional<strandcord::avatar_decoration_data> avatar_decoration_data = {};
    raw_json collectibles = {};
    std::optional<strandcord::primary_guild> primary_guild = {};
};
STRANDCORD_EXTERN_MODEL(user)

} // namespace strandcord
