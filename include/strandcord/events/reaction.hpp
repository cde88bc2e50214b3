#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/emoji.hpp>
#include <strandcord/model/member.hpp>
#include <strandcord/model/message.hpp>

namespace strandcord {

struct message_reaction_add_data {
    snowflake user_id = {};
    snowflake channel_id = {};
    snowflake message_id = {};
    std::optional<snowflake> guild_id = {};
    boxed<guild_member> member = {}; ///< in guilds
    strandcord::emoji emoji = {};
    std::optional<snowflake> message_author_id = {};
    bool burst = false;                                ///< a super reaction
    boxed<std::vector<std::string>> burst_colors = {}; ///< `#rrggbb`
    reaction_type type = {};
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
    reaction_type type = {};
};
STRANDCORD_EXTERN_MODEL(message_reaction_remove_data)

struct message_reaction_remove {
    using data = message_reaction_remove_data;
    static constexpr std::string_view name = "MESSAGE_REACTION_REMOVE";
    static constexpr intents needs =
        intent::guild_message_reactions | intent::direct_message_reactions;
};

struct message_reaction_remove_all_data {
    snowflake channel_id = {};
    snowflake message_id = {};
    std::optional<snowflake> guild_id = {};
};
STRANDCORD_EXTERN_MODEL(message_reaction_remove_all_data)

struct message_reaction_remove_all {
    using data = message_reaction_remove_all_data;
    static constexpr std::string_view name = "MESSAGE_REACTION_REMOVE_ALL";
    static constexpr intents needs =
        intent::guild_message_reactions | intent::direct_message_reactions;
};

struct message_reaction_remove_emoji_data {
    snowflake channel_id = {};
    std::optional<snowflake> guild_id = {};
    snowflake message_id = {};
    strandcord::emoji emoji = {};
};
STRANDCORD_EXTERN_MODEL(message_reaction_remove_emoji_data)

/// All reactions of one emoji.
struct message_reaction_remove_emoji {
    using data = message_reaction_remove_emoji_data;
    static constexpr std::string_view name = "MESSAGE_REACTION_REMOVE_EMOJI";
    static constexpr intents needs =
        intent::guild_message_reactions | intent::direct_message_reactions;
};

} // namespace strandcord
