#pragma once

#include <strandcord/model/audit_log.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(audit_log_change, (), (new_value, old_value, key))

BOOST_DESCRIBE_STRUCT(audit_entry_info, (),
                      (application_id, auto_moderation_rule_name, auto_moderation_rule_trigger_type,
                       channel_id, count, delete_member_days, id, members_removed, message_id,
                       role_name, type, integration_type, status))

BOOST_DESCRIBE_STRUCT(audit_log_entry, (),
                      (target_id, changes, user_id, id, action_type, options, reason, guild_id))

BOOST_DESCRIBE_STRUCT(audit_log, (),
                      (application_commands, audit_log_entries, auto_moderation_rules,
                       guild_scheduled_events, integrations, threads, users, webhooks))

} // namespace strandcord
