#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/model/emoji.hpp>
#include <strandcord/model/member.hpp>

namespace strandcord {

struct message_reaction_add_data {
    snowflake user_id = {};
    snowflake channel_id = {};
    snowflake message_id = {};
    std::optional<snowflake> guild_id = {};
    std::optional<guild_member> member = {};
    strandcord::emoji emoji = {};
    std::optional<snowflake> message_author_id = {};
    bool burst = false;
    std::vector<std::string> burst_colors = {};
    std::int32_t type = 0;
};
STRANDCORD_EXTERN_MODEL(message_reaction_add_data)

struct message_reaction_add {
    using data = message_reaction_add_data;
    static constexpr std::string_view name = "MESSAGE_REACTION_ADD";
    static constexpr intents needs =
        intent::guild_message_reactions | intent::direct_message_reactions;
};

struct message_reaction_remove_data {
    snowflake user_id = {};
    snowflake channel_id = {};
    snowflake message_id = {};
    std::optional<snowflake> guild_id = {};
    strandcord::emoji emoji = {};
    bool burst = false;
    std::int32_t type = 0;
};
STRANDCORD_EXTERN_MODEL(message_reaction_remove_data)

struct message_reaction_remove {
    using data = message_reaction_remove_data;
    static constexpr std::string_view name = "MESSAGE_REACTION_REMOVE";
    static constexpr intents needs =
        intent::guild_message_reactions | intent::direct_message_reactions;
};

} // namespace strandcord
