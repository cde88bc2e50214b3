#pragma once

#include <strandcord/model/attachment.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(attachment, (),
                      (id, filename, title, description, content_type, size, url, proxy_url, height,
                       width, placeholder, placeholder_version, ephemeral, duration_secs, waveform,
                       flags, clip_participants, clip_created_at, application))

} // namespace strandcord
