#pragma once

#include <strandcord/model/guild.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(unavailable_guild, (), (id, unavailable))

BOOST_DESCRIBE_STRUCT(welcome_screen_channel, (), (channel_id, description, emoji_id, emoji_name))

BOOST_DESCRIBE_STRUCT(welcome_screen, (), (description, welcome_channels))

BOOST_DESCRIBE_STRUCT(incidents_data, (),
                      (invites_disabled_until, dms_disabled_until, dm_spam_detected_at,
                       raid_detected_at))

BOOST_DESCRIBE_STRUCT(guild, (),
                      (id, name, icon, icon_hash, splash, discovery_splash, owner, owner_id,
                       permissions, region, afk_channel_id, afk_timeout, widget_enabled,
                       widget_channel_id, verification_level, default_message_notifications,
                       explicit_content_filter, roles, emojis, features, mfa_level, application_id,
                       system_channel_id, system_channel_flags, rules_channel_id, max_presences,
                       max_members, vanity_url_code, description, banner, premium_tier,
                       premium_subscription_count, preferred_locale, public_updates_channel_id,
                       max_video_channel_users, max_stage_video_channel_users,
                       approximate_member_count, approximate_presence_count, welcome_screen,
                       nsfw_level, stickers, premium_progress_bar_enabled, safety_alerts_channel_id,
                       incidents_data))

BOOST_DESCRIBE_STRUCT(guild_preview, (),
                      (id, name, icon, splash, discovery_splash, emojis, features,
                       approximate_member_count, approximate_presence_count, description, stickers))

} // namespace strandcord
