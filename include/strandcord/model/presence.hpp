#pragma once

#include <strandcord/flag_set.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/emoji.hpp>
#include <strandcord/model/user.hpp>

namespace strandcord {

/// Discord documentation: events/gateway-events, "Activity Types".
enum class activity_type : std::int32_t {
    playing = 0,
    streaming = 1,
    listening = 2,
    watching = 3,
    custom = 4,
    competing = 5,
};
STRANDCORD_EXTERN_ENUM(activity_type)

/// Discord documentation: events/gateway-events, "Status Display Types".
enum class status_display_type : std::int32_t {
    name = 0,
    state = 1,
    details = 2,
};
STRANDCORD_EXTERN_ENUM(status_display_type)

/// Discord documentation: events/gateway-events, "Activity Flags".
enum class activity_flag : std::uint64_t {
    instance = 1ULL << 0,
    join = 1ULL << 1,
    spectate = 1ULL << 2,
    join_request = 1ULL << 3,
    sync = 1ULL << 4,
    play = 1ULL << 5,
    party_privacy_friends = 1ULL << 6,
    party_privacy_voice_channel = 1ULL << 7,
    embedded = 1ULL << 8,
};
STRANDCORD_EXTERN_ENUM(activity_flag)

/// Absent: offline there.
/// Discord documentation: events/gateway-events, "Client Status Object".
struct client_status {
    std::optional<std::string> desktop = {}; ///< absent: offline there
    std::optional<std::string> mobile = {};
    std::optional<std::string> web = {}; ///< bots show here
    std::optional<std::string> vr = {};
};
STRANDCORD_EXTERN_MODEL(client_status)

/// Discord documentation: events/gateway-events, "Activity Timestamps".
struct activity_timestamps {
    std::optional<std::int64_t> start = {}; ///< milliseconds
    std::optional<std::int64_t> end = {};   ///< milliseconds
};
STRANDCORD_EXTERN_MODEL(activity_timestamps)

/// Discord documentation: events/gateway-events, "Activity Party".
struct activity_party {
    std::optional<std::string> id = {};
    boxed<std::vector<std::int64_t>> size = {}; ///< now and at most
};
STRANDCORD_EXTERN_MODEL(activity_party)

/// Discord documentation: events/gateway-events, "Activity Assets".
struct activity_assets {
    std::optional<std::string> large_image = {};
    std::optional<std::string> large_text = {};
    std::optional<std::string> large_url = {};
    std::optional<std::string> small_image = {}; ///< as `large_image`
    std::optional<std::string> small_text = {};
    std::optional<std::string> small_url = {};
    std::optional<std::string> invite_cover_image = {}; ///< as `large_image`
};
STRANDCORD_EXTERN_MODEL(activity_assets)

/// Discord documentation: events/gateway-events, "Activity Secrets".
struct activity_secrets {
    std::optional<std::string> join = {};
    std::optional<std::string> spectate = {};
    std::optional<std::string> match = {};
};
STRANDCORD_EXTERN_MODEL(activity_secrets)

/// Discord documentation: events/gateway-events, "Activity Structure".
struct activity {
    std::string name = {};
    activity_type type = {};
    nullable<std::string> url = {}; ///< for type 1; only twitch.tv and youtube.com
    std::int64_t created_at = 0;    ///< milliseconds
    boxed<activity_timestamps> timestamps = {};
    std::optional<snowflake> application_id = {};
    nullable<strandcord::status_display_type> status_display_type = {};
    nullable<std::string> details = {};
    nullable<std::string> details_url = {};
    nullable<std::string> state = {}; ///< the text of a custom status
    nullable<std::string> state_url = {};
    boxed<strandcord::emoji> emoji = {}; ///< of a custom status
    boxed<activity_party> party = {};
    boxed<activity_assets> assets = {};
    boxed<activity_secrets> secrets = {};
    std::optional<bool> instance = {};
    nullable<flag_set<activity_flag>> flags = {};
    boxed<std::vector<std::string>> buttons = {}; ///< their labels
};
STRANDCORD_EXTERN_MODEL(activity)

/// Only the user's id is sure.
/// Discord documentation: events/gateway-events, "Presence Update Event Fields".
struct presence {
    strandcord::user user = {};
    std::optional<snowflake> guild_id = {}; ///< absent inside GUILD_CREATE
    std::string status = {};                ///< `online`, `idle`, `dnd` or `offline`
    std::vector<activity> activities = {};
    strandcord::client_status client_status = {};
};
STRANDCORD_EXTERN_MODEL(presence)

} // namespace strandcord
