#pragma once

#include <strandcord/model/automod.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(automod_trigger_metadata, (),
                      (keyword_filter, regex_patterns, presets, allow_list, mention_total_limit,
                       mention_raid_protection_enabled))

BOOST_DESCRIBE_STRUCT(automod_action_metadata, (), (channel_id, duration_seconds, custom_message))

BOOST_DESCRIBE_STRUCT(automod_action, (), (type, metadata))

BOOST_DESCRIBE_STRUCT(automod_rule, (),
                      (id, guild_id, name, creator_id, event_type, trigger_type, trigger_metadata,
                       actions, enabled, exempt_roles, exempt_channels))

} // namespace strandcord
