#pragma once

#include "core/clock.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

namespace strandcord::gateway {

/// `session_start_limit` of `/gateway/bot`.
struct identify_limits {
    int max_concurrency = 1;
    int total = 1000;
    int remaining = 1000;
    runtime_clock::duration reset_after = std::chrono::hours{24};
};

/// Which shard may send Identify, and when; as a machine. Rules:
/// - a shard's key is index % max_concurrency; per key one permit is out at a time, and the next
///   follows 5 seconds and a margin after the Identify of the last was sent (GW-ID-12, GW-ID-14);
/// - who waits is served by index, so buckets start in order (GW-ID-13);
/// - a permit given back, like a place given up, costs nothing (GW-ID-16);
/// - with no Identify left today nobody is served until the allowance returns (GW-ID-19).
/// Drain `next()` after every input.
class identify_queue {
public:
    using time_point = runtime_clock::time_point;
    using duration = runtime_clock::duration;
    using ticket = std::uint64_t;

    static constexpr duration spacing = std::chrono::seconds{5};
    /// Frames on different connections may overtake each other on their way.
    static constexpr duration margin = std::chrono::milliseconds{250};

    // inputs
    /// What `/gateway/bot` said at `now`. Before the first call one shard at a time is served,
    /// without an allowance.
    void set_limits(const identify_limits& limits, time_point now);
    /// Takes a place. The ticket comes back from `next()`.
    ticket ask(int shard);
    /// Leaves the place of a ticket that has not come back yet.
    void give_up(ticket which);
    /// The Identify of the permit was sent.
    void sent(int shard, time_point now);
    /// The permit is not used.
    void give_back(int shard);

    // outputs
    /// The next ticket that is served.
    std::optional<ticket> next(time_point now);
    /// When `next()` may return more; nothing when only an input can change that.
    std::optional<time_point> deadline(time_point now) const;
    /// Identifies left today; nothing before limits are known.
    std::optional<int> remaining() const noexcept;
    std::size_t waiting() const noexcept { return places_.size(); }

private:
    struct bucket {
        bool permit_out = false;
        time_point free_at = time_point::min();
        std::set<std::pair<int, ticket>> waiting = {}; ///< by shard, then by arrival
    };
    struct allowance {
        int total = 0;
        int left = 0;
        time_point returns_at = {};
    };

    int key(int shard) const noexcept { return shard % max_concurrency_; }
    void leave(ticket which);
    void renew(time_point now);
    bool exhausted() const noexcept { return allowance_ && allowance_->left - permits_out_ <= 0; }

    int max_concurrency_ = 1;
    int permits_out_ = 0;
    ticket last_ticket_ = 0;
    std::unordered_map<ticket, int> places_; ///< the shards of those who wait
    std::map<int, bucket> buckets_;
    std::optional<allowance> allowance_;
};

} // namespace strandcord::gateway
