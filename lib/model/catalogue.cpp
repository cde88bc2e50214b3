#include "model/catalogue.hpp"

#include <strandcord/events/all.hpp>

#include <algorithm>
#include <type_traits>

namespace strandcord {

namespace {

using kind = entity_kind;

/// `feeds`: the kinds that the event is there to tell of. `along`: what it changes besides.
template <class Event>
constexpr catalogue_row row(std::string_view type, std::string_view data_type,
                            entity_kinds feeds = {}, entity_kinds along = {}) noexcept {
    return {
        Event::name,   type, data_type, Event::needs, &codec::table<typename Event::data>::value,
        feeds | along, feeds};
}

// The type of the data is named again only so that it can be printed; it must be the event's.
#define STRANDCORD_ROW(event, data_name, ...)                                                      \
    (static_cast<void>(std::enable_if_t<std::is_same_v<event::data, data_name>>()),                \
     row<event>(#event, #data_name __VA_OPT__(, ) __VA_ARGS__))

/// What goes with a guild, but for messages.
constexpr entity_kinds in_guilds = kind::channel | kind::thread | kind::member | kind::role |
                                   kind::emoji | kind::sticker | kind::presence |
                                   kind::voice_state | kind::stage_instance |
                                   kind::scheduled_event | kind::soundboard_sound;

constexpr catalogue_row rows[] = {
    // session
    STRANDCORD_ROW(ready, ready_data, kind::guild | kind::user, in_guilds | kind::message),
    STRANDCORD_ROW(resumed, resumed_data),
    STRANDCORD_ROW(rate_limited, rate_limited_data),

    // interaction
    STRANDCORD_ROW(application_command_permissions_update, guild_command_permissions),
    STRANDCORD_ROW(interaction_create, interaction),

    // entitlement
    STRANDCORD_ROW(entitlement_create, entitlement),
    STRANDCORD_ROW(entitlement_update, entitlement),
    STRANDCORD_ROW(entitlement_delete, entitlement),
    STRANDCORD_ROW(subscription_create, subscription),
    STRANDCORD_ROW(subscription_update, subscription),
    STRANDCORD_ROW(subscription_delete, subscription),

    // automod
    STRANDCORD_ROW(auto_moderation_rule_create, automod_rule),
    STRANDCORD_ROW(auto_moderation_rule_update, automod_rule),
    STRANDCORD_ROW(auto_moderation_rule_delete, automod_rule),
    STRANDCORD_ROW(auto_moderation_action_execution, automod_action_execution_data),

    // channel
    STRANDCORD_ROW(channel_create, channel, kind::channel),
    STRANDCORD_ROW(channel_update, channel, kind::channel),
    STRANDCORD_ROW(channel_delete, channel,
                   kind::channel | kind::thread | kind::message | kind::stage_instance),
    STRANDCORD_ROW(channel_info, channel_info_data, kind::channel),
    STRANDCORD_ROW(channel_pins_update, channel_pins_update_data, kind::channel | kind::thread),

    // voice
    STRANDCORD_ROW(voice_channel_status_update, voice_channel_status_update_data, kind::channel),
    STRANDCORD_ROW(voice_channel_start_time_update, voice_channel_start_time_update_data,
                   kind::channel),

    // thread
    STRANDCORD_ROW(thread_create, channel, kind::thread, kind::channel),
    STRANDCORD_ROW(thread_update, channel, kind::thread),
    STRANDCORD_ROW(thread_delete, thread_delete_data, kind::thread | kind::message),
    STRANDCORD_ROW(thread_list_sync, thread_list_sync_data, kind::thread),
    STRANDCORD_ROW(thread_member_update, thread_member_update_data, kind::thread),
    STRANDCORD_ROW(thread_members_update, thread_members_update_data, {},
                   kind::thread | kind::member | kind::user | kind::presence),

    // guild
    STRANDCORD_ROW(guild_create, guild_create_data, kind::guild | in_guilds,
                   kind::user | kind::message),
    STRANDCORD_ROW(guild_update, guild, kind::guild | kind::role | kind::emoji | kind::sticker),
    STRANDCORD_ROW(guild_delete, unavailable_guild, kind::guild | in_guilds | kind::message),
    STRANDCORD_ROW(guild_audit_log_entry_create, audit_log_entry),
    STRANDCORD_ROW(guild_ban_add, guild_ban_data),
    STRANDCORD_ROW(guild_ban_remove, guild_ban_data),
    STRANDCORD_ROW(guild_emojis_update, guild_emojis_update_data, kind::emoji),
    STRANDCORD_ROW(guild_stickers_update, guild_stickers_update_data, kind::sticker),

    // integration
    STRANDCORD_ROW(guild_integrations_update, guild_integrations_update_data),

    // role
    STRANDCORD_ROW(guild_role_create, guild_role_data, kind::role),
    STRANDCORD_ROW(guild_role_update, guild_role_data, kind::role),
    STRANDCORD_ROW(guild_role_delete, guild_role_delete_data, kind::role, kind::member),

    // soundboard
    STRANDCORD_ROW(guild_soundboard_sound_create, soundboard_sound, kind::soundboard_sound),
    STRANDCORD_ROW(guild_soundboard_sound_update, soundboard_sound, kind::soundboard_sound),
    STRANDCORD_ROW(guild_soundboard_sound_delete, guild_soundboard_sound_delete_data,
                   kind::soundboard_sound),
    STRANDCORD_ROW(guild_soundboard_sounds_update, soundboard_sounds_data, kind::soundboard_sound),
    STRANDCORD_ROW(soundboard_sounds, soundboard_sounds_data, kind::soundboard_sound),

    // member
    STRANDCORD_ROW(guild_member_add, guild_member_add_data, kind::member, kind::guild | kind::user),
    STRANDCORD_ROW(guild_member_remove, guild_member_remove_data, kind::member,
                   kind::guild | kind::user | kind::presence | kind::voice_state),
    STRANDCORD_ROW(guild_member_update, guild_member_update_data, kind::member, kind::user),
    STRANDCORD_ROW(guild_members_chunk, guild_members_chunk_data, kind::member | kind::presence,
                   kind::user),

    // scheduled event
    STRANDCORD_ROW(guild_scheduled_event_create, scheduled_event, kind::scheduled_event),
    STRANDCORD_ROW(guild_scheduled_event_update, scheduled_event, kind::scheduled_event),
    STRANDCORD_ROW(guild_scheduled_event_delete, scheduled_event, kind::scheduled_event),
    STRANDCORD_ROW(guild_scheduled_event_user_add, guild_scheduled_event_user_data,
                   kind::scheduled_event),
    STRANDCORD_ROW(guild_scheduled_event_user_remove, guild_scheduled_event_user_data,
                   kind::scheduled_event),

    // integration
    STRANDCORD_ROW(integration_create, integration_event_data),
    STRANDCORD_ROW(integration_update, integration_event_data),
    STRANDCORD_ROW(integration_delete, integration_delete_data),

    // invite
    STRANDCORD_ROW(invite_create, invite_create_data),
    STRANDCORD_ROW(invite_delete, invite_delete_data),

    // integration
    STRANDCORD_ROW(webhooks_update, webhooks_update_data),

    // message
    STRANDCORD_ROW(message_create, message, kind::message,
                   kind::channel | kind::thread | kind::member | kind::user),
    STRANDCORD_ROW(message_update, message, kind::message),
    STRANDCORD_ROW(message_delete, message_delete_data, kind::message, kind::thread),
    STRANDCORD_ROW(message_delete_bulk, message_delete_bulk_data, kind::message, kind::thread),

    // reaction
    STRANDCORD_ROW(message_reaction_add, message_reaction_add_data, {},
                   kind::message | kind::member | kind::user),
    STRANDCORD_ROW(message_reaction_remove, message_reaction_remove_data, {}, kind::message),
    STRANDCORD_ROW(message_reaction_remove_all, message_reaction_remove_all_data, {},
                   kind::message),
    STRANDCORD_ROW(message_reaction_remove_emoji, message_reaction_remove_emoji_data, {},
                   kind::message),

    // poll
    STRANDCORD_ROW(message_poll_vote_add, message_poll_vote_data, {}, kind::message),
    STRANDCORD_ROW(message_poll_vote_remove, message_poll_vote_data, {}, kind::message),

    // channel
    STRANDCORD_ROW(typing_start, typing_start_data, {}, kind::member | kind::user),

    // presence
    STRANDCORD_ROW(presence_update, presence, kind::presence, kind::user),
    STRANDCORD_ROW(user_update, user, kind::user),

    // voice
    STRANDCORD_ROW(voice_state_update, voice_state, kind::voice_state, kind::member | kind::user),
    STRANDCORD_ROW(voice_server_update, voice_server),
    STRANDCORD_ROW(voice_channel_effect_send, voice_channel_effect_send_data),

    // stage
    STRANDCORD_ROW(stage_instance_create, stage_instance, kind::stage_instance),
    STRANDCORD_ROW(stage_instance_update, stage_instance, kind::stage_instance),
    STRANDCORD_ROW(stage_instance_delete, stage_instance, kind::stage_instance),

    // strandcord's own
    STRANDCORD_ROW(session_gap, session_gap_data),
    STRANDCORD_ROW(guild_loaded, guild_create_data),
    STRANDCORD_ROW(guild_joined, guild_create_data),
    STRANDCORD_ROW(guild_returned, guild_create_data),
    STRANDCORD_ROW(guild_outage, unavailable_guild),
    STRANDCORD_ROW(guild_left, unavailable_guild),
    STRANDCORD_ROW(guilds_ready, guilds_ready_data),
};

#undef STRANDCORD_ROW

constexpr intents direct = intents{intent::direct_messages} | intent::direct_message_reactions |
                           intent::direct_message_typing | intent::direct_message_polls;

} // namespace

intents catalogue_row::in_guild() const noexcept {
    return needs & ~direct;
}
intents catalogue_row::elsewhere() const noexcept {
    return needs & direct;
}

std::span<const catalogue_row> catalogue() noexcept {
    return rows;
}

const catalogue_row* find_event(std::string_view name) noexcept {
    const auto* found = std::find_if(std::begin(rows), std::end(rows),
                                     [name](const catalogue_row& row) { return row.name == name; });
    return found == std::end(rows) ? nullptr : found;
}

} // namespace strandcord
