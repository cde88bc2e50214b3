#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace strandcord::codec {

/// `text` in quotes, escaped as JSON asks. What is not UTF-8 becomes U+FFFD: Discord closes the
/// connection on a frame that is not UTF-8.
void append_quoted(std::string_view text, std::string& out);

void append_number(std::int64_t number, std::string& out);
void append_number(std::uint64_t number, std::string& out);
/// The shortest text that reads back as the same number; null for what JSON has no number for.
void append_number(double number, std::string& out);

} // namespace strandcord::codec
