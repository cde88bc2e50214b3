#pragma once

#include <strandcord/error.hpp>

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace strandcord {

/// What every call of strandcord that waits returns, and what a handler is: an Asio awaitable.
template <class T = void>
using task = boost::asio::awaitable<T>;

/// Waits on the library's clock, so a test that owns the clock decides when it ends.
/// Ends early with `cause::cancelled` on cancellation. Any thread.
task<> sleep_for(std::chrono::nanoseconds length);

namespace detail {
task<bool> finishes_within(task<> work, std::chrono::nanoseconds limit);
template <class T>
task<> keep_result(task<T> work, std::optional<T>& out) {
    T value = co_await std::move(work);
    out.emplace(std::move(value));
}
[[noreturn]] void throw_timed_out(std::chrono::nanoseconds limit);
} // namespace detail

/// Awaits `work`, but at most `limit`: then cancels it, waits for it to end, and throws
/// `errc::timed_out`. What `work` throws in time passes through; work that ends well, even in the
/// moment of the limit, counts. Cancelling the caller cancels `work`, waits for it, and throws
/// `cause::cancelled`. Any executor.
template <class T>
task<T> with_timeout(task<T> work, std::chrono::nanoseconds limit) {
    if constexpr (std::is_void_v<T>) {
        bool finished = co_await detail::finishes_within(std::move(work), limit);
        if (!finished)
            detail::throw_timed_out(limit);
    } else {
        std::optional<T> out;
        task<> keep = detail::keep_result(std::move(work), out);
        bool finished = co_await detail::finishes_within(std::move(keep), limit);
        if (!finished || !out)
            detail::throw_timed_out(limit);
        co_return std::move(*out);
    }
}

/// A value, or the error that the call would have thrown.
template <class T>
class result {
public:
    result(T value) : value_{std::move(value)} {}
    result(strandcord::error failure) : error_{std::move(failure)} {}

    explicit operator bool() const noexcept { return value_.has_value(); }
    T& operator*() noexcept { return *value_; }
    const T& operator*() const noexcept { return *value_; }
    T* operator->() noexcept { return &*value_; }
    const T* operator->() const noexcept { return &*value_; }
    /// Only when there is no value.
    const strandcord::error& error() const noexcept { return *error_; }

private:
    std::optional<T> value_;
    std::optional<strandcord::error> error_;
};

template <>
class result<void> {
public:
    result() = default;
    result(strandcord::error failure) : error_{std::move(failure)} {}

    explicit operator bool() const noexcept { return !error_; }
    const strandcord::error& error() const noexcept { return *error_; }

private:
    std::optional<strandcord::error> error_;
};

namespace detail {
/// The exception in flight as `error`; rethrows what is not a system error.
strandcord::error current_error();
} // namespace detail

/// The no-throw form of any call: `auto found = co_await sc::attempt(rest.get_user(id));`
/// Exceptions that are not system errors pass through.
template <class T>
task<result<T>> attempt(task<T> call) {
    std::optional<result<T>> out;
    try {
        if constexpr (std::is_void_v<T>) {
            co_await std::move(call);
            out.emplace();
        } else {
            T value = co_await std::move(call);
            out.emplace(std::move(value));
        }
    } catch (const boost::system::system_error&) {
        out.emplace(detail::current_error());
    }
    co_return std::move(*out);
}

} // namespace strandcord
