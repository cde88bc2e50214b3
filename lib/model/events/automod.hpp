#pragma once

#include <strandcord/events/automod.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(automod_action_execution_data, (),
                      (guild_id, action, rule_id, rule_trigger_type, user_id, channel_id,
                       message_id, alert_system_message_id, content, matched_keyword,
                       matched_content))

} // namespace strandcord
