#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/channel.hpp>
#include <strandcord/model/member.hpp>

namespace strandcord {

/// What to ask about voice channels.
enum class channel_info_fields { status, voice_start_time, both };

/// One voice channel, with what was asked for.
struct voice_channel_info {
    snowflake id = {};
    nullable<std::string> status = {};            ///< when asked for
    nullable<std::int64_t> voice_start_time = {}; ///< seconds since 1970; null: nobody there
};
STRANDCORD_EXTERN_MODEL(voice_channel_info)

struct channel_info_data {
    snowflake guild_id = {};
    std::vector<voice_channel_info> channels = {};
};
STRANDCORD_EXTERN_MODEL(channel_info_data)

/// The answer to a request for channel info.
struct channel_info {
    using data = channel_info_data;
    static constexpr std::string_view name = "CHANNEL_INFO";
    static constexpr intents needs = {};
};

struct channel_pins_update_data {
    std::optional<snowflake> guild_id = {};
    snowflake channel_id = {};
    nullable<timestamp> last_pin_timestamp = {};
};
STRANDCORD_EXTERN_MODEL(channel_pins_update_data)

/// A message was pinned or unpinned; not sent when a pinned message is deleted.
struct channel_pins_update {
    using data = channel_pins_update_data;
    static constexpr std::string_view name = "CHANNEL_PINS_UPDATE";
    static constexpr intents needs = intent::guilds | intent::direct_messages;
};

struct typing_start_data {
    snowflake channel_id = {};
    std::optional<snowflake> guild_id = {};
    snowflake user_id = {};
    std::int64_t timestamp = 0;      ///< seconds since 1970
    boxed<guild_member> member = {}; ///< in guilds
};
STRANDCORD_EXTERN_MODEL(typing_start_data)

struct typing_start {
    using data = typing_start_data;
    static constexpr std::string_view name = "TYPING_START";
    static constexpr intents needs = intent::guild_message_typing | intent::direct_message_typing;
};

/// A channel of a guild was created and the bot sees it.
struct channel_create {
    using data = channel;
    static constexpr std::string_view name = "CHANNEL_CREATE";
    static constexpr intents needs = intent::guilds;
};

/// Not sent for a new `last_message_id`. May name roles or members that are gone.
struct channel_update {
    using data = channel;
    static constexpr std::string_view name = "CHANNEL_UPDATE";
    static constexpr intents needs = intent::guilds;
};

struct channel_delete {
    using data = channel;
    static constexpr std::string_view name = "CHANNEL_DELETE";
    static constexpr intents needs = intent::guilds;
};

} // namespace strandcord
