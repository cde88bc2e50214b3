#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/model/application.hpp>
#include <strandcord/model/guild.hpp>
#include <strandcord/model/user.hpp>

// An event is a tag: its payload, the name Discord gives it, and the intents under which it is
// sent (any one of them is enough; none: it is always sent).

namespace strandcord {

struct ready_data {
    std::int32_t v = 0;
    strandcord::user user = {};
    std::vector<unavailable_guild> guilds = {};
    std::string session_id = {};
    std::string resume_gateway_url = {};
    std::vector<std::int32_t> shard = {}; ///< id and count
    partial_application application = {};
};
STRANDCORD_EXTERN_MODEL(ready_data)

/// A new session began.
struct ready {
    using data = ready_data;
    static constexpr std::string_view name = "READY";
    static constexpr intents needs = {};
};

struct resumed_data {};
STRANDCORD_EXTERN_MODEL(resumed_data)

/// The replay after a resume is complete.
struct resumed {
    using data = resumed_data;
    static constexpr std::string_view name = "RESUMED";
    static constexpr intents needs = {};
};

} // namespace strandcord
