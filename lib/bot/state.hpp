#pragma once

#include <strandcord/cache.hpp>
#include <strandcord/metrics.hpp>
#include <strandcord/registration.hpp>
#include <strandcord/shard_plan.hpp>

#include <string>
#include <vector>

namespace strandcord {

/// See `bot::state_json`.
std::string state_json(const std::vector<shard_status>& shards,
                       const std::vector<handler_status>& handlers, const cache_state& cache,
                       const meter& metrics);

} // namespace strandcord
