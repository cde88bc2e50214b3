#pragma once

#include <strandcord/model/guild.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(unavailable_guild, (), (id, unavailable))

BOOST_DESCRIBE_STRUCT(guild, (),
                      (id, name, icon, splash, discovery_splash, owner, owner_id, permissions,
                       region, afk_channel_id, afk_timeout, widget_enabled, widget_channel_id,
                       verification_level, default_message_notifications, explicit_content_filter,
                       roles, emojis, features, mfa_level, application_id, system_channel_id,
                       system_channel_flags, rules_channel_id, max_presences, max_members,
                       vanity_url_code, description, banner, premium_tier,
                       premium_subscription_count, preferred_locale, public_updates_channel_id,
                       max_video_channel_users, max_stage_video_channel_users,
                       approximate_member_count, approximate_presence_count, nsfw_level, stickers,
                       premium_progress_bar_enabled, safety_alerts_channel_id, incidents_data))

} // namespace strandcord
