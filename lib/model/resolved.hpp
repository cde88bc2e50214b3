#pragma once

#include <strandcord/model/resolved.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(resolved_data, (), (users, members, roles, channels, messages, attachments))

} // namespace strandcord
