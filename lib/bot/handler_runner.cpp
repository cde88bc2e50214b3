#include "bot/handler_runner.hpp"

#include "bot/delivery_state.hpp"

#include <strandcord/events/session.hpp>

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace strandcord {

namespace asio = boost::asio;

namespace {

/// A shard on whose strand something runs this long without a wait is late with everything else.
constexpr std::chrono::milliseconds long_turn{100};

} // namespace

/// One handler under way: lives in the frame of `run_one`, so keeping the list costs no allocation.
struct handler_runner::running {
    handler_runner& owner;
    const bot_detail::registered& handler;
    std::string_view event;
    running* older;
    running* newer = nullptr;
    task_group::child child = {};
    runtime_clock::time_point started = {};
    bool asked_to_end = false;

    running(handler_runner& runner, const bot_detail::registered& what, std::string_view name)
        : owner{runner}, handler{what}, event{name}, older{runner.newest_} {
        (older ? older->newer : owner.oldest_) = this;
        owner.newest_ = this;
    }
    running(const running&) = delete;
    running& operator=(const running&) = delete;
    ~running() {
        (older ? older->newer : owner.oldest_) = newer;
        (newer ? newer->older : owner.newest_) = older;
    }
};

handler_runner::handler_runner(asio::any_io_executor strand, shard_id shard,
                               runner_services services)
    : shard_{shard}
    , services_{std::move(services)}
    , group_{strand}
    , changed_{strand, timer::time_point::max()} {}

bool handler_runner::full() const noexcept {
    return services_.options.when_full == overflow::pause_reading &&
           in_flight_ >= services_.options.in_flight;
}

void handler_runner::note_pause() {
    // The first, and then ever more rarely.
    if (++pauses_ != 1 && (pauses_ & (pauses_ - 1)) != 0)
        return;
    services_.log.write(level::warning, "dispatch", shard_.index,
                        "too many handlers are running: reading pauses until one ends; the oldest "
                        "is named here",
                        {{"in_flight", in_flight_},
                         {"pauses", pauses_},
                         {"event", oldest_->event},
                         {"handler", oldest_->handler.place},
                         {"running_ms", runtime_clock::now() - oldest_->started}});
}

task<> handler_runner::room() {
    if (full())
        note_pause();
    while (full()) {
        boost::system::error_code cancelled_by_ended;
        changed_.expires_at(timer::time_point::max());
        co_await changed_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled_by_ended));
    }
}

std::int64_t handler_runner::finished(std::int64_t received) const noexcept {
    if (services_.commit == session_commit::received)
        return received;
    return std::min(received, lowest_open_.load(std::memory_order_acquire) - 1);
}

void handler_runner::note_finished() noexcept {
    lowest_open_.store(finished_.lowest_open(), std::memory_order_release);
}

bool handler_runner::make_room() {
    if (in_flight_ < services_.options.in_flight ||
        services_.options.when_full == overflow::pause_reading)
        return true;
    // A handler that is slow to end after its cancellation still counts, up to as many again.
    const bool replaced = services_.options.when_full == overflow::drop_oldest &&
                          in_flight_ < 2 * services_.options.in_flight && cancel_oldest();
    services_.metrics->add(counter::events_dropped);
    // The first, and then ever more rarely: a flood must not become a flood of log lines.
    if (++dropped_ == 1 || (dropped_ & (dropped_ - 1)) == 0)
        services_.log.write(
            level::warning, "dispatch", shard_.index,
            replaced ? "too many handlers are running: the longest-running one was cancelled"
                     : "too many handlers are running: an event was dropped",
            {{"dropped", dropped_}, {"in_flight", in_flight_}});
    return replaced;
}

bool handler_runner::cancel_oldest() {
    for (running* one = oldest_; one; one = one->newer) {
        if (one->asked_to_end)
            continue;
        one->asked_to_end = true;
        services_.metrics->add(counter::handlers_cancelled);
        one->child.cancel();
        return true;
    }
    return false;
}

void handler_runner::start(std::shared_ptr<const bot_detail::registered> handler,
                           std::shared_ptr<detail::delivery_state> state, const void* object) {
    const std::string_view event = state->name; // its frame is kept by the caller
    const running* const newest_before = newest_;
    const bot_detail::registered& what = *handler; // kept by the table
    const auto before = runtime_clock::now();
    auto child = group_.spawn(run_one(std::move(handler), std::move(state), object));
    // On the strand a child runs at once; one that did not end has just linked itself in.
    if (newest_ != newest_before) {
        newest_->child = std::move(child);
        newest_->started = before;
    }
    if (const auto held_up = runtime_clock::now() - before; held_up >= long_turn)
        services_.log.write(level::warning, "dispatch", shard_.index,
                            "a handler held up its shard before its first wait; do such work on a "
                            "thread of its own",
                            {{"event", event}, {"handler", what.place}, {"held_up_ms", held_up}});
}

void handler_runner::on_dispatch(const gateway::dispatch& event) {
    if (const auto version = services_.registry->version.load(std::memory_order_acquire);
        version != table_version_) {
        table_ = services_.registry->snapshot();
        table_version_ = version;
    }
    if (event.type == ready::name) {
        finished_.new_session();
        note_finished();
    }
    const auto& handlers = table_->find(event.type);
    if (handlers.empty() || cancelling_)
        return;

    services_.metrics->add(counter::events_dispatched);
    auto state = std::make_shared<detail::delivery_state>(services_.rest);
    state->frame = event.frame;
    state->name = event.type;
    state->raw = event.data;
    state->sequence = event.sequence;
    state->shard = shard_;

    // Decode for all before the first one starts: the parser holds this frame only during this
    // call.
    std::vector<std::pair<std::shared_ptr<const bot_detail::registered>, const void*>> starting;
    starting.reserve(handlers.size());
    for (const auto& handler : handlers) {
        if (handler->removed.load(std::memory_order_acquire))
            continue;
        const void* object = nullptr;
        if (handler->what.type) {
            object = decode(*handler, *state, event);
            if (!object)
                continue;
        }
        starting.emplace_back(handler, object);
    }
    // Counted before the first starts, or one that ends at once would close the event's account.
    for (auto& [handler, object] : starting) {
        if (!make_room()) {
            object = nullptr;
            handler = nullptr;
            continue;
        }
        ++state->pending;
        ++in_flight_;
        services_.metrics->change(gauge::handlers_in_flight, 1);
    }
    if (state->pending != 0) {
        finished_.begin(state->place, event.sequence);
        note_finished();
    }
    for (auto& [handler, object] : starting) {
        if (!handler)
            continue;
        // An earlier handler of this event may have removed it.
        if (handler->removed.load(std::memory_order_acquire))
            settle(*state);
        else
            start(std::move(handler), state, object);
    }
}

const void* handler_runner::decode(const bot_detail::registered& handler,
                                   detail::delivery_state& state, const gateway::dispatch& event) {
    for (const auto& [type, object] : state.objects)
        if (type == handler.what.type)
            return object.get();
    auto object = handler.what.create();
    codec::decode_report problems;
    const auto failed = event.parser.decode_data(*handler.what.type, object.get(), problems);
    if (failed) {
        services_.metrics->add(counter::decode_errors);
        services_.log.write(
            level::warning, "dispatch", shard_.index,
            "an event's data is not an object, so its typed handlers were not called",
            {{"event", event.type}, {"seq", event.sequence}});
    } else if (!problems.empty()) {
        note_decode_problems(handler, event.type, problems);
    }
    state.objects.emplace_back(handler.what.type, failed ? nullptr : std::move(object));
    return state.objects.back().second.get();
}

void handler_runner::note_decode_problems(const bot_detail::registered& handler,
                                          std::string_view event,
                                          const codec::decode_report& report) {
    services_.metrics->add(counter::decode_errors, report.count);
    for (const auto& problem : report.problems) {
        // A server that sends ever new paths must not fill the memory.
        if (noted_.size() >= 1000 || !noted_.insert(std::string{event} + ' ' + problem.path).second)
            continue;
        services_.log.write(
            level::warning, "dispatch", shard_.index,
            "a field could not be decoded and keeps its default; the event was delivered",
            {{"event", event},
             {"field", problem.path},
             {"expected", problem.expected},
             {"handler", handler.place}});
    }
}

task<> handler_runner::run_one(std::shared_ptr<const bot_detail::registered> handler,
                               std::shared_ptr<detail::delivery_state> state, const void* object) {
    running here{*this, *handler, state->name};
    std::exception_ptr failure;
    {
        detail::event_slot slot;
        try {
            task<> body =
                handler->what.invoke(handler->what.fn.get(), slot, delivery{state, object});
            if (services_.options.deadline.count() == 0) {
                co_await std::move(body);
            } else {
                const bool finished =
                    co_await detail::finishes_within(std::move(body), services_.options.deadline);
                if (!finished) {
                    services_.metrics->add(counter::handlers_cancelled);
                    throw error{errc::timed_out,
                                "the handler ran longer than handlers.deadline and was cancelled"};
                }
            }
        } catch (...) {
            failure = std::current_exception();
        }
    }
    ended(here, *state, failure);
}

void handler_runner::ended(const running& here, detail::delivery_state& state,
                           std::exception_ptr failure) {
    if (failure) {
        handler_failure entry;
        entry.handler = here.handler.place;
        entry.exception = failure;
        bool cut = false;
        try {
            std::rethrow_exception(failure);
        } catch (const boost::system::system_error& e) {
            entry.what = e.what();
            // Asked for by us, and reported there.
            cut = (cancelling_ || here.asked_to_end) && e.code() == cause::cancelled;
        } catch (const std::exception& e) {
            entry.what = e.what();
        } catch (...) {
            entry.what = "an exception that is not a std::exception";
        }
        if (!cut)
            state.failures.push_back(std::move(entry));
        // What a full shard gave up is lost; what a stop interrupts is for the next process.
        state.cut_off = state.cut_off || (cut && !here.asked_to_end);
    }
    settle(state);
}

void handler_runner::settle(detail::delivery_state& state) {
    --in_flight_;
    services_.metrics->change(gauge::handlers_in_flight, -1);
    if (--state.pending == 0) {
        if (state.cut_off)
            finished_.cut_off(state.place);
        else
            finished_.end(state.place);
        note_finished();
        if (!state.failures.empty())
            report(state);
    }
    changed_.cancel();
}

void handler_runner::report(detail::delivery_state& state) {
    services_.metrics->add(counter::handler_errors, state.failures.size());
    for (const auto& failure : state.failures)
        services_.log.write(level::error, "dispatch", shard_.index, "a handler failed",
                            {{"event", state.name},
                             {"seq", state.sequence},
                             {"handler", failure.handler},
                             {"error", failure.what}});
    const auto on_error = services_.registry->error_handler();
    if (!on_error || !*on_error)
        return;
    event_failures aggregate{std::string{state.name}, state.shard, state.sequence,
                             std::move(state.failures)};
    try {
        (*on_error)(aggregate);
    } catch (const std::exception& e) {
        services_.log.write(level::error, "dispatch", shard_.index, "the on_error function threw",
                            {{"error", e.what()}});
    } catch (...) {
        services_.log.write(level::error, "dispatch", shard_.index, "the on_error function threw");
    }
}

task<> handler_runner::drain(std::chrono::nanoseconds grace) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto until = runtime_clock::now() + grace;
    auto cancellation = co_await asio::this_coro::cancellation_state;
    while (in_flight_ != 0 && runtime_clock::now() < until &&
           cancellation.cancelled() == asio::cancellation_type::none) {
        boost::system::error_code woken;
        changed_.expires_at(until);
        co_await changed_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        cancellation = co_await asio::this_coro::cancellation_state;
    }
    cancelling_ = true;
    for (const running* one = oldest_; one; one = one->newer) {
        if (one->asked_to_end)
            continue;
        services_.metrics->add(counter::handlers_cancelled);
        services_.log.write(level::warning, "dispatch", shard_.index,
                            "a handler was still running when the bot stopped and was cancelled",
                            {{"event", one->event}, {"handler", one->handler.place}});
    }
    group_.cancel();
    co_await group_.join();
}

} // namespace strandcord
