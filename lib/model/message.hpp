#pragma once

#include "model/user.hpp"

#include <strandcord/model/message.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(mentioned_user, (user), (member))

BOOST_DESCRIBE_STRUCT(message_reference, (),
                      (type, message_id, channel_id, guild_id, fail_if_not_exists))

BOOST_DESCRIBE_STRUCT(reaction_count_details, (), (burst, normal))

BOOST_DESCRIBE_STRUCT(reaction, (), (count, count_details, me, me_burst, emoji, burst_colors))

BOOST_DESCRIBE_STRUCT(message, (),
                      (id, channel_id, guild_id, channel_type, author, member, content, timestamp,
                       edited_timestamp, tts, mention_everyone, mentions, mention_roles,
                       mention_channels, attachments, embeds, reactions, nonce, pinned, webhook_id,
                       type, activity, application, application_id, flags, message_reference,
                       message_snapshots, referenced_message, interaction_metadata, thread,
                       components, sticker_items, position, role_subscription_data, resolved, poll,
                       call, shared_client_theme))

} // namespace strandcord
