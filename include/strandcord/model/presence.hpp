#pragma once

#include <strandcord/model/user.hpp>

namespace strandcord {

/// Absent: offline there.
/// Discord documentation: events/gateway-events, "Client Status Object".
struct client_status {
    std::optional<std::string> desktop = {};
    std::optional<std::string> mobile = {};
    std::optional<std::string> web = {};
    std::optional<std::string> vr = {};
};
STRANDCORD_EXTERN_MODEL(client_status)

/// Discord documentation: events/gateway-events, "Activity Object".
struct activity {
    std::string name = {};
    std::int32_t type = 0;
    std::optional<std::string> url = {};
    std::int64_t created_at = 0; ///< milliseconds
    raw_json timestamps = {};
    std::optional<snowflake> application_id = {};
    std::optional<std::string> details = {};
    std::optional<std::string> state = {};
    raw_json emoji = {};
    raw_json party = {};
    raw_json assets = {};
    std::optional<bool> instance = {};
    std::optional<std::uint64_t> flags = {};
    raw_json buttons = {};
};
STRANDCORD_EXTERN_MODEL(activity)

/// Only the user's id is sure.
/// Discord documentation: events/gateway-events, "Presence Update".
struct presence {
    strandcord::user user = {};
    std::optional<snowflake> guild_id = {}; ///< absent inside GUILD_CREATE
    std::string status = {};                ///< `online`, `idle`, `dnd` or `offline`
    std::vector<activity> activities = {};
    strandcord::client_status client_status = {};
};
STRANDCORD_EXTERN_MODEL(presence)

} // namespace strandcord
