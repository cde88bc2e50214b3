#pragma once

#include <strandcord/flag_set.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/application.hpp>
#include <strandcord/model/user.hpp>

namespace strandcord {

/// Discord documentation: resources/message, "Attachment Flags".
enum class attachment_flag : std::uint64_t {
    is_clip = 1ULL << 0,
    is_thumbnail = 1ULL << 1,
    is_remix = 1ULL << 2,
    is_spoiler = 1ULL << 3,
    is_animated = 1ULL << 5,
};
STRANDCORD_EXTERN_ENUM(attachment_flag)

/// Discord documentation: resources/message, "Attachment Structure".
struct attachment {
    snowflake id = {};
    std::string filename = {};
    std::optional<std::string> title = {};
    std::optional<std::string> description = {};  ///< alternative text
    std::optional<std::string> content_type = {}; ///< media type
    std::int64_t size = 0;                        ///< bytes
    std::string url = {};                         ///< signed: it expires
    std::string proxy_url = {};
    nullable<std::int32_t> height = {};          ///< images and video
    nullable<std::int32_t> width = {};           ///< images and video
    std::optional<std::string> placeholder = {}; ///< thumbhash
    std::optional<std::int32_t> placeholder_version = {};
    std::optional<bool> ephemeral = {}; ///< removed after a while; lives as long as its message
    std::optional<double> duration_secs = {};
    std::optional<std::string> waveform = {}; ///< base64, of voice messages
    nullable<flag_set<attachment_flag>> flags = {};
    boxed<std::vector<user>> clip_participants = {}; ///< clips
    std::optional<timestamp> clip_created_at = {};   ///< clips
    boxed<strandcord::application> application = {}; ///< clips
};
STRANDCORD_EXTERN_MODEL(attachment)

} // namespace strandcord
