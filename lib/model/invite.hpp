#pragma once

#include <strandcord/model/invite.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(invite, (),
                      (type, code, guild, channel, inviter, target_type, target_user,
                       target_application, approximate_presence_count, approximate_member_count,
                       expires_at, guild_scheduled_event, flags, roles, uses, max_uses, max_age,
                       temporary, created_at))

} // namespace strandcord
