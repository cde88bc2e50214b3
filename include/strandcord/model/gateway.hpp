#pragma once

#include <strandcord/json.hpp>

namespace strandcord {

/// Discord documentation: events/gateway, "Session Start Limit Object".
struct session_start_limit {
    std::int32_t total = 0;
    std::int32_t remaining = 0;
    std::int64_t reset_after = 0; ///< milliseconds
    std::int32_t max_concurrency = 1;
};
STRANDCORD_EXTERN_MODEL(session_start_limit)

/// The answer of `/gateway/bot`; `/gateway` answers with `url` alone.
/// Discord documentation: events/gateway, "Get Gateway Bot".
struct gateway_bot {
    std::string url = {};
    std::int32_t shards = 1;
    strandcord::session_start_limit session_start_limit = {};
};
STRANDCORD_EXTERN_MODEL(gateway_bot)

} // namespace strandcord
