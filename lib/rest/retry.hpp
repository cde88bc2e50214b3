#pragma once

#include <strandcord/error.hpp>

namespace strandcord::rest {

/// How far a request had come when it failed.
enum class progress { not_sent, perhaps_seen };

/// Whether a network fault is worth another try. A request that Discord may have acted on is sent
/// again only when doing it twice does no harm. REST-ERR-3.
inline bool may_repeat(const error_code& why, progress how_far, bool repeatable) {
    if (why == cause::cancelled || why == cause::fatal)
        return false;
    return how_far == progress::not_sent || repeatable;
}

/// The same for an answer; 429 is the limiter's business.
constexpr bool may_repeat(int status, bool repeatable) noexcept {
    return repeatable &&
           (status == 500 || status == 502 || status == 503 || status == 504 || status >= 520);
}

} // namespace strandcord::rest
