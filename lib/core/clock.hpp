#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

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
    /// The same time, up to a few milliseconds late, and much cheaper to ask for.
    static time_point coarse_now() noexcept;
    /// Whether this thread's time is owned by a `manual_time`.
    static bool is_manual() noexcept;
};

/// Takes the clock over for the thread that made it, until destroyed. Not nested. Timers are then
/// polled: the owner runs the context with `poll()`, never `run()`, and advances the time itself
/// (`virtual_loop` does both). Starts at the same moment in every run.
class manual_time {
public:
    manual_time();
    ~manual_time();
    manual_time(const manual_time&) = delete;
    manual_time& operator=(const manual_time&) = delete;

    /// The one that this thread has installed, or null.
    static manual_time* installed() noexcept;

    runtime_clock::time_point now() const noexcept { return now_; }
    void advance(runtime_clock::duration step) noexcept { now_ += step; }

    /// What `random_words` gives on this thread: a row that follows from the seed.
    void seed(std::uint64_t value) noexcept { random_ = value; }
    std::uint32_t random_word() noexcept;

    // A timer queue that is asked how long it may sleep tells its earliest expiry here, so that the
    // owner of the time can jump to it.
    void note_wait(runtime_clock::duration length) noexcept;
    void forget_waits() noexcept { earliest_.reset(); }
    const std::optional<runtime_clock::time_point>& earliest() const noexcept { return earliest_; }

private:
    runtime_clock::time_point now_;
    std::uint64_t random_ = 0;
    std::optional<runtime_clock::time_point> earliest_ = {};
};

} // namespace strandcord
