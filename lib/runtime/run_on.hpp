#pragma once

#include <strandcord/task.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <optional>
#include <utility>

namespace strandcord {

/// Awaits `work` on another executor and comes back to the caller's. Cancelling the caller cancels
/// `work`, on its executor, and waits for it to end. Asio's own way of doing this, awaiting
/// `co_spawn`, races in 1.81 when the cancellation crosses from one strand to another.
task<> run_on(boost::asio::any_io_executor where, task<> work);

template <class T>
task<T> run_on(boost::asio::any_io_executor where, task<T> work) {
    std::optional<T> out;
    task<> keep = detail::keep_result(std::move(work), out);
    co_await run_on(std::move(where), std::move(keep));
    co_return std::move(*out);
}

} // namespace strandcord
