#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/model/presence.hpp>
#include <strandcord/model/user.hpp>

namespace strandcord {

struct presence_update {
    using data = presence;
    static constexpr std::string_view name = "PRESENCE_UPDATE";
    static constexpr intents needs = intent::guild_presences;
};

/// The bot's own user changed.
struct user_update {
    using data = user;
    static constexpr std::string_view name = "USER_UPDATE";
    static constexpr intents needs = {};
};

} // namespace strandcord
