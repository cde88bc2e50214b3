#pragma once

#include <strandcord/events/session.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(ready_data, (),
                      (v, user, guilds, session_id, resume_gateway_url, shard, application))

BOOST_DESCRIBE_STRUCT(rate_limited_data, (), (opcode, retry_after, meta))

BOOST_DESCRIBE_STRUCT(resumed_data, (), ())

BOOST_DESCRIBE_STRUCT(session_gap_data, (), (cause, first_missing_sequence, seconds))

} // namespace strandcord
