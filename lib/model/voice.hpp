#pragma once

#include <strandcord/model/voice.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(voice_state, (),
                      (guild_id, channel_id, user_id, member, session_id, deaf, mute, self_deaf,
                       self_mute, self_stream, self_video, suppress, request_to_speak_timestamp))

BOOST_DESCRIBE_STRUCT(voice_region, (), (id, name, optimal, deprecated, custom))

BOOST_DESCRIBE_STRUCT(voice_server, (), (token, guild_id, endpoint))

} // namespace strandcord
