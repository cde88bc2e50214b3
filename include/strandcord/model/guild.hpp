#pragma once

#include <strandcord/flag_set.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/emoji.hpp>
#include <strandcord/model/role.hpp>
#include <strandcord/model/sticker.hpp>
#include <strandcord/permissions.hpp>

namespace strandcord {

/// Discord documentation: resources/guild, "Default Message Notification Level".
enum class default_message_notification_level : std::int32_t {
    all_messages = 0,
    only_mentions = 1,
};
STRANDCORD_EXTERN_ENUM(default_message_notification_level)

/// Discord documentation: resources/guild, "Explicit Content Filter Level".
enum class explicit_content_filter_level : std::int32_t {
    disabled = 0,
    members_without_roles = 1,
    all_members = 2,
};
STRANDCORD_EXTERN_ENUM(explicit_content_filter_level)

/// Discord documentation: resources/guild, "MFA Level".
enum class mfa_level : std::int32_t {
    none = 0,
    elevated = 1,
};
STRANDCORD_EXTERN_ENUM(mfa_level)

/// Discord documentation: resources/guild, "Verification Level".
enum class verification_level : std::int32_t {
    none = 0,
    low = 1,
    medium = 2,
    high = 3,
    very_high = 4,
};
STRANDCORD_EXTERN_ENUM(verification_level)

/// Discord documentation: resources/guild, "Guild Age-Restriction Level".
enum class nsfw_level : std::int32_t {
    default_ = 0,
    explicit_ = 1,
    safe = 2,
    age_restricted = 3,
};
STRANDCORD_EXTERN_ENUM(nsfw_level)

/// Discord documentation: resources/guild, "Premium Tier".
enum class premium_tier : std::int32_t {
    none = 0,
    tier_1 = 1,
    tier_2 = 2,
    tier_3 = 3,
};
STRANDCORD_EXTERN_ENUM(premium_tier)

/// Discord documentation: resources/guild, "System Channel Flags".
enum class system_channel_flag : std::uint64_t {
    suppress_join_notifications = 1ULL << 0,
    suppress_premium_subscriptions = 1ULL << 1,
    suppress_guild_reminder_notifications = 1ULL << 2,
    suppress_join_notification_replies = 1ULL << 3,
    suppress_role_subscription_purchase_notifications = 1ULL << 4,
    suppress_role_subscription_purchase_notification_replies = 1ULL << 5,
};
STRANDCORD_EXTERN_ENUM(system_channel_flag)

/// A guild that is not loaded yet, in an outage (`unavailable` is true), or left (it is absent).
/// Discord documentation: resources/guild, "Unavailable Guild Object".
struct unavailable_guild {
    snowflake id = {};
    std::optional<bool> unavailable = {};
};
STRANDCORD_EXTERN_MODEL(unavailable_guild)

/// Discord documentation: resources/guild, "Welcome Screen Channel Structure".
struct welcome_screen_channel {
    snowflake channel_id = {};
    std::string description = {};
    nullable<snowflake> emoji_id = {};
    nullable<std::string> emoji_name = {};
};
STRANDCORD_EXTERN_MODEL(welcome_screen_channel)

/// Discord documentation: resources/guild, "Welcome Screen Structure".
struct welcome_screen {
    nullable<std::string> description = {};
    std::vector<welcome_screen_channel> welcome_channels = {};
};
STRANDCORD_EXTERN_MODEL(welcome_screen)

/// Discord documentation: resources/guild, "Incidents Data Structure".
struct incidents_data {
    nullable<timestamp> invites_disabled_until = {};
    nullable<timestamp> dms_disabled_until = {};
    nullable<timestamp> dm_spam_detected_at = {};
    nullable<timestamp> raid_detected_at = {};
};
STRANDCORD_EXTERN_MODEL(incidents_data)

/// Discord documentation: resources/guild, "Guild Structure".
struct guild {
    snowflake id = {};
    std::string name = {};
    nullable<std::string> icon = {};
    nullable<std::string> icon_hash = {}; ///< inside a template only
    nullable<std::string> splash = {};
    nullable<std::string> discovery_splash = {}; ///< only with feature DISCOVERABLE
    std::optional<bool> owner = {};              ///< in the list of the bot's own guilds only
    snowflake owner_id = {};
    std::optional<strandcord::permissions> permissions = {}; ///< as `owner`
    nullable<std::string> region = {};
    nullable<snowflake> afk_channel_id = {};
    std::int32_t afk_timeout = 0; ///< seconds: 60, 300, 900, 1800 or 3600
    std::optional<bool> widget_enabled = {};
    nullable<snowflake> widget_channel_id = {}; ///< null: no invite
    strandcord::verification_level verification_level = {};
    default_message_notification_level default_message_notifications = {};
    explicit_content_filter_level explicit_content_filter = {};
    std::vector<role> roles = {};
    std::vector<emoji> emojis = {};
    std::vector<std::string> features = {}; ///< `COMMUNITY`, ...; the set grows
    strandcord::mfa_level mfa_level = {};
    nullable<snowflake> application_id = {}; ///< app that created the guild
    nullable<snowflake> system_channel_id = {};
    flag_set<system_channel_flag> system_channel_flags = {};
    nullable<snowflake> rules_channel_id = {};
    nullable<std::int64_t> max_presences = {}; ///< null except for the largest guilds
    std::optional<std::int64_t> max_members = {};
    nullable<std::string> vanity_url_code = {};
    nullable<std::string> description = {};
    nullable<std::string> banner = {};
    strandcord::premium_tier premium_tier = {};
    std::optional<std::int32_t> premium_subscription_count = {};
    std::string preferred_locale = {};
    nullable<snowflake> public_updates_channel_id = {};
    std::optional<std::int32_t> max_video_channel_users = {};
    std::optional<std::int32_t> max_stage_video_channel_users = {};
    std::optional<std::int64_t> approximate_member_count = {};   ///< when counts were asked for
    std::optional<std::int64_t> approximate_presence_count = {}; ///< as well
    boxed<strandcord::welcome_screen> welcome_screen = {};       ///< only in an invite's guild
    strandcord::nsfw_level nsfw_level = {};
    boxed<std::vector<sticker>> stickers = {};
    bool premium_progress_bar_enabled = false;
    nullable<snowflake> safety_alerts_channel_id = {};
    boxed<strandcord::incidents_data> incidents_data = {}; ///< invite or DM pause state
};
STRANDCORD_EXTERN_MODEL(guild)

/// Discord documentation: resources/guild, "Guild Preview Structure".
struct guild_preview {
    snowflake id = {};
    std::string name = {};
    nullable<std::string> icon = {};
    nullable<std::string> splash = {};
    nullable<std::string> discovery_splash = {};
    std::vector<emoji> emojis = {};
    std::vector<std::string> features = {};
    std::int64_t approximate_member_count = 0;
    std::int64_t approximate_presence_count = 0;
    nullable<std::string> description = {};
    std::vector<sticker> stickers = {};
};
STRANDCORD_EXTERN_MODEL(guild_preview)

} // namespace strandcord
