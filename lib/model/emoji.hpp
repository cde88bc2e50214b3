#pragma once

#include <strandcord/model/emoji.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(emoji, (),
                      (id, name, roles, user, require_colons, managed, animated, available))

} // namespace strandcord
