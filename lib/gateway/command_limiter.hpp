#pragma once

#include "core/clock.hpp"

#include <deque>
#include <optional>

namespace strandcord::gateway {

/// Discord takes 120 payloads per connection in 60 seconds. This machine lets commands through only
/// while enough of them stay free for heartbeats, Identify and Resume, which never wait but count.
/// The window slides: no span of 60 seconds ever holds more than 120.
/// GW-HB-13, GW-SEND-3 to GW-SEND-5.
class command_limiter {
public:
    using time_point = runtime_clock::time_point;
    using duration = runtime_clock::duration;

    static constexpr int limit = 120;
    /// A second more than Discord's, because frames sent evenly may arrive bunched.
    static constexpr duration window = std::chrono::seconds{61};

    /// A new connection: all slots are free (GW-SEND-4).
    void reset() noexcept;
    /// Keeps enough free for a beat each `interval`.
    void beats_every(duration interval) noexcept;
    /// Whether a command may be sent at `now`; takes the slot when it may.
    bool take(time_point now);
    /// A payload that does not wait: heartbeat, Identify, Resume.
    void take_reserved(time_point now);
    /// When `take` can succeed next.
    time_point available(time_point now);
    /// Payloads of both kinds in the window that ends at `now`.
    int used(time_point now);
    int reserve() const noexcept { return reserve_; }

private:
    void forget_before(time_point now);

    std::deque<time_point> commands_;
    std::deque<time_point> reserved_;
    int reserve_ = 6;
};

} // namespace strandcord::gateway
