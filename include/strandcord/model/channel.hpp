#pragma once

#include <strandcord/model/member.hpp>

namespace strandcord {

/// Discord documentation: resources/channel, "Channel Types". Unknown values are kept.
enum class channel_type : std::int32_t {
    guild_text = 0,
    dm = 1,
    guild_voice = 2,
    group_dm = 3,
    guild_category = 4,
    guild_announcement = 5,
    announcement_thread = 10,
    public_thread = 11,
    private_thread = 12,
    guild_stage_voice = 13,
    guild_directory = 14,
    guild_forum = 15,
    guild_media = 16,
};

enum class overwrite_type : std::int32_t { role = 0, member = 1 };

/// Discord documentation: resources/channel, "Overwrite Object".
struct permission_overwrite {
    snowflake id = {};
    overwrite_type type = overwrite_type::role;
    permissions allow = {};
    permissions deny = {};
};
STRANDCORD_EXTERN_MODEL(permission_overwrite)

/// Discord documentation: resources/channel, "Thread Metadata Object".
struct thread_metadata {
    bool archived = false;
    std::int32_t auto_archive_duration = 0;
    timestamp archive_timestamp = {};
    bool locked = false;
    std::optional<bool> invitable = {};
    std::optional<timestamp> create_timestamp = {};
};
STRANDCORD_EXTERN_MODEL(thread_metadata)

/// Discord documentation: resources/channel, "Thread Member Object".
struct thread_member {
    std::optional<snowflake> id = {};
    std::optional<snowflake> user_id = {};
    timestamp join_timestamp = {};
    std::uint64_t flags = 0;
    std::optional<guild_member> member = {};
};
STRANDCORD_EXTERN_MODEL(thread_member)

/// Discord documentation: resources/channel, "Forum Tag Object".
struct forum_tag {
    snowflake id = {};
    std::string name = {};
    bool moderated = false;
    std::optional<snowflake> emoji_id = {};
    std::optional<std::string> emoji_name = {};
};
STRANDCORD_EXTERN_MODEL(forum_tag)

/// Discord documentation: resources/channel, "Default Reaction Object".
struct default_reaction {
    std::optional<snowflake> emoji_id = {};
    std::optional<std::string> emoji_name = {};
};
STRANDCORD_EXTERN_MODEL(default_reaction)

/// Every kind of channel; threads too.
/// Discord documentation: resources/channel, "Channel Object".
struct channel {
    snowflake id = {};
    channel_type type = channel_type::guild_text;
    std::optional<snowflake> guild_id = {}; ///< absent inside GUILD_CREATE
    std::optional<std::int32_t> position = {};
    std::optional<std::vector<permission_overwrite>> permission_overwrites = {};
    std::optional<std::string> name = {};
    std::optional<std::string> topic = {};
    std::optional<bool> nsfw = {};
    std::optional<snowflake> last_message_id = {};
    std::optional<std::int32_t> bitrate = {};
    std::optional<std::int32_t> user_limit = {};
    std::optional<std::int32_t> rate_limit_per_user = {};
    std::optional<std::vector<user>> recipients = {};
    std::optional<std::string> icon = {};
    std::optional<snowflake> owner_id = {};
    std::optional<snowflake> application_id = {};
    std::optional<bool> managed = {};
    std::optional<snowflake> parent_id = {};
    std::optional<timestamp> last_pin_timestamp = {};
    std::optional<std::string> rtc_region = {};
    std::optional<std::int32_t> video_quality_mode = {};
    std::optional<std::int32_t> message_count = {};
    std::optional<std::int32_t> member_count = {};
    std::optional<strandcord::thread_metadata> thread_metadata = {};
    std::optional<thread_member> member = {};
    std::optional<std::int32_t> default_auto_archive_duration = {};
    std::optional<strandcord::permissions> permissions = {};
    std::optional<strandcord::permissions> app_permissions = {};
    std::optional<std::uint64_t> flags = {};
    std::optional<std::int64_t> total_message_sent = {};
    std::optional<std::vector<forum_tag>> available_tags = {};
    std::optional<std::vector<snowflake>> applied_tags = {};
    std::optional<default_reaction> default_reaction_emoji = {};
    std::optional<std::int32_t> default_thread_rate_limit_per_user = {};
    std::optional<std::int32_t> default_sort_order = {};
    std::optional<std::int32_t> default_forum_layout = {};
};
STRANDCORD_EXTERN_MODEL(channel)

} // namespace strandcord
