#pragma once

#include <strandcord/events/reaction.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(message_reaction_add_data, (),
                      (user_id, channel_id, message_id, guild_id, member, emoji, message_author_id,
                       burst, burst_colors, type))

BOOST_DESCRIBE_STRUCT(message_reaction_remove_data, (),
                      (user_id, channel_id, message_id, guild_id, emoji, burst, type))

BOOST_DESCRIBE_STRUCT(message_reaction_remove_all_data, (), (channel_id, message_id, guild_id))

BOOST_DESCRIBE_STRUCT(message_reaction_remove_emoji_data, (),
                      (channel_id, guild_id, message_id, emoji))

} // namespace strandcord
