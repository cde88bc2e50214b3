#pragma once

#include <strandcord/events/invite.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(invite_create_data, (),
                      (channel_id, code, created_at, guild_id, inviter, max_age, max_uses,
                       target_type, target_user, target_application, temporary, uses, expires_at,
                       role_ids))

BOOST_DESCRIBE_STRUCT(invite_delete_data, (), (channel_id, guild_id, code))

} // namespace strandcord
