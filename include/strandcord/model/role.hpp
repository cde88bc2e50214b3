#pragma once

#include <strandcord/json.hpp>
#include <strandcord/permissions.hpp>

namespace strandcord {

/// Discord documentation: topics/permissions, "Role Colors Object".
struct role_colors {
    std::int32_t primary_color = 0;
    std::optional<std::int32_t> secondary_color = {};
    std::optional<std::int32_t> tertiary_color = {};
};
STRANDCORD_EXTERN_MODEL(role_colors)

/// Discord documentation: topics/permissions, "Role Object". The `@everyone` role has the guild's
/// id.
struct role {
    snowflake id = {};
    std::string name = {};
    std::int32_t color = 0;
    role_colors colors = {};
    bool hoist = false;
    std::optional<std::string> icon = {};
    std::optional<std::string> unicode_emoji = {};
    std::int32_t position = 0;
    strandcord::permissions permissions = {};
    bool managed = false;
    bool mentionable = false;
    raw_json tags = {}; ///< raw: in it a null means true
    std::uint64_t flags = 0;
};
STRANDCORD_EXTERN_MODEL(role)

} // namespace strandcord
