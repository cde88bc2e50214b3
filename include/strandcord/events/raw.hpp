#pragma once

#include <strandcord/intents.hpp>

#include <string_view>

namespace strandcord {

/// Stands for every event, known to strandcord or not. Nothing is decoded.
struct any_event {
    using data = void;
    static constexpr std::string_view name{};
    static constexpr intents needs{};
};

} // namespace strandcord
