#pragma once

#include <strandcord/model/guild_widget.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(guild_widget_settings, (), (enabled, channel_id))

BOOST_DESCRIBE_STRUCT(guild_widget, (),
                      (id, name, instant_invite, channels, members, presence_count))

} // namespace strandcord
