#pragma once

#include <strandcord/model/component.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(unfurled_media_item, (),
                      (url, proxy_url, height, width, placeholder, placeholder_version,
                       content_type, flags, attachment_id))

BOOST_DESCRIBE_STRUCT(media_gallery_item, (), (media, description, spoiler))

BOOST_DESCRIBE_STRUCT(select_option, (), (label, value, description, emoji, default_))

BOOST_DESCRIBE_STRUCT(select_default_value, (), (id, type))

BOOST_DESCRIBE_STRUCT(component, (),
                      (type, id, components, style, label, emoji, custom_id, sku_id, url, disabled,
                       options, placeholder, min_values, max_values, required, min_length,
                       max_length, default_values, channel_types, accessory, content, media,
                       description, spoiler, items, file, name, size, divider, spacing,
                       accent_color, component, file_types, default_, value, values, resolved))

} // namespace strandcord
