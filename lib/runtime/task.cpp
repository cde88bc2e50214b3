#include <strandcord/task.hpp>

#include "runtime/run_on.hpp"
#include "runtime/task_group.hpp"
#include "runtime/watched_executor.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <string>

namespace asio = boost::asio;

namespace strandcord {
namespace {

std::string in_words(std::chrono::nanoseconds length) {
    using namespace std::chrono;
    if (length % seconds{1} == nanoseconds::zero())
        return std::to_string(duration_cast<seconds>(length).count()) + " s";
    return std::to_string(duration_cast<milliseconds>(length).count()) + " ms";
}

// Parent and child must not run at the same time. Other executors than these may be strands too,
// but nothing is lost by taking one more.
bool is_strand(const asio::any_io_executor& executor) noexcept {
    const asio::any_io_executor& plain = unwatched(executor);
    return plain.target<asio::strand<asio::any_io_executor>>() != nullptr ||
           plain.target<asio::strand<asio::io_context::executor_type>>() != nullptr;
}

// What one race is about; lives in the frame of the coroutine that waits.
struct race {
    timer limit;
    std::exception_ptr failure = {};
    bool finished = false;

    void on_end(std::exception_ptr why) {
        failure = std::move(why);
        finished = true;
        limit.cancel();
    }
};

task<bool> race_on_strand(task<> work, std::chrono::nanoseconds length) {
    const asio::any_io_executor strand = co_await asio::this_coro::executor;
    const auto caller = co_await asio::this_coro::cancellation_state;
    const bool throws = co_await asio::this_coro::throw_if_cancelled();
    task_group group{strand};
    race state{timer{strand, length}};
    group.spawn(std::move(work),
                [&state](std::exception_ptr why) { state.on_end(std::move(why)); });

    // Until the child is joined a cancellation is looked at, not thrown.
    co_await asio::this_coro::throw_if_cancelled(false);
    if (!state.finished && caller.cancelled() == asio::cancellation_type::none)
        co_await state.limit.async_wait(asio::as_tuple(asio::use_awaitable));
    const bool in_time = state.finished;
    group.cancel();
    co_await group.join();
    co_await asio::this_coro::throw_if_cancelled(throws);

    if (!state.failure)
        co_return true;
    if (in_time)
        std::rethrow_exception(state.failure);
    if (caller.cancelled() != asio::cancellation_type::none)
        throw error{errc::cancelled};
    co_return false;
}

} // namespace

task<> sleep_for(std::chrono::nanoseconds length) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    timer alarm{executor, length};
    co_await alarm.async_wait(asio::use_awaitable);
}

namespace detail {

task<bool> finishes_within(task<> work, std::chrono::nanoseconds limit) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    task<bool> timed = race_on_strand(std::move(work), limit);
    if (!is_strand(executor))
        timed = run_on(asio::any_io_executor{asio::make_strand(executor)}, std::move(timed));
    const bool finished = co_await std::move(timed);
    co_return finished;
}

void throw_timed_out(std::chrono::nanoseconds limit) {
    throw error{errc::timed_out, "It did not end within " + in_words(limit) + "."};
}

strandcord::error current_error() {
    try {
        throw;
    } catch (const strandcord::error& e) {
        return e;
    } catch (const boost::system::system_error& e) {
        if (e.code() == asio::error::operation_aborted)
            return strandcord::error{errc::cancelled};
        return strandcord::error{e.code()};
    }
}

} // namespace detail
} // namespace strandcord
