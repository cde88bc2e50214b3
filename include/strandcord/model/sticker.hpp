#pragma once

#include <strandcord/json.hpp>
#include <strandcord/model/user.hpp>

namespace strandcord {

/// Discord documentation: resources/sticker, "Sticker Types".
enum class sticker_type : std::int32_t {
    standard = 1,
    guild = 2,
};
STRANDCORD_EXTERN_ENUM(sticker_type)

/// Discord documentation: resources/sticker, "Sticker Format Types".
enum class sticker_format_type : std::int32_t {
    png = 1,
    apng = 2,
    lottie = 3,
    gif = 4,
};
STRANDCORD_EXTERN_ENUM(sticker_format_type)

/// Discord documentation: resources/sticker, "Sticker Structure".
struct sticker {
    snowflake id = {};
    std::optional<snowflake> pack_id = {}; ///< standard stickers
    std::string name = {};
    nullable<std::string> description = {};
    std::string tags = {};
    sticker_type type = {};
    sticker_format_type format_type = {};
    std::optional<bool> available = {}; ///< guild stickers
    std::optional<snowflake> guild_id = {};
    boxed<strandcord::user> user = {};
    std::optional<std::int32_t> sort_value = {}; ///< standard stickers
};
STRANDCORD_EXTERN_MODEL(sticker)

/// What a message says of a sticker.
/// Discord documentation: resources/sticker, "Sticker Item Structure".
struct sticker_item {
    snowflake id = {};
    std::string name = {};
    sticker_format_type format_type = {};
};
STRANDCORD_EXTERN_MODEL(sticker_item)

/// Discord documentation: resources/sticker, "Sticker Pack Structure".
struct sticker_pack {
    snowflake id = {};
    std::vector<sticker> stickers = {};
    std::string name = {};
    snowflake sku_id = {};
    std::optional<snowflake> cover_sticker_id = {};
    std::string description = {};
    std::optional<snowflake> banner_asset_id = {};
};
STRANDCORD_EXTERN_MODEL(sticker_pack)

} // namespace strandcord
