#pragma once

#include <strandcord/flag_set.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/member.hpp>
#include <strandcord/model/presence.hpp>
#include <strandcord/model/user.hpp>
#include <strandcord/permissions.hpp>

namespace strandcord {

/// Discord documentation: resources/channel, "Channel Types".
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
STRANDCORD_EXTERN_ENUM(channel_type)

/// Discord documentation: resources/channel, "Overwrite Structure".
enum class overwrite_type : std::int32_t {
    role = 0,
    member = 1,
};
STRANDCORD_EXTERN_ENUM(overwrite_type)

/// Discord documentation: resources/channel, "Channel Flags".
enum class channel_flag : std::uint64_t {
    pinned = 1ULL << 1,
    require_tag = 1ULL << 4,
    hide_media_download_options = 1ULL << 15,
    channel_obfuscated = 1ULL << 17,
    is_spoiler_channel = 1ULL << 21,
};
STRANDCORD_EXTERN_ENUM(channel_flag)

/// Discord documentation: resources/channel, "Video Quality Modes".
enum class video_quality_mode : std::int32_t {
    auto_ = 1,
    full = 2,
};
STRANDCORD_EXTERN_ENUM(video_quality_mode)

/// Discord documentation: resources/channel, "Sort Order Types".
enum class sort_order_type : std::int32_t {
    latest_activity = 0,
    creation_date = 1,
};
STRANDCORD_EXTERN_ENUM(sort_order_type)

/// Discord documentation: resources/channel, "Forum Layout Types".
enum class forum_layout_type : std::int32_t {
    not_set = 0,
    list_view = 1,
    gallery_view = 2,
};
STRANDCORD_EXTERN_ENUM(forum_layout_type)

/// Discord documentation: resources/channel, "Overwrite Structure".
struct permission_overwrite {
    snowflake id = {}; ///< role or user id
    overwrite_type type = overwrite_type::role;
    permissions allow = {};
    permissions deny = {};
};
STRANDCORD_EXTERN_MODEL(permission_overwrite)

/// Discord documentation: resources/channel, "Thread Metadata Structure".
struct thread_metadata {
    bool archived = false;
    std::int32_t auto_archive_duration = 0; ///< minutes: 60, 1440, 4320 or 10080
    timestamp archive_timestamp = {};
    bool locked = false;                       ///< only MANAGE_THREADS may unarchive
    std::optional<bool> invitable = {};        ///< private threads
    nullable<timestamp> create_timestamp = {}; ///< only for threads made after 2022-01-09
};
STRANDCORD_EXTERN_MODEL(thread_metadata)

/// Discord documentation: resources/channel, "Thread Member Structure".
struct thread_member {
    std::optional<snowflake> id = {};      ///< the thread; absent inside GUILD_CREATE
    std::optional<snowflake> user_id = {}; ///< absent inside GUILD_CREATE
    timestamp join_timestamp = {};
    std::uint64_t flags = 0;
    boxed<guild_member> member = {};           ///< when asked for, and in THREAD_MEMBERS_UPDATE
    boxed<strandcord::presence> presence = {}; ///< in THREAD_MEMBERS_UPDATE
};
STRANDCORD_EXTERN_MODEL(thread_member)

/// Discord documentation: resources/channel, "Forum Tag Structure".
struct forum_tag {
    snowflake id = {};
    std::string name = {};
    bool moderated = false;            ///< only MANAGE_THREADS may apply it
    nullable<snowflake> emoji_id = {}; ///< one of the two at most
    nullable<std::string> emoji_name = {};
};
STRANDCORD_EXTERN_MODEL(forum_tag)

/// Discord documentation: resources/channel, "Default Reaction Structure".
struct default_reaction {
    nullable<snowflake> emoji_id = {}; ///< exactly one of the two is set
    nullable<std::string> emoji_name = {};
};
STRANDCORD_EXTERN_MODEL(default_reaction)

/// Discord documentation: resources/channel, "Followed Channel Structure".
struct followed_channel {
    snowflake channel_id = {};
    snowflake webhook_id = {};
};
STRANDCORD_EXTERN_MODEL(followed_channel)

/// Every kind of channel; threads too.
/// Discord documentation: resources/channel, "Channel Structure".
struct channel {
    snowflake id = {};
    channel_type type = channel_type::guild_text;
    std::optional<snowflake> guild_id = {}; ///< absent inside GUILD_CREATE
    std::optional<std::int32_t> position = {};
    boxed<std::vector<permission_overwrite>> permission_overwrites = {};
    nullable<std::string> name = {}; ///< null for DMs
    nullable<std::string> topic = {};
    std::optional<bool> nsfw = {};            ///< threads inherit it and have none
    nullable<snowflake> last_message_id = {}; ///< maybe of a deleted one; changes without an event
    std::optional<std::int32_t> bitrate = {}; ///< bits per second
    std::optional<std::int32_t> user_limit = {}; ///< 0 none
    std::optional<std::int32_t> rate_limit_per_user = {};
    boxed<std::vector<user>> recipients = {}; ///< DM and group DM
    nullable<std::string> icon = {};          ///< group DM icon hash
    std::optional<snowflake> owner_id = {};   ///< group DM owner or thread starter
    nullable<snowflake> application_id = {};
    std::optional<bool> managed = {};   ///< group DM made through `gdm.join`
    nullable<snowflake> parent_id = {}; ///< a category; of a thread its channel
    nullable<timestamp> last_pin_timestamp = {};
    nullable<std::string> rtc_region = {};                            ///< null: automatic
    nullable<strandcord::video_quality_mode> video_quality_mode = {}; ///< absent means 1
    std::optional<std::int32_t> message_count = {};
    std::optional<std::int32_t> member_count = {};           ///< approximate, stops at 50
    boxed<strandcord::thread_metadata> thread_metadata = {}; ///< threads only
    boxed<thread_member> member = {};                        ///< own thread membership, if any
    std::optional<std::int32_t> default_auto_archive_duration = {};
    std::optional<strandcord::permissions> permissions = {};     ///< in interactions: of the user
    std::optional<strandcord::permissions> app_permissions = {}; ///< in interactions: of the bot
    nullable<flag_set<channel_flag>> flags = {};
    std::optional<std::int64_t> total_message_sent = {}; ///< never decreases
    boxed<std::vector<forum_tag>> available_tags = {};   ///< max 20
    boxed<std::vector<snowflake>> applied_tags = {};     ///< max 5
    boxed<default_reaction> default_reaction_emoji = {};
    std::optional<std::int32_t> default_thread_rate_limit_per_user = {}; ///< copied to new threads
    nullable<sort_order_type> default_sort_order = {};                   ///< null: not set
    nullable<forum_layout_type> default_forum_layout = {};
    std::optional<bool> newly_created = {}; ///< in THREAD_CREATE, when it is new
};
STRANDCORD_EXTERN_MODEL(channel)

} // namespace strandcord
