#pragma once

#include <strandcord/json.hpp>

namespace strandcord {

/// Discord documentation: resources/message, "Attachment Object".
struct attachment {
    snowflake id = {};
    std::string filename = {};
    std::optional<std::string> title = {};
    std::optional<std::string> description = {};
    std::optional<std::string> content_type = {};
    std::int64_t size = 0;
    std::string url = {}; ///< signed: it expires
    std::string proxy_url = {};
    std::optional<std::int32_t> height = {};
    std::optional<std::int32_t> width = {};
    std::optional<std::string> placeholder = {};
    std::optional<std::int32_t> placeholder_version = {};
    std::optional<bool> ephemeral = {};
    std::optional<double> duration_secs = {};
    std::optional<std::string> waveform = {};
    std::optional<std::uint64_t> flags = {};
};
STRANDCORD_EXTERN_MODEL(attachment)

} // namespace strandcord
