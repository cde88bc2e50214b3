#pragma once

#include <strandcord/intents.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace strandcord::testing {

/// How an operation on a stream fails.
enum class io_failure {
    error,          ///< the connection is reset; an opening is refused
    short_transfer, ///< a read or write moves one byte only
    stall,          ///< it never ends, unless cancelled or closed
    cancelled,      ///< all goes well, but `run()` of every bot is cancelled at this moment
};

/// What the emulated Discord is like from the start. The same seed makes the same ids and, on a
/// virtual clock, the same jitter of every wait.
struct emulator_options {
    /// The only token that is accepted.
    std::string token = "emulated-token";
    std::uint64_t seed = 1;
    /// What Hello says.
    std::chrono::milliseconds heartbeat_interval{41250};
    /// The `shards` of `/gateway/bot`.
    int recommended_shards = 1;
    /// Identifies per 5 seconds. Discord documentation: events/gateway, "Rate Limiting".
    int max_concurrency = 1;
    /// Identifies left today, of `start_limit_total`.
    int start_limit_remaining = 1000;
    int start_limit_total = 1000;
    std::chrono::milliseconds start_limit_reset_after = std::chrono::hours{14};
    /// Privileged intents that are switched on in the portal; asking for others closes with 4014.
    intents privileged = intents::privileged();
    /// How long a session without a connection can be resumed.
    std::chrono::milliseconds session_lifetime = std::chrono::minutes{5};
    /// Dispatches kept for replay per session; a Resume from before them gets op 9.
    std::size_t replay_limit = 20000;
    /// Whole member lists in GUILD_CREATE, whatever the intents and the size: more than Discord
    /// sends.
    bool all_members = false;
    /// From READY to the first GUILD_CREATE.
    std::chrono::milliseconds guild_load_delay{0};
};

} // namespace strandcord::testing
