#include "tally.hpp"

#include <algorithm>

void tally::event(int shard, std::int64_t sequence, bool first) {
    const std::lock_guard lock{mutex_};
    auto& of = counts_.shards[shard];
    if (first)
        of.newest = sequence - 1;
    if (sequence <= of.newest) {
        ++of.twice;
        ++counts_.twice;
        return;
    }
    const auto missing = static_cast<std::uint64_t>(sequence - of.newest - 1);
    of.lost += missing;
    counts_.lost += missing;
    of.newest = sequence;
    ++of.events;
    ++counts_.events;
}

void tally::message(std::uint64_t number) {
    const std::lock_guard lock{mutex_};
    if (number >= seen_.size()) {
        const auto known = std::max<std::size_t>(seen_.size(), 1);
        counts_.messages_lost += number + 1 - known;
        seen_.resize(number + 1);
    }
    if (seen_[number]) {
        ++counts_.messages_twice;
        return;
    }
    // Shards overtake each other: a number is missing until it comes.
    seen_[number] = true;
    ++counts_.messages;
    --counts_.messages_lost;
}

void tally::latency(double milliseconds) {
    const std::lock_guard lock{mutex_};
    ++counts_.timed;
    counts_.latency_sum += milliseconds;
    counts_.latency_worst = std::max(counts_.latency_worst, milliseconds);
}

void tally::members(std::uint64_t more) {
    const std::lock_guard lock{mutex_};
    counts_.members += more;
}

tally::counts tally::so_far() const {
    const std::lock_guard lock{mutex_};
    return counts_;
}
