#pragma once

#include <strandcord/intents.hpp>

#include <string_view>

namespace strandcord::testing {

/// Whether a session with these intents gets an event of this type: in a guild or outside one, and
/// whether it concerns the bot itself. Unknown types always come. Discord documentation:
/// events/gateway, "List of Intents".
bool gets_event(intents wanted, std::string_view type, bool in_guild, bool about_bot) noexcept;

/// Whether the type carries message content (GW-DISP-20).
bool carries_content(std::string_view type) noexcept;

} // namespace strandcord::testing
