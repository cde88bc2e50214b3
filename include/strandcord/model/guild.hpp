#pragma once

#include <strandcord/model/emoji.hpp>
#include <strandcord/model/role.hpp>

namespace strandcord {

/// A guild that is not loaded yet, in an outage (`unavailable` is true), or left (it is absent).
/// Discord documentation: resources/guild, "Unavailable Guild Object".
struct unavailable_guild {
    snowflake id = {};
    std::optional<bool> unavailable = {};
};
STRANDCORD_EXTERN_MODEL(unavailable_guild)

/// Discord documentation: resources/guild, "Guild Object".
struct guild {
    snowflake id = {};
    std::string name = {};
    std::optional<std::string> icon = {};
    std::optional<std::string> splash = {};
    std::optional<std::string> discovery_splash = {};
    std::optional<bool> owner = {}; ///< in the list of the bot's own guilds only
    snowflake owner_id = {};
    std::optional<strandcord::permissions> permissions = {}; ///< as `owner`
    std::optional<std::string> region = {};
    std::optional<snowflake> afk_channel_id = {};
    std::int32_t afk_timeout = 0;
    std::optional<bool> widget_enabled = {};
    std::optional<snowflake> widget_channel_id = {};
    std::int32_t verification_level = 0;
    std::int32_t default_message_notifications = 0;
    std::int32_t explicit_content_filter = 0;
    std::vector<role> roles = {};
    std::vector<emoji> emojis = {};
    std::vector<std::string> features = {};
    std::int32_t mfa_level = 0;
    std::optional<snowflake> application_id = {};
    std::optional<snowflake> system_channel_id = {};
    std::uint64_t system_channel_flags = 0;
    std::optional<snowflake> rules_channel_id = {};
    std::optional<std::int64_t> max_presences = {};
    std::optional<std::int64_t> max_members = {};
    std::optional<std::string> vanity_url_code = {};
    std::optional<std::string> description = {};
    std::optional<std::string> banner = {};
    std::int32_t premium_tier = 0;
    std::optional<std::int32_t> premium_subscription_count = {};
    std::string preferred_locale = {};
    std::optional<snowflake> public_updates_channel_id = {};
    std::optional<std::int32_t> max_video_channel_users = {};
    std::optional<std::int32_t> max_stage_video_channel_users = {};
    std::optional<std::int64_t> approximate_member_count = {};
    std::optional<std::int64_t> approximate_presence_count = {};
    std::int32_t nsfw_level = 0;
    raw_json stickers = {};
    bool premium_progress_bar_enabled = false;
    std::optional<snowflake> safety_alerts_channel_id = {};
    raw_json incidents_data = {};
};
STRANDCORD_EXTERN_MODEL(guild)

} // namespace strandcord
