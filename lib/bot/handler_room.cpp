// How many handlers run at once on a shard, and what happens when there are too many.

#include "bot/handler_runner.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace strandcord {

namespace asio = boost::asio;

void handler_runner::count_running(int by) noexcept {
    in_flight_ += static_cast<std::size_t>(by);
    services_.metrics->change(gauge::handlers_in_flight, by);
}

/// It takes part in no bound while it waits: nothing that it waits for may be held up by it.
void handler_runner::count_waiting(handler_run& run, bool begins) noexcept {
    const int by = begins ? 1 : -1;
    count_running(-by);
    waiting_ += static_cast<std::size_t>(by);
    services_.metrics->change(gauge::handlers_waiting, by);
    if (const auto line = turns_.find(run.handler->id); line != turns_.end())
        line->second.waiting += static_cast<std::size_t>(by);
    if (begins) {
        run.long_from = runtime_clock::time_point::max();
    } else {
        expect_end(run, runtime_clock::now());
        watch_over(run);
    }
    runs_->changed().cancel();
}

bool handler_runner::full() const noexcept {
    if (services_.options.when_full == overflow::pause_reading &&
        in_flight_ >= services_.options.in_flight)
        return true;
    return queued_ != 0 && std::any_of(turns_.begin(), turns_.end(), [this](const auto& line) {
               return holds_up_reading(line.second);
           });
}

void handler_runner::note_pause() {
    // The first, and then ever more rarely.
    if (++pauses_ != 1 && (pauses_ & (pauses_ - 1)) != 0)
        return;
    const handler_run* oldest = runs_->oldest();
    while (oldest && oldest->waits != 0)
        oldest = oldest->newer;
    if (!oldest)
        return;
    services_.log.write(level::warning, "dispatch", shard_.index,
                        "too many handlers are running: reading pauses until one ends; the oldest "
                        "is named here",
                        {{"in_flight", in_flight_},
                         {"queued", queued_},
                         {"pauses", pauses_},
                         {"event", oldest->event_name()},
                         {"handler", oldest->handler->name},
                         {"running_ms", runtime_clock::now() - oldest->started}});
}

task<> handler_runner::room() {
    if (full())
        note_pause();
    while (full()) {
        boost::system::error_code cancelled_by_change;
        runs_->changed().expires_at(timer::time_point::max());
        co_await runs_->changed().async_wait(
            asio::redirect_error(asio::use_awaitable, cancelled_by_change));
        renew_table(); // a handler may have been removed, and what waits for it is forgotten
    }
}

/// `whose` event it is that is lost.
void handler_runner::note_lost(const char* text, const bot_detail::registered& whose,
                               std::string_view event) {
    services_.metrics->add(counter::events_dropped);
    // The first, and then ever more rarely: a flood must not become a flood of log lines.
    if (++dropped_ == 1 || (dropped_ & (dropped_ - 1)) == 0)
        services_.log.write(level::warning, "dispatch", shard_.index, text,
                            {{"event", event},
                             {"handler", whose.name},
                             {"dropped", dropped_},
                             {"in_flight", in_flight_},
                             {"queued", queued_}});
}

bool handler_runner::make_room(const job& one) {
    if (in_flight_ < services_.options.in_flight ||
        services_.options.when_full == overflow::pause_reading)
        return true;
    // A handler that is slow to end after its cancellation still counts, up to as many again.
    const bool may_replace = services_.options.when_full == overflow::drop_oldest &&
                             in_flight_ < 2 * services_.options.in_flight;
    handler_run* oldest = may_replace ? runs_->oldest() : nullptr;
    while (oldest && (oldest->asked_to_end || oldest->waits != 0))
        oldest = oldest->newer;
    if (!oldest) {
        note_lost("too many handlers are running: an event was dropped", *one.what,
                  one.state->name);
        return false;
    }
    note_lost("too many handlers are running: the longest-running one was cancelled",
              *oldest->handler, oldest->event_name());
    services_.metrics->add(counter::handlers_cancelled);
    oldest->asked_to_end = true;
    oldest->child.cancel();
    return true;
}

} // namespace strandcord
