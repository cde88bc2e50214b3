#pragma once

#include <strandcord/recording.hpp>
#include <strandcord/testing/discord.hpp>

#include <cstddef>
#include <vector>

namespace strandcord::testing {

/// Plays the events of a recording to the bots on an emulated Discord, each to the session of the
/// shard that it was recorded on, whatever intents say. READY and RESUMED are left to the emulator.
/// Discord's own frames (heartbeats, op 7, 9, 10) are not repeated, nor are frames that were sent.
///
///     discord.connect(bot);
///     sc::testing::replay replay{discord, sc::read_recording("frames.jsonl")};
///     replay.at_recorded_times();
class replay {
public:
    replay(discord& where, const std::vector<recorded_frame>& frames);

    /// Events still to be played.
    std::size_t left() const noexcept { return events_.size() - next_; }
    /// Events of shards that do not run here, so far.
    std::size_t skipped() const noexcept { return skipped_; }
    /// Plays the next event; false when there was none.
    bool step();
    /// Plays all that are left, with the pauses in which they came; on the clock of `where`.
    void at_recorded_times();
    /// Plays all that are left, at once.
    void at_once();

private:
    struct event {
        std::int64_t ms = 0;
        int shard = 0;
        std::string type;
        std::string data;
    };

    discord* where_;
    std::vector<event> events_;
    std::size_t next_ = 0;
    std::size_t skipped_ = 0;
};

} // namespace strandcord::testing
