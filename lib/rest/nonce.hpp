#pragma once

#include <string>

namespace strandcord::rest {

/// 25 characters that no other call makes, in this process or another.
std::string make_nonce();

} // namespace strandcord::rest
