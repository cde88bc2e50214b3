#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace strandcord {

/// A moment in UTC with microseconds, as Discord sends it in ISO 8601 form.
/// The zero value is 1970-01-01, and means "absent" nowhere: absent is `std::optional`.
struct timestamp {
    std::chrono::sys_time<std::chrono::microseconds> value{};

    friend auto operator<=>(const timestamp&, const timestamp&) noexcept = default;
};

/// Reads `2021-01-30T19:28:44.123456+00:00` and its shorter forms (no fraction, `Z`, other
/// offsets). Gives nothing for anything else, an impossible date included.
std::optional<timestamp> parse_timestamp(std::string_view text) noexcept;

/// Always the long form in UTC: `2021-01-30T19:28:44.123456+00:00`.
std::string to_string(timestamp moment);

} // namespace strandcord
