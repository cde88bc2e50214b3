#pragma once

#include <strandcord/model/user.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(avatar_decoration_data, (), (asset, sku_id))

BOOST_DESCRIBE_STRUCT(nameplate, (), (sku_id, asset, label, palette))

BOOST_DESCRIBE_STRUCT(collectibles, (), (nameplate))

BOOST_DESCRIBE_STRUCT(primary_guild, (), (identity_guild_id, identity_enabled, tag, badge))

BOOST_DESCRIBE_STRUCT(user, (),
                      (id, username, discriminator, global_name, avatar, bot, system, mfa_enabled,
                       banner, accent_color, locale, verified, email, flags, premium_type,
                       public_flags, avatar_decoration_data, collectibles, primary_guild))

} // namespace strandcord
