#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/channel.hpp>

namespace strandcord {

struct thread_delete_data {
    snowflake id = {};
    snowflake guild_id = {};
    snowflake parent_id = {};
    channel_type type = {};
};
STRANDCORD_EXTERN_MODEL(thread_delete_data)

struct thread_delete {
    using data = thread_delete_data;
    static constexpr std::string_view name = "THREAD_DELETE";
    static constexpr intents needs = intent::guilds;
};

struct thread_list_sync_data {
    snowflake guild_id = {};
    boxed<std::vector<snowflake>> channel_ids = {};
    std::vector<channel> threads = {};
    std::vector<thread_member> members = {}; ///< of the bot
};
STRANDCORD_EXTERN_MODEL(thread_list_sync_data)

/// The bot gained access to channels: all their active threads.
struct thread_list_sync {
    using data = thread_list_sync_data;
    static constexpr std::string_view name = "THREAD_LIST_SYNC";
    static constexpr intents needs = intent::guilds;
};

struct thread_member_update_data : thread_member {
    snowflake guild_id = {};
};
STRANDCORD_EXTERN_MODEL(thread_member_update_data)

/// The bot's own membership changed.
struct thread_member_update {
    using data = thread_member_update_data;
    static constexpr std::string_view name = "THREAD_MEMBER_UPDATE";
    static constexpr intents needs = intent::guilds;
};

struct thread_members_update_data {
    snowflake id = {};
    snowflake guild_id = {};
    std::int32_t member_count = 0;                        ///< approximate, stops at 50
    boxed<std::vector<thread_member>> added_members = {}; ///< with `member` and `presence`
    boxed<std::vector<snowflake>> removed_member_ids = {};
};
STRANDCORD_EXTERN_MODEL(thread_members_update_data)

/// Somebody joined or left a thread; without the guild_members intent only when it is the bot.
struct thread_members_update {
    using data = thread_members_update_data;
    static constexpr std::string_view name = "THREAD_MEMBERS_UPDATE";
    static constexpr intents needs = intent::guilds | intent::guild_members;
};

/// A thread was made, then `newly_created` is true, or the bot was added to one.
struct thread_create {
    using data = channel;
    static constexpr std::string_view name = "THREAD_CREATE";
    static constexpr intents needs = intent::guilds;
};

/// Changed, archived or unarchived; not sent for a new `last_message_id`.
struct thread_update {
    using data = channel;
    static constexpr std::string_view name = "THREAD_UPDATE";
    static constexpr intents needs = intent::guilds;
};

} // namespace strandcord
