#pragma once

#include <strandcord/task.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <memory>
#include <optional>

namespace strandcord::testing {

/// An executor whose time the test owns: strandcord's timers, `sleep_for` and deadlines move only
/// when `advance` says so. It takes the clock over for the thread that made it, until destroyed;
/// one per thread at a time. All members are called on that thread.
class virtual_clock {
public:
    virtual_clock();
    /// Cancels and joins what `spawn` started.
    ~virtual_clock();
    virtual_clock(const virtual_clock&) = delete;
    virtual_clock& operator=(const virtual_clock&) = delete;

    boost::asio::any_io_executor executor();
    /// Since it was made.
    std::chrono::nanoseconds elapsed() const;
    /// Runs everything that is ready, until nothing is. From inside a coroutine of this executor:
    /// nothing.
    void settle();
    /// Moves the time, running what becomes ready at each moment on the way.
    void advance(std::chrono::nanoseconds span);

    /// Starts a coroutine; what it throws is given by `failure_of_spawned`.
    void spawn(task<> work);
    /// The first exception that a spawned coroutine ended with; null when none did.
    std::exception_ptr failure_of_spawned() const;

    /// Runs one coroutine to its end, advancing the time as it needs, and gives its result or
    /// throws what it threw. Throws `errc::timed_out` when `limit` of this clock's time was not
    /// enough.
    template <class T>
    T run(task<T> work, std::chrono::nanoseconds limit = std::chrono::hours{1}) {
        if constexpr (std::is_void_v<T>) {
            run_to_end(std::move(work), limit);
        } else {
            std::optional<T> out;
            run_to_end(strandcord::detail::keep_result(std::move(work), out), limit);
            return std::move(*out);
        }
    }

    struct impl;
    impl& internals() noexcept { return *impl_; }

private:
    void run_to_end(task<> work, std::chrono::nanoseconds limit);
    std::unique_ptr<impl> impl_;
};

} // namespace strandcord::testing
