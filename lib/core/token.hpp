#pragma once

#include <string_view>

namespace strandcord {

/// Throws `error` (`errc::invalid_configuration`) with one sentence when `token` cannot be a bot
/// token: empty, with `Bot ` before it, or with whitespace or other characters that no header may
/// hold. Never repeats the token.
void check_token(std::string_view token);

} // namespace strandcord
