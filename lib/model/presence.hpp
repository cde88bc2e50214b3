#pragma once

#include <strandcord/model/presence.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(client_status, (), (desktop, mobile, web, vr))

BOOST_DESCRIBE_STRUCT(activity_timestamps, (), (start, end))

BOOST_DESCRIBE_STRUCT(activity_party, (), (id, size))

BOOST_DESCRIBE_STRUCT(activity_assets, (),
                      (large_image, large_text, large_url, small_image, small_text, small_url,
                       invite_cover_image))

BOOST_DESCRIBE_STRUCT(activity_secrets, (), (join, spectate, match))

BOOST_DESCRIBE_STRUCT(activity, (),
                      (name, type, url, created_at, timestamps, application_id, status_display_type,
                       details, details_url, state, state_url, emoji, party, assets, secrets,
                       instance, flags, buttons))

BOOST_DESCRIBE_STRUCT(presence, (), (user, guild_id, status, activities, client_status))

} // namespace strandcord
