#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <vector>

/// Counts what arrives, and what does not: by the sequence numbers of each shard, and by the
/// running numbers in the messages. Any thread.
class tally {
public:
    struct shard_counts {
        std::uint64_t events = 0;
        std::uint64_t lost = 0;
        std::uint64_t twice = 0;
        std::int64_t newest = 0;
    };
    struct counts {
        std::map<int, shard_counts> shards = {};
        std::uint64_t events = 0;
        std::uint64_t lost = 0;
        std::uint64_t twice = 0;
        std::uint64_t members = 0;
        std::uint64_t messages = 0;      ///< different numbers seen
        std::uint64_t messages_lost = 0; ///< numbers below the highest that were not seen
        std::uint64_t messages_twice = 0;
        std::uint64_t timed = 0;
        double latency_sum = 0; ///< milliseconds, of those timed
        double latency_worst = 0;
    };

    /// `first`: a new session begins with this event.
    void event(int shard, std::int64_t sequence, bool first);
    void message(std::uint64_t number);
    void latency(double milliseconds);
    void members(std::uint64_t more);
    counts so_far() const;

private:
    mutable std::mutex mutex_;
    counts counts_;
    std::vector<bool> seen_; ///< by number
};
