#include "testing/event_intents.hpp"

#include <algorithm>
#include <array>

namespace strandcord::testing {

namespace {

struct row {
    std::string_view type;
    intents in_guild; ///< any one of these
    intents elsewhere = {};
};

constexpr intents messages = intent::guild_messages;
constexpr intents private_messages = intent::direct_messages;
constexpr intents reactions = intent::guild_message_reactions;
constexpr intents private_reactions = intent::direct_message_reactions;

constexpr std::array table{
    row{"GUILD_CREATE", intent::guilds},
    row{"GUILD_UPDATE", intent::guilds},
    row{"GUILD_DELETE", intent::guilds},
    row{"GUILD_ROLE_CREATE", intent::guilds},
    row{"GUILD_ROLE_UPDATE", intent::guilds},
    row{"GUILD_ROLE_DELETE", intent::guilds},
    row{"CHANNEL_CREATE", intent::guilds},
    row{"CHANNEL_UPDATE", intent::guilds},
    row{"CHANNEL_DELETE", intent::guilds},
    row{"CHANNEL_PINS_UPDATE", intent::guilds, private_messages},
    row{"THREAD_CREATE", intent::guilds},
    row{"THREAD_UPDATE", intent::guilds},
    row{"THREAD_DELETE", intent::guilds},
    row{"THREAD_LIST_SYNC", intent::guilds},
    row{"THREAD_MEMBER_UPDATE", intent::guilds},
    row{"THREAD_MEMBERS_UPDATE", intent::guild_members},
    row{"STAGE_INSTANCE_CREATE", intent::guilds},
    row{"STAGE_INSTANCE_UPDATE", intent::guilds},
    row{"STAGE_INSTANCE_DELETE", intent::guilds},
    row{"VOICE_CHANNEL_STATUS_UPDATE", intent::guilds},
    row{"VOICE_CHANNEL_START_TIME_UPDATE", intent::guilds},
    row{"GUILD_MEMBER_ADD", intent::guild_members},
    row{"GUILD_MEMBER_UPDATE", intent::guild_members},
    row{"GUILD_MEMBER_REMOVE", intent::guild_members},
    row{"GUILD_AUDIT_LOG_ENTRY_CREATE", intent::guild_moderation},
    row{"GUILD_BAN_ADD", intent::guild_moderation},
    row{"GUILD_BAN_REMOVE", intent::guild_moderation},
    row{"GUILD_EMOJIS_UPDATE", intent::guild_expressions},
    row{"GUILD_STICKERS_UPDATE", intent::guild_expressions},
    row{"GUILD_SOUNDBOARD_SOUND_CREATE", intent::guild_expressions},
    row{"GUILD_SOUNDBOARD_SOUND_UPDATE", intent::guild_expressions},
    row{"GUILD_SOUNDBOARD_SOUND_DELETE", intent::guild_expressions},
    row{"GUILD_SOUNDBOARD_SOUNDS_UPDATE", intent::guild_expressions},
    row{"GUILD_INTEGRATIONS_UPDATE", intent::guild_integrations},
    row{"INTEGRATION_CREATE", intent::guild_integrations},
    row{"INTEGRATION_UPDATE", intent::guild_integrations},
    row{"INTEGRATION_DELETE", intent::guild_integrations},
    row{"WEBHOOKS_UPDATE", intent::guild_webhooks},
    row{"INVITE_CREATE", intent::guild_invites},
    row{"INVITE_DELETE", intent::guild_invites},
    row{"VOICE_STATE_UPDATE", intent::guild_voice_states},
    row{"VOICE_CHANNEL_EFFECT_SEND", intent::guild_voice_states},
    row{"PRESENCE_UPDATE", intent::guild_presences},
    row{"MESSAGE_CREATE", messages, private_messages},
    row{"MESSAGE_UPDATE", messages, private_messages},
    row{"MESSAGE_DELETE", messages, private_messages},
    row{"MESSAGE_DELETE_BULK", messages, private_messages},
    row{"MESSAGE_REACTION_ADD", reactions, private_reactions},
    row{"MESSAGE_REACTION_REMOVE", reactions, private_reactions},
    row{"MESSAGE_REACTION_REMOVE_ALL", reactions, private_reactions},
    row{"MESSAGE_REACTION_REMOVE_EMOJI", reactions, private_reactions},
    row{"TYPING_START", intent::guild_message_typing, intent::direct_message_typing},
    row{"MESSAGE_POLL_VOTE_ADD", intent::guild_message_polls, intent::direct_message_polls},
    row{"MESSAGE_POLL_VOTE_REMOVE", intent::guild_message_polls, intent::direct_message_polls},
    row{"GUILD_SCHEDULED_EVENT_CREATE", intent::guild_scheduled_events},
    row{"GUILD_SCHEDULED_EVENT_UPDATE", intent::guild_scheduled_events},
    row{"GUILD_SCHEDULED_EVENT_DELETE", intent::guild_scheduled_events},
    row{"GUILD_SCHEDULED_EVENT_USER_ADD", intent::guild_scheduled_events},
    row{"GUILD_SCHEDULED_EVENT_USER_REMOVE", intent::guild_scheduled_events},
    row{"AUTO_MODERATION_RULE_CREATE", intent::auto_moderation_configuration},
    row{"AUTO_MODERATION_RULE_UPDATE", intent::auto_moderation_configuration},
    row{"AUTO_MODERATION_RULE_DELETE", intent::auto_moderation_configuration},
    row{"AUTO_MODERATION_ACTION_EXECUTION", intent::auto_moderation_execution},
};

} // namespace

bool gets_event(intents wanted, std::string_view type, bool in_guild, bool about_bot) noexcept {
    if (about_bot && type == "GUILD_MEMBER_UPDATE")
        return true;
    if (about_bot && type == "THREAD_MEMBERS_UPDATE" && wanted.has(intent::guilds))
        return true;
    const auto* found = std::find_if(table.begin(), table.end(),
                                     [type](const row& each) { return each.type == type; });
    if (found == table.end())
        return true;
    return !(wanted & (in_guild ? found->in_guild : found->elsewhere)).empty();
}

bool carries_content(std::string_view type) noexcept {
    return type == "MESSAGE_CREATE" || type == "MESSAGE_UPDATE" ||
           type == "AUTO_MODERATION_ACTION_EXECUTION";
}

} // namespace strandcord::testing
