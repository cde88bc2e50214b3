#pragma once

#include <strandcord/flag_set.hpp>
#include <strandcord/json.hpp>

namespace strandcord {

/// Discord documentation: resources/user, "User Flags".
enum class user_flag : std::uint64_t {
    staff = 1ULL << 0,
    partner = 1ULL << 1,
    hypesquad = 1ULL << 2,
    bug_hunter_level_1 = 1ULL << 3,
    hypesquad_online_house_1 = 1ULL << 6,
    hypesquad_online_house_2 = 1ULL << 7,
    hypesquad_online_house_3 = 1ULL << 8,
    premium_early_supporter = 1ULL << 9,
    team_pseudo_user = 1ULL << 10,
    bug_hunter_level_2 = 1ULL << 14,
    verified_bot = 1ULL << 16,
    verified_developer = 1ULL << 17,
    certified_moderator = 1ULL << 18,
    bot_http_interactions = 1ULL << 19,
};
STRANDCORD_EXTERN_ENUM(user_flag)

/// Discord documentation: resources/user, "Premium Types".
enum class premium_type : std::int32_t {
    none = 0,
    nitro_classic = 1,
    nitro = 2,
    nitro_basic = 3,
};
STRANDCORD_EXTERN_ENUM(premium_type)

/// Discord documentation: resources/user, "Avatar Decoration Data Structure".
struct avatar_decoration_data {
    std::string asset = {}; ///< a hash
    snowflake sku_id = {};
};
STRANDCORD_EXTERN_MODEL(avatar_decoration_data)

/// Discord documentation: resources/user, "Nameplate Structure".
struct nameplate {
    snowflake sku_id = {};
    std::string asset = {};
    std::string label = {};
    std::string palette = {};
};
STRANDCORD_EXTERN_MODEL(nameplate)

/// Discord documentation: resources/user, "Collectible Structure".
struct collectibles {
    boxed<strandcord::nameplate> nameplate = {};
};
STRANDCORD_EXTERN_MODEL(collectibles)

/// The server tag shown beside a name.
/// Discord documentation: resources/user, "User Primary Guild".
struct primary_guild {
    nullable<snowflake> identity_guild_id = {};
    nullable<bool> identity_enabled = {};
    nullable<std::string> tag = {}; ///< max 4 characters
    nullable<std::string> badge = {};
};
STRANDCORD_EXTERN_MODEL(primary_guild)

/// Discord documentation: resources/user, "User Structure".
struct user {
    snowflake id = {};
    std::string username = {};
    std::string discriminator = {};         ///< `0` on the present name system
    nullable<std::string> global_name = {}; ///< display name; for bots the application name
    nullable<std::string> avatar = {};      ///< hash; starts with `a_` when animated
    bool bot = false;
    bool system = false;                  ///< Discord itself
    std::optional<bool> mfa_enabled = {}; ///< own account only
    nullable<std::string> banner = {};
    nullable<std::int32_t> accent_color = {}; ///< 24 bits
    std::optional<std::string> locale = {};   ///< own account only
    std::optional<bool> verified = {};
    nullable<std::string> email = {};
    nullable<flag_set<user_flag>> flags = {};
    nullable<strandcord::premium_type> premium_type = {};
    nullable<flag_set<user_flag>> public_flags = {};
    boxed<strandcord::avatar_decoration_data> avatar_decoration_data = {};
    boxed<strandcord::collectibles> collectibles = {};
    boxed<strandcord::primary_guild> primary_guild = {};
};
STRANDCORD_EXTERN_MODEL(user)

} // namespace strandcord
