// Handlers that run for long: each is told of once, by whoever looks when it is due.

#include "bot/handler_runner.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace strandcord {

namespace asio = boost::asio;

/// A call begins at `from`, or a wait for an event ended then.
void handler_runner::expect_end(handler_run& run, runtime_clock::time_point from) {
    using length = runtime_clock::duration;
    // Whatever the user has set, it is a time.
    const auto left = runtime_clock::time_point::max() - from;
    const auto after = [&](auto what) {
        return std::chrono::duration<double>{what} < std::chrono::duration<double>{left} / 2
                   ? std::chrono::duration_cast<length>(what)
                   : left / 2;
    };
    run.long_from = from + after(limit_of(run)) + after(services_.options.warn_after);
}

/// Somebody looks when it has run for long. One timer for all, and it is not touched by handlers
/// that end in time.
void handler_runner::watch_over(const handler_run& run) {
    if (services_.options.warn_after.count() == 0 || cancelling_ || run.told_of)
        return;
    if (!watched_) {
        watched_ = true;
        group_.spawn(watch());
    } else if (run.long_from < watch_.expiry()) {
        watch_.cancel();
    }
}

/// When to look again; nothing when there is nobody to look at.
std::optional<runtime_clock::time_point> handler_runner::name_long_runs() {
    const auto now = runtime_clock::now();
    auto next = runtime_clock::time_point::max();
    for (handler_run* one = runs_->oldest(); one; one = one->newer) {
        if (one->told_of)
            continue;
        if (now < one->long_from) {
            next = std::min(next, one->long_from);
            continue;
        }
        one->told_of = true;
        // The first of a handler, and then ever more rarely.
        const auto runs = one->handler->long_runs.fetch_add(1, std::memory_order_relaxed) + 1;
        if ((runs & (runs - 1)) == 0)
            services_.log.write(level::warning, "dispatch", shard_.index,
                                "a handler has been running for long: it may wait for something "
                                "that never comes; a deadline would end it",
                                {{"event", one->event_name()},
                                 {"handler", one->handler->name},
                                 {"place", one->handler->place},
                                 {"running_ms", now - one->started},
                                 {"long_runs", runs}});
    }
    if (cancelling_ || next == runtime_clock::time_point::max())
        return std::nullopt;
    return next;
}

task<> handler_runner::watch() {
    while (const auto next = name_long_runs()) {
        boost::system::error_code woken;
        watch_.expires_at(*next);
        co_await watch_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    }
    watched_ = false;
}

} // namespace strandcord
