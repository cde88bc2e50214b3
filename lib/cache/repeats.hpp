#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace strandcord::cache {

/// Events that count up and down may come twice (EV-3). Remembers for the latest things whether
/// they were switched on or off last; forgets the older ones.
class repeats {
public:
    /// False when `thing`, a hash of all that names it, was switched the same way last.
    bool switched(std::uint64_t thing, bool on) noexcept {
        const std::uint64_t now = (thing & ~std::uint64_t{1}) | (on ? 1U : 0U);
        std::uint64_t& before = seen_[(thing >> 1) % seen_.size()];
        if (before == now)
            return false;
        before = now;
        return true;
    }

    /// Of several numbers, in their order; never zero.
    template <class... Numbers>
    static std::uint64_t name(Numbers... numbers) noexcept {
        std::uint64_t hash = 0xCBF29CE484222325ULL;
        ((hash = (hash ^ static_cast<std::uint64_t>(numbers)) * 0x9E3779B97F4A7C15ULL,
          hash ^= hash >> 29),
         ...);
        return hash | 2U;
    }

private:
    std::array<std::uint64_t, 1024> seen_{};
};

} // namespace strandcord::cache
