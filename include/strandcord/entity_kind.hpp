#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace strandcord {

/// What a cache keeps, and what an event can change of it.
enum class entity_kind : std::uint8_t {
    guild,
    channel,
    thread,
    member,
    user,
    role,
    emoji,
    sticker,
    presence,
    voice_state,
    message,
    stage_instance,
    scheduled_event,
    soundboard_sound,
};

inline constexpr std::size_t entity_kind_count = 14;

/// `scheduled_event`; `?` for a value that has no name.
std::string_view to_string(entity_kind kind) noexcept;

/// A set of kinds.
class entity_kinds {
public:
    constexpr entity_kinds() noexcept = default;
    constexpr entity_kinds(entity_kind one) noexcept
        : bits_{static_cast<std::uint16_t>(1U << static_cast<unsigned>(one))} {}

    constexpr bool has(entity_kind one) const noexcept {
        return (bits_ & entity_kinds{one}.bits_) != 0;
    }
    constexpr bool empty() const noexcept { return bits_ == 0; }
    constexpr entity_kinds& operator|=(entity_kinds other) noexcept {
        bits_ = static_cast<std::uint16_t>(bits_ | other.bits_);
        return *this;
    }
    friend constexpr entity_kinds operator|(entity_kinds left, entity_kinds right) noexcept {
        return left |= right;
    }
    friend constexpr bool operator==(entity_kinds, entity_kinds) noexcept = default;

private:
    std::uint16_t bits_ = 0;
};

constexpr entity_kinds operator|(entity_kind left, entity_kind right) noexcept {
    return entity_kinds{left} | entity_kinds{right};
}

} // namespace strandcord
