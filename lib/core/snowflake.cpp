#include <strandcord/snowflake.hpp>

#include <algorithm>
#include <charconv>

namespace strandcord {
namespace {

// The first second of 2015, from which Discord counts.
constexpr std::uint64_t discord_epoch_ms = 1'420'070'400'000;
constexpr std::size_t longest = 20;

} // namespace

std::chrono::system_clock::time_point snowflake::created_at() const noexcept {
    const std::chrono::milliseconds since_1970{(value >> 22) + discord_epoch_ms};
    return std::chrono::system_clock::time_point{since_1970};
}

std::optional<snowflake> parse_snowflake(std::string_view text) noexcept {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.empty() || text.size() > longest || !std::all_of(text.begin(), text.end(), is_digit))
        return std::nullopt;
    std::uint64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return snowflake{value};
}

std::string to_string(snowflake id) {
    return std::to_string(id.value);
}

} // namespace strandcord
