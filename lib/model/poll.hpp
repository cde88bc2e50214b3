#pragma once

#include <strandcord/model/poll.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(poll_media, (), (text, emoji))

BOOST_DESCRIBE_STRUCT(poll_answer, (), (answer_id, poll_media))

BOOST_DESCRIBE_STRUCT(poll_answer_count, (), (id, count, me_voted))

BOOST_DESCRIBE_STRUCT(poll_results, (), (is_finalized, answer_counts))

BOOST_DESCRIBE_STRUCT(poll, (),
                      (question, answers, expiry, allow_multiselect, layout_type, results))

} // namespace strandcord
