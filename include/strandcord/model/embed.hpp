#pragma once

#include <strandcord/json.hpp>

namespace strandcord {

/// Discord documentation: resources/message, "Embed Footer Structure".
struct embed_footer {
    std::string text = {};
    std::optional<std::string> icon_url = {};
    std::optional<std::string> proxy_icon_url = {};
};
STRANDCORD_EXTERN_MODEL(embed_footer)

/// Image, thumbnail or video of an embed.
/// Discord documentation: resources/message, "Embed Image Structure".
struct embed_media {
    std::optional<std::string> url = {};
    std::optional<std::string> proxy_url = {};
    std::optional<std::int32_t> height = {};
    std::optional<std::int32_t> width = {};
    std::optional<std::string> content_type = {};
    std::optional<std::string> placeholder = {};
    std::optional<std::int32_t> placeholder_version = {};
    std::optional<std::string> description = {};
    std::optional<std::uint64_t> flags = {};
};
STRANDCORD_EXTERN_MODEL(embed_media)

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

/// An embed of a received message.
/// Discord documentation: resources/message, "Embed Object".
struct message_embed {
    std::optional<std::string> title = {};
    std::optional<std::string> type = {};
    std::optional<std::string> description = {};
    std::optional<std::string> url = {};
    std::optional<strandcord::timestamp> timestamp = {};
    std::optional<std::int32_t> color = {};
    std::optional<embed_footer> footer = {};
    std::optional<embed_media> image = {};
    std::optional<embed_media> thumbnail = {};
    std::optional<embed_media> video = {};
    std::optional<embed_provider> provider = {};
    std::optional<embed_author> author = {};
    std::optional<std::vector<embed_field>> fields = {};
    std::optional<std::uint64_t> flags = {};
};
STRANDCORD_EXTERN_MODEL(message_embed)

} // namespace strandcord
