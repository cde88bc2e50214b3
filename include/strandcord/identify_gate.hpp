#pragma once

#include <strandcord/task.hpp>

namespace strandcord {

/// Who hands out permits to identify: Discord takes `max_concurrency` sessions in five seconds, all
/// processes of a bot together. The library's own gate serves the shards of one process; derive one
/// to share it between processes. Called on the shards' strands: must be thread-safe.
/// Discord documentation: events/gateway, "Rate Limiting".
class identify_gate {
public:
    virtual ~identify_gate() = default;
    /// Returns when this shard may identify. Cancellation gives the place up. What it throws ends
    /// the shard.
    virtual task<> acquire(int shard_index) = 0;
    /// The Identify went out: its five seconds count from now. Must not block or throw.
    virtual void sent(int shard_index) = 0;
    /// The permit was not used. Must not block or throw.
    virtual void give_back(int shard_index) = 0;
};

} // namespace strandcord
