#pragma once

#include <strandcord/testing/discord.hpp>

#include <cstddef>
#include <functional>
#include <vector>

namespace strandcord::testing {

struct sweep_options {
    emulator_options emulator = {};
    std::vector<io_failure> kinds = {io_failure::error, io_failure::short_transfer,
                                     io_failure::stall, io_failure::cancelled};
    /// A scenario with more operations is taken for one without an end.
    std::size_t longest = 5000;
};

struct sweep_result {
    std::size_t runs = 0;
    /// The most that one run began.
    std::size_t operations = 0;
};

/// Runs a scenario again and again, each time on a fresh emulator, and lets the first, then the
/// second, then the third ... operation of the bots' streams fail, in each of the ways of `kinds`,
/// until none is left that the scenario reaches. The scenario makes its bots, uses them, checks
/// that they recovered or ended with the right error, and lets them go: a stream that is still open
/// when it returns is an error. Throws `std::runtime_error` that names the failing operation and
/// says what a scenario's `std::exception` said; other exceptions, such as those of a test
/// framework, pass: tell it `discord.failed_operation()`.
sweep_result fail_sweep(const std::function<void(discord&)>& scenario, sweep_options options = {});

} // namespace strandcord::testing
