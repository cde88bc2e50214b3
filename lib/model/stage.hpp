#pragma once

#include <strandcord/model/stage.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(stage_instance, (),
                      (id, guild_id, channel_id, topic, privacy_level, discoverable_disabled,
                       guild_scheduled_event_id))

} // namespace strandcord
