#pragma once

#include <strandcord/flag_set.hpp>
#include <strandcord/json.hpp>
#include <strandcord/permissions.hpp>

namespace strandcord {

/// Discord documentation: topics/permissions, "Role Flags".
enum class role_flag : std::uint64_t {
    in_prompt = 1ULL << 0,
};
STRANDCORD_EXTERN_ENUM(role_flag)

/// What a role belongs to. A null means true here, and absent false: ask `is_null()`.
/// Discord documentation: topics/permissions, "Role Tags Structure".
struct role_tags {
    std::optional<snowflake> bot_id = {};
    std::optional<snowflake> integration_id = {};
    nullable<bool> premium_subscriber = {};
    std::optional<snowflake> subscription_listing_id = {};
    nullable<bool> available_for_purchase = {};
    nullable<bool> guild_connections = {};
};
STRANDCORD_EXTERN_MODEL(role_tags)

/// Discord documentation: topics/permissions, "Role Colors Object".
struct role_colors {
    std::int32_t primary_color = 0;              ///< equals `color`
    nullable<std::int32_t> secondary_color = {}; ///< gradient; needs feature ENHANCED_ROLE_COLORS
    nullable<std::int32_t> tertiary_color = {};
};
STRANDCORD_EXTERN_MODEL(role_colors)

/// The `@everyone` role has the guild's id.
/// Discord documentation: topics/permissions, "Role Structure".
struct role {
    snowflake id = {};
    std::string name = {};
    std::int32_t color = 0; ///< deprecated, equals `colors.primary_color`; still sent
    role_colors colors = {};
    bool hoist = false;              ///< shown apart in the member list
    nullable<std::string> icon = {}; ///< hash; needs feature ROLE_ICONS
    nullable<std::string> unicode_emoji = {};
    std::int32_t position = 0;
    strandcord::permissions permissions = {};
    bool managed = false;
    bool mentionable = false;
    boxed<role_tags> tags = {};
    flag_set<role_flag> flags = {};
};
STRANDCORD_EXTERN_MODEL(role)

} // namespace strandcord
