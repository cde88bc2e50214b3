#pragma once

// One JSON scalar, as its text stands in the frame, into one C++ value. False, with the target
// untouched, when it does not fit. The texts are known to be valid JSON.

#include <strandcord/describe.hpp>

#include <string>
#include <string_view>

namespace strandcord::codec {

/// `raw`, the text between the quotes, with its escapes resolved. A lone surrogate becomes U+FFFD.
bool unescape(std::string_view raw, std::string& out);

/// Decimal digits up to 2^64-1, the whole text.
bool parse_digits(std::string_view text, std::uint64_t& out) noexcept;

/// A scalar that is not null, for every kind that is neither an object nor a holder. `text` is a
/// string's inside when `is_string`.
bool read_scalar(std::string_view text, bool is_string, const type_desc& type, void* target);

} // namespace strandcord::codec
