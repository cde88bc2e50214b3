#pragma once

#include <strandcord/flag_set.hpp>
#include <strandcord/json.hpp>

namespace strandcord {

/// Discord documentation: resources/message, "Embed Flags".
enum class embed_flag : std::uint64_t {
    is_content_inventory_entry = 1ULL << 5,
};
STRANDCORD_EXTERN_ENUM(embed_flag)

/// Discord documentation: resources/message, "Embed Media Flags".
enum class embed_media_flag : std::uint64_t {
    is_animated = 1ULL << 5,
};
STRANDCORD_EXTERN_ENUM(embed_media_flag)

/// Discord documentation: resources/message, "Embed Footer Structure".
struct embed_footer {
    std::string text = {};
    std::optional<std::string> icon_url = {};
    std::optional<std::string> proxy_icon_url = {};
};
STRANDCORD_EXTERN_MODEL(embed_footer)

/// Discord documentation: resources/message, "Embed Provider Structure".
struct embed_provider {
    std::optional<std::string> name = {};
    std::optional<std::string> url = {};
};
STRANDCORD_EXTERN_MODEL(embed_provider)

/// Discord documentation: resources/message, "Embed Author Structure".
struct embed_author {
    std::string name = {};
    std::optional<std::string> url = {};
    std::optional<std::string> icon_url = {};
    std::optional<std::string> proxy_icon_url = {};
};
STRANDCORD_EXTERN_MODEL(embed_author)

/// Discord documentation: resources/message, "Embed Field Structure".
struct embed_field {
    std::string name = {};
    std::string value = {};
    std::optional<bool> inline_ = {};
};
STRANDCORD_EXTERN_MODEL(embed_field)

/// Image, thumbnail or video of an embed.
/// Discord documentation: resources/message, "Embed Image Structure".
struct embed_media {
    std::optional<std::string> url = {};
    std::optional<std::string> proxy_url = {};
    std::optional<std::int32_t> height = {};
    std::optional<std::int32_t> width = {};
    std::optional<std::string> content_type = {};
    std::optional<std::string> placeholder = {}; ///< thumbhash
    std::optional<std::int32_t> placeholder_version = {};
    std::optional<std::string> description = {};
    nullable<flag_set<embed_media_flag>> flags = {};
};
STRANDCORD_EXTERN_MODEL(embed_media)

/// An embed of a received message.
/// Discord documentation: resources/message, "Embed Structure".
struct message_embed {
    std::optional<std::string> title = {};
    std::optional<std::string> type = {}; ///< `rich` for what bots send
    std::optional<std::string> description = {};
    std::optional<std::string> url = {};
    std::optional<strandcord::timestamp> timestamp = {};
    std::optional<std::int32_t> color = {};
    boxed<embed_footer> footer = {};
    boxed<embed_media> image = {};
    boxed<embed_media> thumbnail = {};
    boxed<embed_media> video = {};
    boxed<embed_provider> provider = {};
    boxed<embed_author> author = {};
    boxed<std::vector<embed_field>> fields = {};
    nullable<flag_set<embed_flag>> flags = {};
};
STRANDCORD_EXTERN_MODEL(message_embed)

} // namespace strandcord
