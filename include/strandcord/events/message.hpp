#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/message.hpp>

namespace strandcord {

struct message_delete_data {
    snowflake id = {};
    snowflake channel_id = {};
    std::optional<snowflake> guild_id = {};
};
STRANDCORD_EXTERN_MODEL(message_delete_data)

struct message_delete {
    using data = message_delete_data;
    static constexpr std::string_view name = "MESSAGE_DELETE";
    static constexpr intents needs = intent::guild_messages | intent::direct_messages;
};

struct message_delete_bulk_data {
    std::vector<snowflake> ids = {};
    snowflake channel_id = {};
    std::optional<snowflake> guild_id = {};
};
STRANDCORD_EXTERN_MODEL(message_delete_bulk_data)

/// Several at once, without an event for each.
struct message_delete_bulk {
    using data = message_delete_bulk_data;
    static constexpr std::string_view name = "MESSAGE_DELETE_BULK";
    static constexpr intents needs = intent::guild_messages;
};

struct message_create {
    using data = message;
    static constexpr std::string_view name = "MESSAGE_CREATE";
    static constexpr intents needs = intent::guild_messages | intent::direct_messages;
};

/// Edited, pinned, crossposted, its poll ended, or its embeds were resolved.
struct message_update {
    using data = message;
    static constexpr std::string_view name = "MESSAGE_UPDATE";
    static constexpr intents needs = intent::guild_messages | intent::direct_messages;
};

} // namespace strandcord
