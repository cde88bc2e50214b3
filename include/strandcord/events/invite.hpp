#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/application.hpp>
#include <strandcord/model/invite.hpp>
#include <strandcord/model/user.hpp>

namespace strandcord {

struct invite_create_data {
    snowflake channel_id = {};
    std::string code = {};
    timestamp created_at = {};
    std::optional<snowflake> guild_id = {};
    boxed<user> inviter = {};
    std::int64_t max_age = 0; ///< seconds
    std::int32_t max_uses = 0;
    nullable<invite_target_type> target_type = {};
    boxed<user> target_user = {};
    boxed<application> target_application = {};
    bool temporary = false;
    std::int32_t uses = 0; ///< always 0
    nullable<timestamp> expires_at = {};
    boxed<std::vector<snowflake>> role_ids = {};
};
STRANDCORD_EXTERN_MODEL(invite_create_data)

/// Needs the permission manage_channels.
struct invite_create {
    using data = invite_create_data;
    static constexpr std::string_view name = "INVITE_CREATE";
    static constexpr intents needs = intent::guild_invites;
};

struct invite_delete_data {
    snowflake channel_id = {};
    std::optional<snowflake> guild_id = {};
    std::string code = {};
};
STRANDCORD_EXTERN_MODEL(invite_delete_data)

/// Deleted or expired. Needs the permission manage_channels.
struct invite_delete {
    using data = invite_delete_data;
    static constexpr std::string_view name = "INVITE_DELETE";
    static constexpr intents needs = intent::guild_invites;
};

} // namespace strandcord
