#pragma once

#include <strandcord/model/webhook.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(webhook, (),
                      (id, type, guild_id, channel_id, user, name, avatar, token, application_id,
                       source_guild, source_channel, url))

} // namespace strandcord
