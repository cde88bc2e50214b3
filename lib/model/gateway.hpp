#pragma once

#include <strandcord/model/gateway.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(session_start_limit, (), (total, remaining, reset_after, max_concurrency))

BOOST_DESCRIBE_STRUCT(gateway_bot, (), (url, shards, session_start_limit))

} // namespace strandcord
