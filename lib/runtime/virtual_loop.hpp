#pragma once

#include "core/clock.hpp"
#include "runtime/task_group.hpp"
#include "runtime/timer.hpp"

#include <strandcord/task.hpp>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace strandcord {

/// An io_context on a time of its own: what is ready runs, then time jumps to the next timer's
/// expiry, exactly. An hour in which nothing happens costs nothing. Takes over the clock of the
/// thread that made it; all members are called on that thread, from outside its handlers.
class virtual_loop {
public:
    using time_point = runtime_clock::time_point;
    using duration = runtime_clock::duration;

    virtual_loop();
    /// Cancels and joins what `spawn` started, in virtual time.
    ~virtual_loop();
    virtual_loop(const virtual_loop&) = delete;
    virtual_loop& operator=(const virtual_loop&) = delete;

    boost::asio::io_context& context() noexcept { return context_; }
    boost::asio::any_io_executor executor() { return context_.get_executor(); }
    time_point now() const noexcept { return time_.now(); }
    duration elapsed() const noexcept { return time_.now() - start_; }
    /// Chance on this thread (waits, jitter, nonces) follows from it; from 0 without a call.
    void seed(std::uint64_t value) noexcept { time_.seed(value); }

    /// Runs everything that is ready, until nothing is; time stands still. From inside a handler:
    /// nothing. Throws `std::runtime_error` when there is no end to it.
    void settle();
    /// The expiry of the earliest pending timer; nothing when no timer will ever expire. Settles
    /// first.
    std::optional<time_point> next_expiry();
    /// Jumps to the earliest pending timer and settles; false when there is none until `last`.
    bool step(time_point last = time_point::max());
    /// Moves the time by exactly `span`, stopping at each expiry on the way.
    void advance(duration span);
    /// Steps until `done`; false when no timer is left that could bring it about, or it did not
    /// come within `limit`, which has then passed.
    bool advance_until(const std::function<bool()>& done, duration limit = std::chrono::hours{24});

    /// Starts a coroutine beside the others.
    task_group::child spawn(task<> work);
    /// What the first spawned coroutine to fail threw, or null.
    std::exception_ptr failure_of_spawned() const noexcept { return spawned_.failure(); }

    /// Runs one coroutine to its end and gives its result or throws what it threw. Throws
    /// `errc::timed_out` when it waits for something that no timer will bring, or needs more than
    /// `limit`; it is cancelled and joined then.
    template <class T>
    T run(task<T> work, duration limit = std::chrono::hours{24}) {
        if constexpr (std::is_void_v<T>) {
            run_to_end(std::move(work), limit);
        } else {
            std::optional<T> out;
            run_to_end(detail::keep_result(std::move(work), out), limit);
            return std::move(*out);
        }
    }

private:
    void run_to_end(task<> work, duration limit);

    manual_time time_;
    time_point start_;
    boost::asio::io_context context_;
    timer anchor_; // always pending, so that the reactor never leaves its timers unlooked at
    task_group spawned_;
    bool settling_ = false;
};

} // namespace strandcord
