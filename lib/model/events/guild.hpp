#pragma once

#include "model/guild.hpp"

#include <strandcord/events/guild.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(guild_create_data, (guild),
                      (joined_at, large, unavailable, member_count, voice_states, members, channels,
                       threads, presences, stage_instances, guild_scheduled_events,
                       soundboard_sounds))

} // namespace strandcord
