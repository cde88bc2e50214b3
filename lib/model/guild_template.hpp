#pragma once

#include <strandcord/model/guild_template.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(guild_template, (),
                      (code, name, description, usage_count, creator_id, creator, created_at,
                       updated_at, source_guild_id, serialized_source_guild, is_dirty))

} // namespace strandcord
