#pragma once

#include <strandcord/json.hpp>
#include <strandcord/model/automod.hpp>
#include <strandcord/model/channel.hpp>
#include <strandcord/model/command.hpp>
#include <strandcord/model/integration.hpp>
#include <strandcord/model/scheduled_event.hpp>
#include <strandcord/model/user.hpp>
#include <strandcord/model/webhook.hpp>

namespace strandcord {

/// Discord documentation: resources/audit-log, "Audit Log Events".
enum class audit_log_event : std::int32_t {
    guild_update = 1,
    channel_create = 10,
    channel_update = 11,
    channel_delete = 12,
    channel_overwrite_create = 13,
    channel_overwrite_update = 14,
    channel_overwrite_delete = 15,
    member_kick = 20,
    member_prune = 21,
    member_ban_add = 22,
    member_ban_remove = 23,
    member_update = 24,
    member_role_update = 25,
    member_move = 26,
    member_disconnect = 27,
    bot_add = 28,
    role_create = 30,
    role_update = 31,
    role_delete = 32,
    invite_create = 40,
    invite_update = 41,
    invite_delete = 42,
    webhook_create = 50,
    webhook_update = 51,
    webhook_delete = 52,
    emoji_create = 60,
    emoji_update = 61,
    emoji_delete = 62,
    message_delete = 72,
    message_bulk_delete = 73,
    message_pin = 74,
    message_unpin = 75,
    integration_create = 80,
    integration_update = 81,
    integration_delete = 82,
    stage_instance_create = 83,
    stage_instance_update = 84,
    stage_instance_delete = 85,
    sticker_create = 90,
    sticker_update = 91,
    sticker_delete = 92,
    guild_scheduled_event_create = 100,
    guild_scheduled_event_update = 101,
    guild_scheduled_event_delete = 102,
    thread_create = 110,
    thread_update = 111,
    thread_delete = 112,
    application_command_permission_update = 121,
    soundboard_sound_create = 130,
    soundboard_sound_update = 131,
    soundboard_sound_delete = 132,
    auto_moderation_rule_create = 140,
    auto_moderation_rule_update = 141,
    auto_moderation_rule_delete = 142,
    auto_moderation_block_message = 143,
    auto_moderation_flag_to_channel = 144,
    auto_moderation_user_communication_disabled = 145,
    auto_moderation_quarantine_user = 146,
    creator_monetization_request_created = 150,
    creator_monetization_terms_accepted = 151,
    onboarding_prompt_create = 163,
    onboarding_prompt_update = 164,
    onboarding_prompt_delete = 165,
    onboarding_create = 166,
    onboarding_update = 167,
    guild_home_feature_item = 171,
    guild_home_remove_item = 172,
    harmful_links_blocked_message = 180,
    home_settings_create = 190,
    home_settings_update = 191,
    voice_channel_status_create = 192,
    voice_channel_status_delete = 193,
    guild_scheduled_event_exception_create = 200,
    guild_scheduled_event_exception_update = 201,
    guild_scheduled_event_exception_delete = 202,
    guild_profile_update = 211,
};
STRANDCORD_EXTERN_ENUM(audit_log_event)

/// Discord documentation: resources/audit-log, "Audit Log Change Structure".
struct audit_log_change {
    raw_json new_value = {}; ///< absent: unset
    raw_json old_value = {}; ///< absent: had none
    std::string key = {};    ///< the name of a field
};
STRANDCORD_EXTERN_MODEL(audit_log_change)

/// Which members are there depends on the action type. Numbers are texts here.
/// Discord documentation: resources/audit-log, "Optional Audit Entry Info".
struct audit_entry_info {
    std::optional<snowflake> application_id = {};
    std::optional<std::string> auto_moderation_rule_name = {};
    std::optional<std::string> auto_moderation_rule_trigger_type = {};
    std::optional<snowflake> channel_id = {};
    std::optional<std::string> count = {};
    std::optional<std::string> delete_member_days = {};
    std::optional<snowflake> id = {};
    std::optional<std::string> members_removed = {};
    std::optional<snowflake> message_id = {};
    std::optional<std::string> role_name = {};
    std::optional<std::string> type = {}; ///< `0` role, `1` member
    std::optional<std::string> integration_type = {};
    std::optional<std::string> status = {};
};
STRANDCORD_EXTERN_MODEL(audit_entry_info)

/// Discord documentation: resources/audit-log, "Audit Log Entry Structure".
struct audit_log_entry {
    nullable<std::string> target_id = {};
    boxed<std::vector<audit_log_change>> changes = {};
    nullable<snowflake> user_id = {};
    snowflake id = {};
    audit_log_event action_type = {};
    boxed<audit_entry_info> options = {};
    std::optional<std::string> reason = {};
    std::optional<snowflake> guild_id = {}; ///< in GUILD_AUDIT_LOG_ENTRY_CREATE
};
STRANDCORD_EXTERN_MODEL(audit_log_entry)

/// Discord documentation: resources/audit-log, "Audit Log Structure".
struct audit_log {
    std::vector<application_command> application_commands = {};
    std::vector<audit_log_entry> audit_log_entries = {}; ///< newest first
    std::vector<automod_rule> auto_moderation_rules = {};
    std::vector<scheduled_event> guild_scheduled_events = {};
    std::vector<integration> integrations = {};
    std::vector<channel> threads = {};
    std::vector<user> users = {};
    std::vector<webhook> webhooks = {};
};
STRANDCORD_EXTERN_MODEL(audit_log)

} // namespace strandcord
