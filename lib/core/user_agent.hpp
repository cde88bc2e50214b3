#pragma once

#include <strandcord/version.hpp>

#include <string_view>

namespace strandcord {

/// The form Discord asks for; anything else may be blocked (REST-UA-1).
inline constexpr std::string_view user_agent =
    "DiscordBot (https://github.com/strandcord/strandcord, " STRANDCORD_VERSION ")";

} // namespace strandcord
