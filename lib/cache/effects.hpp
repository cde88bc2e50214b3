#pragma once

// How an event changes what: a function and a row each, by family. Which kinds that may be says the
// catalogue. What Discord promises and what a cache should make of it stands in
// docs/architecture/cache.md.

#include "cache/change.hpp"

#include <span>
#include <string_view>

namespace strandcord::cache {

struct effect {
    std::string_view event;
    void (*apply)(change& to, const json_view& data) = nullptr;
    entity_kinds touches = {}; ///< by the catalogue; a row has none
};

std::span<const effect> session_effects() noexcept;
std::span<const effect> guild_effects() noexcept;
std::span<const effect> guild_list_effects() noexcept;
std::span<const effect> channel_effects() noexcept;
std::span<const effect> thread_effects() noexcept;
std::span<const effect> member_effects() noexcept;
std::span<const effect> message_effects() noexcept;
std::span<const effect> reaction_effects() noexcept;

/// Null for an event that changes nothing.
const effect* effect_of(std::string_view event) noexcept;

} // namespace strandcord::cache
