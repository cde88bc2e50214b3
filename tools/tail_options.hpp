#pragma once

#include <strandcord/config.hpp>
#include <strandcord/log.hpp>
#include <strandcord/shard_plan.hpp>

#include <optional>
#include <set>
#include <string>

/// What `strandcord-tail` was asked to do.
struct tail_options {
    strandcord::compression compress = strandcord::compression::automatic;
    strandcord::shard_plan shards = strandcord::shard_plan::automatic();
    std::set<std::string, std::less<>> filter = {}; ///< empty: every event
    bool data = true;
    strandcord::log_levels log = strandcord::level::warning;
};

/// Reads the command line. Nothing when the program is done: help, version, or a mistake, which was
/// explained on stderr; then `exit_code` is set.
std::optional<tail_options> read_tail_options(int argc, char** argv, int& exit_code);
