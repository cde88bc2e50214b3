#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/model/interaction.hpp>

namespace strandcord {

/// A command, component, modal or autocomplete; not sent when the application has an interactions
/// endpoint URL.
struct interaction_create {
    using data = interaction;
    static constexpr std::string_view name = "INTERACTION_CREATE";
    static constexpr intents needs = {};
};

} // namespace strandcord
