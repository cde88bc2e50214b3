#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/model/stage.hpp>

namespace strandcord {

struct stage_instance_create {
    using data = stage_instance;
    static constexpr std::string_view name = "STAGE_INSTANCE_CREATE";
    static constexpr intents needs = intent::guilds;
};

struct stage_instance_update {
    using data = stage_instance;
    static constexpr std::string_view name = "STAGE_INSTANCE_UPDATE";
    static constexpr intents needs = intent::guilds;
};

struct stage_instance_delete {
    using data = stage_instance;
    static constexpr std::string_view name = "STAGE_INSTANCE_DELETE";
    static constexpr intents needs = intent::guilds;
};

} // namespace strandcord
