#pragma once

#include "gateway/shard.hpp"

#include <strandcord/timestamp.hpp>

#include <optional>
#include <vector>

namespace strandcord::shards {

/// What the roster needs of a GUILD_CREATE or GUILD_DELETE.
struct guild_notice {
    snowflake id = {};
    bool unavailable = false;
    std::optional<timestamp> joined_at = {};
};

/// While the event's parser still holds its frame.
guild_notice notice_of(const gateway::dispatch& event);
std::vector<snowflake> guilds_of_ready(const gateway::dispatch& event);

} // namespace strandcord::shards
