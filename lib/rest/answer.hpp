#pragma once

#include "net/http.hpp"
#include "rest/limiter.hpp"

#include <strandcord/error.hpp>

#include <optional>

namespace strandcord::rest {

/// Rate-limit headers and, for a 429, its body. A 429 that is not Discord's own (an HTML page of
/// the edge) holds everything, like a global one. RL-2, RL-9, REST-ERR-4.
answer_limits read_limits(const net::http_response& answer);

/// What an answer of 300 and more means, in words. Never fails, whatever the body is; never quotes
/// a body that is not Discord's. `authorized`: the bot token was sent. REST-ERR-1, REST-ERR-4.
error read_error(const net::http_response& answer, diagnostics where, bool authorized);

/// A decimal number of seconds; nothing for anything else, a negative or absurd one included.
std::optional<duration> parse_seconds(std::string_view text) noexcept;

} // namespace strandcord::rest
