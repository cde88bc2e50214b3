#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <random>

namespace strandcord {

/// Random words: from the system, or, on a thread whose time is owned, from that `manual_time`, so
/// that a run on virtual time can be repeated to the letter. Seeds engines; a source of
/// `std::uniform_int_distribution`.
class random_words {
public:
    using result_type = std::uint32_t;
    static constexpr result_type min() noexcept { return 0; }
    static constexpr result_type max() noexcept { return std::numeric_limits<result_type>::max(); }
    result_type operator()();

private:
    std::optional<std::random_device> device_;
};

/// A source of numbers in [0, 1), for jitter, with a seed of its own from `random_words`.
std::function<double()> random_fractions();

} // namespace strandcord
