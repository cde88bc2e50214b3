#pragma once

#include "model/channel.hpp"

#include <strandcord/events/thread.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(thread_delete_data, (), (id, guild_id, parent_id, type))

BOOST_DESCRIBE_STRUCT(thread_list_sync_data, (), (guild_id, channel_ids, threads, members))

BOOST_DESCRIBE_STRUCT(thread_member_update_data, (thread_member), (guild_id))

BOOST_DESCRIBE_STRUCT(thread_members_update_data, (),
                      (id, guild_id, member_count, added_members, removed_member_ids))

} // namespace strandcord
