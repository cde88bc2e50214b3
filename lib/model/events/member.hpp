#pragma once

#include "model/member.hpp"

#include <strandcord/events/member.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(guild_member_add_data, (guild_member), (guild_id))

BOOST_DESCRIBE_STRUCT(guild_member_remove_data, (), (guild_id, user))

BOOST_DESCRIBE_STRUCT(guild_member_update_data, (),
                      (guild_id, roles, user, nick, avatar, banner, joined_at, premium_since, deaf,
                       mute, pending, communication_disabled_until, avatar_decoration_data,
                       collectibles, flags))

BOOST_DESCRIBE_STRUCT(guild_members_chunk_data, (),
                      (guild_id, members, chunk_index, chunk_count, not_found, presences, nonce))

} // namespace strandcord
