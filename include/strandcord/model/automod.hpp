#pragma once

#include <strandcord/json.hpp>

namespace strandcord {

/// Discord documentation: resources/auto-moderation, "Trigger Types".
enum class automod_trigger_type : std::int32_t {
    keyword = 1,
    spam = 3,
    keyword_preset = 4,
    mention_spam = 5,
    member_profile = 6,
};
STRANDCORD_EXTERN_ENUM(automod_trigger_type)

/// Discord documentation: resources/auto-moderation, "Keyword Preset Types".
enum class automod_keyword_preset : std::int32_t {
    profanity = 1,
    sexual_content = 2,
    slurs = 3,
};
STRANDCORD_EXTERN_ENUM(automod_keyword_preset)

/// Discord documentation: resources/auto-moderation, "Event Types".
enum class automod_event_type : std::int32_t {
    message_send = 1,
    member_update = 2,
};
STRANDCORD_EXTERN_ENUM(automod_event_type)

/// Discord documentation: resources/auto-moderation, "Action Types".
enum class automod_action_type : std::int32_t {
    block_message = 1,
    send_alert_message = 2,
    timeout = 3,
    block_member_interaction = 4,
};
STRANDCORD_EXTERN_ENUM(automod_action_type)

/// Which members are there depends on the trigger type.
/// Discord documentation: resources/auto-moderation, "Trigger Metadata".
struct automod_trigger_metadata {
    boxed<std::vector<std::string>> keyword_filter = {};
    boxed<std::vector<std::string>> regex_patterns = {};
    boxed<std::vector<automod_keyword_preset>> presets = {};
    boxed<std::vector<std::string>> allow_list = {};
    std::optional<std::int32_t> mention_total_limit = {};
    std::optional<bool> mention_raid_protection_enabled = {};
};
STRANDCORD_EXTERN_MODEL(automod_trigger_metadata)

/// Which members are there depends on the action type.
/// Discord documentation: resources/auto-moderation, "Action Metadata".
struct automod_action_metadata {
    std::optional<snowflake> channel_id = {};          ///< of alerts
    std::optional<std::int64_t> duration_seconds = {}; ///< of timeouts
    std::optional<std::string> custom_message = {};    ///< of blocked messages
};
STRANDCORD_EXTERN_MODEL(automod_action_metadata)

/// Discord documentation: resources/auto-moderation, "Auto Moderation Action Structure".
struct automod_action {
    automod_action_type type = {};
    boxed<automod_action_metadata> metadata = {};
};
STRANDCORD_EXTERN_MODEL(automod_action)

/// Discord documentation: resources/auto-moderation, "Auto Moderation Rule Structure".
struct automod_rule {
    snowflake id = {};
    snowflake guild_id = {};
    std::string name = {};
    snowflake creator_id = {};
    automod_event_type event_type = {};
    automod_trigger_type trigger_type = {};
    automod_trigger_metadata trigger_metadata = {};
    std::vector<automod_action> actions = {};
    bool enabled = false;
    std::vector<snowflake> exempt_roles = {};
    std::vector<snowflake> exempt_channels = {};
};
STRANDCORD_EXTERN_MODEL(automod_rule)

} // namespace strandcord
