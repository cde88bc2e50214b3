#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/automod.hpp>

namespace strandcord {

struct automod_action_execution_data {
    snowflake guild_id = {};
    automod_action action = {};
    snowflake rule_id = {};
    automod_trigger_type rule_trigger_type = {};
    snowflake user_id = {};
    std::optional<snowflake> channel_id = {};
    std::optional<snowflake> message_id = {};              ///< absent when blocked
    std::optional<snowflake> alert_system_message_id = {}; ///< only for SEND_ALERT_MESSAGE
    std::string content = {}; ///< empty without the message content intent
    nullable<std::string> matched_keyword = {};
    nullable<std::string> matched_content = {}; ///< as well
};
STRANDCORD_EXTERN_MODEL(automod_action_execution_data)

/// A rule took one action. Needs the permission manage_guild.
struct auto_moderation_action_execution {
    using data = automod_action_execution_data;
    static constexpr std::string_view name = "AUTO_MODERATION_ACTION_EXECUTION";
    static constexpr intents needs = intent::auto_moderation_execution;
};

struct auto_moderation_rule_create {
    using data = automod_rule;
    static constexpr std::string_view name = "AUTO_MODERATION_RULE_CREATE";
    static constexpr intents needs = intent::auto_moderation_configuration;
};

struct auto_moderation_rule_update {
    using data = automod_rule;
    static constexpr std::string_view name = "AUTO_MODERATION_RULE_UPDATE";
    static constexpr intents needs = intent::auto_moderation_configuration;
};

struct auto_moderation_rule_delete {
    using data = automod_rule;
    static constexpr std::string_view name = "AUTO_MODERATION_RULE_DELETE";
    static constexpr intents needs = intent::auto_moderation_configuration;
};

} // namespace strandcord
