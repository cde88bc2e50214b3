#pragma once

#include <strandcord/model/sticker.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(sticker, (),
                      (id, pack_id, name, description, tags, type, format_type, available, guild_id,
                       user, sort_value))

BOOST_DESCRIBE_STRUCT(sticker_item, (), (id, name, format_type))

BOOST_DESCRIBE_STRUCT(sticker_pack, (),
                      (id, stickers, name, sku_id, cover_sticker_id, description, banner_asset_id))

} // namespace strandcord
