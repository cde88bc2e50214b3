#pragma once

#include <strandcord/json.hpp>
#include <strandcord/model/user.hpp>

namespace strandcord {

/// A custom emoji, or a Unicode one: then `id` is null and `name` is the character.
/// Discord documentation: resources/emoji, "Emoji Structure".
struct emoji {
    nullable<snowflake> id = {};
    nullable<std::string> name = {}; ///< null: deleted, in reaction events only
    boxed<std::vector<snowflake>> roles = {};
    boxed<strandcord::user> user = {};
    std::optional<bool> require_colons = {};
    std::optional<bool> managed = {};
    std::optional<bool> animated = {};
    std::optional<bool> available = {}; ///< false when boosts were lost
};
STRANDCORD_EXTERN_MODEL(emoji)

} // namespace strandcord
