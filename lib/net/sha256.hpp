#pragma once

#include <string>
#include <string_view>

namespace strandcord::net {

/// SHA-256 of `text` as 64 hexadecimal digits.
std::string sha256(std::string_view text);

} // namespace strandcord::net
