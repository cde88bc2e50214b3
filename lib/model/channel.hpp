#pragma once

#include <strandcord/model/channel.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(permission_overwrite, (), (id, type, allow, deny))

BOOST_DESCRIBE_STRUCT(thread_metadata, (),
                      (archived, auto_archive_duration, archive_timestamp, locked, invitable,
                       create_timestamp))

BOOST_DESCRIBE_STRUCT(thread_member, (), (id, user_id, join_timestamp, flags, member, presence))

BOOST_DESCRIBE_STRUCT(forum_tag, (), (id, name, moderated, emoji_id, emoji_name))

BOOST_DESCRIBE_STRUCT(default_reaction, (), (emoji_id, emoji_name))

BOOST_DESCRIBE_STRUCT(followed_channel, (), (channel_id, webhook_id))

BOOST_DESCRIBE_STRUCT(channel, (),
                      (id, type, guild_id, position, permission_overwrites, name, topic, nsfw,
                       last_message_id, bitrate, user_limit, rate_limit_per_user, recipients, icon,
                       owner_id, application_id, managed, parent_id, last_pin_timestamp, rtc_region,
                       video_quality_mode, message_count, member_count, thread_metadata, member,
                       default_auto_archive_duration, permissions, app_permissions, flags,
                       total_message_sent, available_tags, applied_tags, default_reaction_emoji,
                       default_thread_rate_limit_per_user, default_sort_order, default_forum_layout,
                       newly_created))

} // namespace strandcord
