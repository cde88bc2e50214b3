#pragma once

#include <strandcord/json.hpp>

namespace strandcord {

/// The part of an application that READY and messages carry.
/// Discord documentation: resources/application, "Application Object".
struct partial_application {
    snowflake id = {};
    std::optional<std::string> name = {};
    std::optional<std::string> icon = {};
    std::optional<std::string> description = {};
    std::optional<std::uint64_t> flags = {};
};
STRANDCORD_EXTERN_MODEL(partial_application)

} // namespace strandcord
