#pragma once

#include "testing/traffic.hpp"

#include <strandcord/testing/gateway.hpp>
#include <strandcord/testing/loopback.hpp>
#include <strandcord/testing/options.hpp>

#include <chrono>
#include <optional>
#include <vector>

/// What `strandcord-sandbox` was asked to do. Times count from the moment a bot is there.
struct sandbox_options {
    strandcord::testing::emulator_options emulator = {};
    strandcord::testing::loopback_options where = {.tls = false};
    strandcord::testing::population population = {};
    double rate = 10; ///< events per second
    /// Empty: events are made up.
    std::vector<strandcord::testing::scripted_event> events = {};
    std::optional<std::chrono::nanoseconds> duration = {};
    std::optional<std::chrono::nanoseconds> drop_after = {};
    int drop_shard = strandcord::testing::every_shard;
    bool conversation = false;
};

/// Reads the command line and the file it names. Nothing when the program is done: help, version,
/// or a mistake, which was explained on stderr; then `exit_code` is set.
std::optional<sandbox_options> read_sandbox_options(int argc, char** argv, int& exit_code);
