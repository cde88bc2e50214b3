#pragma once

#include "core/clock.hpp"

#include <algorithm>

namespace strandcord {

/// The wait before attempt number `attempt` (1 is the first retry): doubles from 1 s to 60 s, and
/// `jitter` in [0, 1) takes up to half of it away, so that shards lost together return apart.
/// GW-CONN-12.
constexpr runtime_clock::duration backoff(int attempt, double jitter) noexcept {
    using namespace std::chrono_literals;
    if (attempt <= 0)
        return 0ns;
    const auto full =
        std::min<runtime_clock::duration>(1s * (1LL << std::min(attempt - 1, 6)), 60s);
    const auto cut =
        static_cast<runtime_clock::rep>(static_cast<double>(full.count()) * 0.5 * jitter);
    return full - runtime_clock::duration{cut};
}

} // namespace strandcord
