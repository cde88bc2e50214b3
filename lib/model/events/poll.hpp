#pragma once

#include <strandcord/events/poll.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(message_poll_vote_data, (),
                      (user_id, channel_id, message_id, guild_id, answer_id))

} // namespace strandcord
