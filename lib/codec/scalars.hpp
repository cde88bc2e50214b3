#pragma once

// JSON scalars straight from the frame. Every pointer here points into a padded buffer whose
// strings are known to be closed.

#include <cstdint>
#include <string>
#include <string_view>

namespace strandcord::codec {

/// `at` is just behind the opening quote; the text between the quotes as it stands, escapes too.
std::string_view quoted(const char* at) noexcept;

/// `raw` with its escapes resolved, into `out`. A lone surrogate becomes U+FFFD. False, and `out`
/// is unspecified, when an escape is not JSON's.
bool unescape(std::string_view raw, std::string& out);

/// Decimal digits up to 2^64-1, the whole text.
bool parse_digits(std::string_view text, std::uint64_t& out) noexcept;

/// As `parse_digits`, with a sign.
bool parse_signed(std::string_view text, std::int64_t& out) noexcept;

} // namespace strandcord::codec
