#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace strandcord {

/// A Discord id: 64 bits, unsigned, ordered by creation time. Zero means "none".
/// On the wire it is a string of digits; integers are accepted too.
/// Discord documentation: reference, "Snowflakes".
struct snowflake {
    std::uint64_t value = 0;

    constexpr snowflake() noexcept = default;
    constexpr snowflake(std::uint64_t id) noexcept : value{id} {}

    constexpr explicit operator bool() const noexcept { return value != 0; }
    friend constexpr auto operator<=>(snowflake, snowflake) noexcept = default;

    /// When the id was made, to the millisecond.
    std::chrono::system_clock::time_point created_at() const noexcept;
};

/// Digits only, at most 20, at most 2^64-1; anything else gives nothing.
std::optional<snowflake> parse_snowflake(std::string_view text) noexcept;

/// Decimal digits, as Discord writes ids.
std::string to_string(snowflake id);

} // namespace strandcord

template <>
struct std::hash<strandcord::snowflake> {
    std::size_t operator()(strandcord::snowflake id) const noexcept {
        return static_cast<std::size_t>(id.value * 0x9E3779B97F4A7C15ULL >> 16);
    }
};
