#pragma once

#include <strandcord/model/member.hpp>
#include <strandcord/model/presence.hpp>

#include <vector>

namespace strandcord {

/// What a member request brought, all parts together.
struct member_list {
    std::vector<guild_member> members = {};
    std::vector<presence> presences = {};  ///< when asked for
    std::vector<snowflake> not_found = {}; ///< ids that were asked for and match nobody
};

} // namespace strandcord
