#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/json.hpp>

namespace strandcord {

struct message_poll_vote_data {
    snowflake user_id = {};
    snowflake channel_id = {};
    snowflake message_id = {};
    std::optional<snowflake> guild_id = {};
    std::int32_t answer_id = 0;
};
STRANDCORD_EXTERN_MODEL(message_poll_vote_data)

struct message_poll_vote_add {
    using data = message_poll_vote_data;
    static constexpr std::string_view name = "MESSAGE_POLL_VOTE_ADD";
    static constexpr intents needs = intent::guild_message_polls | intent::direct_message_polls;
};

struct message_poll_vote_remove {
    using data = message_poll_vote_data;
    static constexpr std::string_view name = "MESSAGE_POLL_VOTE_REMOVE";
    static constexpr intents needs = intent::guild_message_polls | intent::direct_message_polls;
};

} // namespace strandcord
