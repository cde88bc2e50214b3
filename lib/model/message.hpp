#pragma once

#include "model/user.hpp"

#include <strandcord/model/message.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(message_activity, (), (type, party_id))

BOOST_DESCRIBE_STRUCT(interaction_metadata, (),
                      (id, type, user, authorizing_integration_owners, original_response_message_id,
                       target_user, target_message_id, interacted_message_id,
                       triggering_interaction_metadata))

BOOST_DESCRIBE_STRUCT(message_interaction, (), (id, type, name, user, member))

BOOST_DESCRIBE_STRUCT(message_call, (), (participants, ended_timestamp))

BOOST_DESCRIBE_STRUCT(message_reference, (),
                      (type, message_id, channel_id, guild_id, fail_if_not_exists))

BOOST_DESCRIBE_STRUCT(mentioned_user, (user), (member))

BOOST_DESCRIBE_STRUCT(reaction_count_details, (), (burst, normal))

BOOST_DESCRIBE_STRUCT(reaction, (), (count, count_details, me, me_burst, emoji, burst_colors))

BOOST_DESCRIBE_STRUCT(channel_mention, (), (id, guild_id, type, name))

BOOST_DESCRIBE_STRUCT(role_subscription_data, (),
                      (role_subscription_listing_id, tier_name, total_months_subscribed,
                       is_renewal))

BOOST_DESCRIBE_STRUCT(shared_client_theme, (), (colors, gradient_angle, base_mix, base_theme))

BOOST_DESCRIBE_STRUCT(message, (),
                      (id, channel_id, author, content, timestamp, edited_timestamp, tts,
                       mention_everyone, mentions, mention_roles, mention_channels, attachments,
                       embeds, reactions, nonce, pinned, webhook_id, type, activity, application,
                       application_id, flags, message_reference, message_snapshots,
                       referenced_message, interaction_metadata, interaction, thread, components,
                       sticker_items, stickers, position, role_subscription_data, resolved, poll,
                       call, shared_client_theme, guild_id, member, channel_type))

BOOST_DESCRIBE_STRUCT(message_snapshot, (), (message))

BOOST_DESCRIBE_STRUCT(message_pin, (), (pinned_at, message))

} // namespace strandcord
