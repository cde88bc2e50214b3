#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/model/command.hpp>
#include <strandcord/model/interaction.hpp>

namespace strandcord {

struct application_command_permissions_update {
    using data = guild_command_permissions;
    static constexpr std::string_view name = "APPLICATION_COMMAND_PERMISSIONS_UPDATE";
    static constexpr intents needs = {};
};

/// A command, component, modal or autocomplete; not sent when the application has an interactions
/// endpoint URL.
struct interaction_create {
    using data = interaction;
    static constexpr std::string_view name = "INTERACTION_CREATE";
    static constexpr intents needs = {};
};

} // namespace strandcord
