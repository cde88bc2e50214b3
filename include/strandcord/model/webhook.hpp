#pragma once

#include <strandcord/json.hpp>
#include <strandcord/model/channel.hpp>
#include <strandcord/model/guild.hpp>
#include <strandcord/model/user.hpp>

namespace strandcord {

/// Discord documentation: resources/webhook, "Webhook Types".
enum class webhook_type : std::int32_t {
    incoming = 1,
    channel_follower = 2,
    application = 3,
};
STRANDCORD_EXTERN_ENUM(webhook_type)

/// Discord documentation: resources/webhook, "Webhook Structure".
struct webhook {
    snowflake id = {};
    webhook_type type = {};
    nullable<snowflake> guild_id = {};
    nullable<snowflake> channel_id = {};
    boxed<strandcord::user> user = {}; ///< not when fetched with its token
    nullable<std::string> name = {};
    nullable<std::string> avatar = {};
    std::optional<std::string> token = {}; ///< type 1
    nullable<snowflake> application_id = {};
    boxed<guild> source_guild = {};      ///< type 2; absent if its creator lost access
    boxed<channel> source_channel = {};  ///< type 2; absent if its creator lost access
    std::optional<std::string> url = {}; ///< OAuth2 webhook flow only
};
STRANDCORD_EXTERN_MODEL(webhook)

} // namespace strandcord
