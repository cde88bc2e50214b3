#pragma once

#include <strandcord/model/answers.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(thread_list, (), (threads, members, has_more))

BOOST_DESCRIBE_STRUCT(bulk_ban_result, (), (banned_users, failed_users))

BOOST_DESCRIBE_STRUCT(message_search_result, (),
                      (doing_deep_historical_index, documents_indexed, total_results, messages,
                       threads, members))

BOOST_DESCRIBE_STRUCT(message_pin_list, (), (items, has_more))

BOOST_DESCRIBE_STRUCT(poll_voter_list, (), (users))

BOOST_DESCRIBE_STRUCT(soundboard_sound_list, (), (items))

BOOST_DESCRIBE_STRUCT(sticker_pack_list, (), (sticker_packs))

} // namespace strandcord
