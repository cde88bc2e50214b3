#pragma once

#include "model/guild.hpp"

#include <strandcord/events/guild.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(guild_create_data, (guild),
                      (joined_at, large, unavailable, member_count, voice_states, members, channels,
                       threads, presences, stage_instances, guild_scheduled_events,
                       soundboard_sounds))

BOOST_DESCRIBE_STRUCT(guild_ban_data, (), (guild_id, user))

BOOST_DESCRIBE_STRUCT(guild_emojis_update_data, (), (guild_id, emojis))

BOOST_DESCRIBE_STRUCT(guild_stickers_update_data, (), (guild_id, stickers))

} // namespace strandcord
