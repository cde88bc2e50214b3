// What becomes of handlers that fail: called again if they asked for it, else told of together.

#include "bot/handler_runner.hpp"

#include "core/failure.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace strandcord {

/// By its own option.
bool handler_runner::call_again(const handler_run& run, const std::exception_ptr& failure) {
    const bool ends =
        cancelling_ || run.asked_to_end || run.handler->removed.load(std::memory_order_acquire);
    if (ends || run.calls > run.handler->how.retries)
        return false;
    services_.metrics->add(counter::handler_retries);
    services_.log.write(level::warning, "dispatch", shard_.index,
                        "a handler failed and is called again",
                        {{"event", run.event_name()},
                         {"seq", run.state->sequence},
                         {"handler", run.handler->name},
                         {"calls", run.calls},
                         {"error", in_words(failure)}});
    return true;
}

void handler_runner::note_failure(const handler_run& run, const std::exception_ptr& failure) {
    // Asked for by us, and reported there.
    const bool cut = (cancelling_ || run.asked_to_end) && is_cancellation(failure);
    if (!cut) {
        detail::failed_run failed;
        failed.report.handler = run.handler->name;
        failed.report.what = in_words(failure);
        failed.report.exception = failure;
        failed.report.calls = run.calls;
        failed.handler = run.handler;
        failed.object = run.object;
        failed.key = run.key;
        run.handler->failures.fetch_add(1, std::memory_order_relaxed);
        run.state->failures.push_back(std::move(failed));
    }
    // What a full shard gave up is lost; what a stop interrupts is for the next process.
    run.state->cut_off = run.state->cut_off || (cut && !run.asked_to_end);
}

void handler_runner::report(const event_state& state) {
    auto failed = std::exchange(state->failures, {});
    services_.metrics->add(counter::handler_errors, failed.size());
    event_failures aggregate{std::string{state->name}, state->shard, state->sequence, {}};
    for (auto& one : failed) {
        services_.log.write(level::error, "dispatch", shard_.index, "a handler failed",
                            {{"event", state->name},
                             {"seq", state->sequence},
                             {"handler", one.report.handler},
                             {"error", one.report.what}});
        aggregate.failures.push_back(std::move(one.report));
    }
    const auto on_error = services_.registry->error_handler();
    if (!on_error || !*on_error)
        return;
    try {
        (*on_error)(aggregate);
    } catch (const std::exception& e) {
        services_.log.write(level::error, "dispatch", shard_.index, "the on_error function threw",
                            {{"error", e.what()}});
    } catch (...) {
        services_.log.write(level::error, "dispatch", shard_.index, "the on_error function threw");
    }
    for (std::size_t i = 0; i < failed.size() && i < aggregate.failures.size(); ++i)
        if (aggregate.failures[i].retry) {
            failed[i].report.calls = aggregate.failures[i].calls;
            retry(state, failed[i]);
        }
}

/// By `on_error`: behind what waits already.
void handler_runner::retry(const event_state& state, const detail::failed_run& failed) {
    if (cancelling_ || failed.handler->removed.load(std::memory_order_acquire))
        return;
    services_.metrics->add(counter::handler_retries);
    job one{failed.handler, state, failed.object, failed.key, failed.report.calls + 1};
    if (!admit(one))
        return;
    again_.push_back(std::move(one));
    // Not from here: a handler that fails at once, and is always called again, must let others run.
    if (again_.size() == 1)
        group_.spawn(start_again());
}

task<> handler_runner::start_again() {
    co_await boost::asio::post(boost::asio::use_awaitable);
    starting_ = true;
    for (auto& one : std::exchange(again_, {}))
        start(std::move(one), {});
    starting_ = false;
    start_those_whose_turn_it_is();
    runs_->changed().cancel(); // one that was removed meanwhile has left without a start
}

} // namespace strandcord
