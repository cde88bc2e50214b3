#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/application.hpp>
#include <strandcord/model/guild.hpp>
#include <strandcord/model/user.hpp>

// An event is a tag: its payload, the name Discord gives it, and the intents under which it is
// sent (any one of them is enough; none: it is always sent).

namespace strandcord {

struct resumed_data {};
STRANDCORD_EXTERN_MODEL(resumed_data)

struct ready_data {
    std::int32_t v = 0;                         ///< version of the gateway
    strandcord::user user = {};                 ///< the bot
    std::vector<unavailable_guild> guilds = {}; ///< all unavailable yet
    std::string session_id = {};
    std::string resume_gateway_url = {};         ///< without a query string
    boxed<std::vector<std::int32_t>> shard = {}; ///< index and count
    strandcord::application application = {};    ///< id and flags only
};
STRANDCORD_EXTERN_MODEL(ready_data)

/// A new session began.
struct ready {
    using data = ready_data;
    static constexpr std::string_view name = "READY";
    static constexpr intents needs = {};
};

struct rate_limited_data {
    std::int32_t opcode = 0; ///< of what was refused
    double retry_after = 0;  ///< seconds
    raw_json meta = {};      ///< by opcode; 8: `guild_id` and `nonce`
};
STRANDCORD_EXTERN_MODEL(rate_limited_data)

/// Discord refused something that was sent; the connection stays.
struct rate_limited {
    using data = rate_limited_data;
    static constexpr std::string_view name = "RATE_LIMITED";
    static constexpr intents needs = {};
};

/// The replay after a resume is complete.
struct resumed {
    using data = resumed_data;
    static constexpr std::string_view name = "RESUMED";
    static constexpr intents needs = {};
};

struct session_gap_data {
    std::string cause = {};                  ///< a few words: `invalid sequence`
    std::int64_t first_missing_sequence = 0; ///< in the lost session
    double seconds = 0; ///< from the loss of the connection to READY of the new session
};
STRANDCORD_EXTERN_MODEL(session_gap_data)

/// A session was lost and a new one began: events from `first_missing_sequence` on were never
/// received. Comes just before READY of the new session, on the same shard, with sequence 0. For a
/// session of an earlier process the seconds count from the start of this one. This is strandcord's
/// own event, Discord has none like it.
struct session_gap {
    using data = session_gap_data;
    static constexpr std::string_view name = "STRANDCORD_SESSION_GAP";
    static constexpr intents needs = {};
};

} // namespace strandcord
