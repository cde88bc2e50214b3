#pragma once

#include <strandcord/model/member.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(guild_member, (),
                      (user, nick, avatar, banner, roles, joined_at, premium_since, deaf, mute,
                       flags, pending, permissions, communication_disabled_until,
                       avatar_decoration_data, collectibles))

BOOST_DESCRIBE_STRUCT(ban, (), (reason, user))

} // namespace strandcord
