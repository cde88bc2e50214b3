#pragma once

#include <strandcord/model/embed.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(embed_footer, (), (text, icon_url, proxy_icon_url))

BOOST_DESCRIBE_STRUCT(embed_provider, (), (name, url))

BOOST_DESCRIBE_STRUCT(embed_author, (), (name, url, icon_url, proxy_icon_url))

BOOST_DESCRIBE_STRUCT(embed_field, (), (name, value, inline_))

BOOST_DESCRIBE_STRUCT(embed_media, (),
                      (url, proxy_url, height, width, content_type, placeholder,
                       placeholder_version, description, flags))

BOOST_DESCRIBE_STRUCT(message_embed, (),
                      (title, type, description, url, timestamp, color, footer, image, thumbnail,
                       video, provider, author, fields, flags))

} // namespace strandcord
