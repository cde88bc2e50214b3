#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strandcord {

/// A colour of 24 bits. Models and drafts have it as the integer that Discord sends:
/// `sc::color{role.color}` and `color.value()` go there and back.
class color {
public:
    constexpr color() noexcept = default;
    /// `0xRRGGBB`; what is above 24 bits is dropped.
    constexpr explicit color(std::int64_t value) noexcept
        : value_{static_cast<std::int32_t>(value & 0xFFFFFF)} {}
    constexpr color(std::uint8_t red, std::uint8_t green, std::uint8_t blue) noexcept
        : value_{red << 16 | green << 8 | blue} {}

    constexpr std::int32_t value() const noexcept { return value_; }
    constexpr std::uint8_t red() const noexcept { return static_cast<std::uint8_t>(value_ >> 16); }
    constexpr std::uint8_t green() const noexcept { return static_cast<std::uint8_t>(value_ >> 8); }
    constexpr std::uint8_t blue() const noexcept { return static_cast<std::uint8_t>(value_); }

    friend constexpr bool operator==(color, color) noexcept = default;

private:
    std::int32_t value_ = 0;
};

/// `#aabbcc` as in burst reactions, or `aabbcc` as in themes; nothing for anything else.
std::optional<color> parse_color(std::string_view text) noexcept;

/// `#aabbcc`
std::string to_string(color what);

} // namespace strandcord
