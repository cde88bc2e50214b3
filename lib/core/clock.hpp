#pragma once

#include <chrono>

namespace strandcord {

/// The one clock of the library: steady time, or the time of the `manual_time` that the calling
/// thread has installed. Machines only use its types; drivers and timers ask it for the time.
struct runtime_clock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<runtime_clock>;
    static constexpr bool is_steady = true;

    static time_point now() noexcept;
    /// Whether this thread's time is owned by a `manual_time`.
    static bool is_manual() noexcept;
};

/// Takes the clock over for the thread that made it, until destroyed. Not nested. Timers are then
/// polled: the owner runs the context with `poll()`, never `run()`, and advances the time itself.
class manual_time {
public:
    manual_time();
    ~manual_time();
    manual_time(const manual_time&) = delete;
    manual_time& operator=(const manual_time&) = delete;

    runtime_clock::time_point now() const noexcept { return now_; }
    void advance(runtime_clock::duration step) noexcept { now_ += step; }

private:
    runtime_clock::time_point now_;
};

} // namespace strandcord
