#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/model/presence.hpp>

namespace strandcord {

struct presence_update {
    using data = presence;
    static constexpr std::string_view name = "PRESENCE_UPDATE";
    static constexpr intents needs = intent::guild_presences;
};

} // namespace strandcord
