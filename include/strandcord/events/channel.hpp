#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/model/channel.hpp>

namespace strandcord {

struct channel_create {
    using data = channel;
    static constexpr std::string_view name = "CHANNEL_CREATE";
    static constexpr intents needs = intent::guilds;
};

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

/// What to ask about voice channels.
enum class channel_info_fields { status, voice_start_time, both };

/// One voice channel, with what was asked for.
struct voice_channel_info {
    snowflake id = {};
    std::optional<std::string> status = {};
    std::optional<std::int64_t> voice_start_time = {}; ///< seconds since 1970; absent: nobody there
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

struct typing_start_data {
    snowflake channel_id = {};
    std::optional<snowflake> guild_id = {};
    snowflake user_id = {};
    std::int64_t timestamp = 0; ///< seconds since 1970
    std::optional<guild_member> member = {};
};
STRANDCORD_EXTERN_MODEL(typing_start_data)

struct typing_start {
    using data = typing_start_data;
    static constexpr std::string_view name = "TYPING_START";
    static constexpr intents needs = intent::guild_message_typing | intent::direct_message_typing;
};

} // namespace strandcord
