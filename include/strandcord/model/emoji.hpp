#pragma once

#include <strandcord/model/user.hpp>

namespace strandcord {

/// A custom emoji, or a Unicode one: then `id` is absent and `name` is the character.
/// Discord documentation: resources/emoji, "Emoji Object".
struct emoji {
    std::optional<snowflake> id = {};
    std::optional<std::string> name = {};
    std::optional<std::vector<snowflake>> roles = {};
    std::optional<strandcord::user> user = {};
    std::optional<bool> require_colons = {};
    std::optional<bool> managed = {};
    std::optional<bool> animated = {};
    std::optional<bool> available = {};
};
STRANDCORD_EXTERN_MODEL(emoji)

} // namespace strandcord
