#include <strandcord/color.hpp>

#include <charconv>

namespace strandcord {

std::optional<color> parse_color(std::string_view text) noexcept {
    if (text.starts_with('#'))
        text.remove_prefix(1);
    std::uint32_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (text.size() != 6 || failed != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return color{value};
}

std::string to_string(color what) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text = "#";
    for (int shift = 20; shift >= 0; shift -= 4)
        text += digits[what.value() >> shift & 15];
    return text;
}

} // namespace strandcord
