#pragma once

#include <strandcord/json.hpp>
#include <strandcord/model/integration.hpp>

namespace strandcord {

/// Discord documentation: resources/user, "Visibility Types".
enum class connection_visibility : std::int32_t {
    none = 0,
    everyone = 1,
};
STRANDCORD_EXTERN_ENUM(connection_visibility)

/// An account of another service that a user has linked.
/// Discord documentation: resources/user, "Connection Structure".
struct user_connection {
    std::string id = {};
    std::string name = {};
    std::string type = {}; ///< `github`, ...
    std::optional<bool> revoked = {};
    boxed<std::vector<integration>> integrations = {}; ///< partial integrations
    bool verified = false;
    bool friend_sync = false;
    bool show_activity = false;
    bool two_way_link = false;
    connection_visibility visibility = {};
};
STRANDCORD_EXTERN_MODEL(user_connection)

/// Discord documentation: resources/user, "Application Role Connection Structure".
struct application_role_connection {
    nullable<std::string> platform_name = {};
    json_map<std::string> metadata = {};
};
STRANDCORD_EXTERN_MODEL(application_role_connection)

} // namespace strandcord
