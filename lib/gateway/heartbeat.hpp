#pragma once

#include "core/clock.hpp"

#include <optional>

namespace strandcord::gateway {

/// When heartbeats are due on one connection, and whether they are answered. Rules:
/// - the first beat comes after interval * jitter, then one each interval (GW-HB-2, GW-HB-3);
/// - a scheduled beat that is not acknowledged when the next is due makes a zombie (GW-HB-8); beats
/// that the
///   server asked for neither move the schedule nor count as missed (GW-HB-12);
/// - a stall is followed by one beat, not by those missed (GW-HB-15);
/// - while reading is paused the acknowledgement cannot be seen: that is forgiven for one interval.
class heartbeat {
public:
    using time_point = runtime_clock::time_point;
    using duration = runtime_clock::duration;

    enum class verdict { wait, beat, zombie };

    void start(duration interval, double jitter, time_point now) noexcept;
    void stop() noexcept;
    verdict on_time(time_point now) noexcept;
    /// A beat that the server asked for goes out.
    void on_requested(time_point now) noexcept;
    /// The latency of the beat that this acknowledges; nothing when none was outstanding.
    std::optional<duration> on_acknowledged(time_point now) noexcept;
    void on_reading(bool paused) noexcept;

    bool running() const noexcept { return due_.has_value(); }
    duration interval() const noexcept { return interval_; }
    const std::optional<time_point>& deadline() const noexcept { return due_; }

private:
    duration interval_{};
    std::optional<time_point> due_;
    std::optional<time_point> unanswered_since_; ///< of any beat, for the latency
    bool outstanding_ = false;                   ///< a scheduled beat is unanswered
    bool paused_ = false;
    bool was_paused_ = false; ///< at some time since the outstanding beat
    bool forgiven_ = false;
};

} // namespace strandcord::gateway
