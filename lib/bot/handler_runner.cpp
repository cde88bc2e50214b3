#include "bot/handler_runner.hpp"

#include "bot/handler_call.hpp"
#include "bot/order_key.hpp"

#include <strandcord/events/session.hpp>

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace strandcord {

namespace asio = boost::asio;

handler_runner::handler_runner(asio::any_io_executor strand, shard_id shard,
                               runner_services services)
    : shard_{shard}
    , services_{std::move(services)}
    , cache_{services_.cache, shard}
    , decoder_{shard.index, services_.log, services_.metrics}
    , group_{strand}
    , place_{std::make_shared<const watched_place>(strand)}
    , changed_{strand, timer::time_point::max()} {}

handler_runner::~handler_runner() {
    // Only a context that was destroyed leaves any.
    while (oldest_)
        oldest_->leave_runner();
}

std::int64_t handler_runner::finished(std::int64_t received) const noexcept {
    if (services_.commit == session_commit::received)
        return received;
    return std::min(received, lowest_open_.load(std::memory_order_acquire) - 1);
}

void handler_runner::note_finished() noexcept {
    lowest_open_.store(finished_.lowest_open(), std::memory_order_release);
}

void handler_runner::renew_table() {
    const auto version = services_.registry->version.load(std::memory_order_acquire);
    if (version == table_version_)
        return;
    table_ = services_.registry->snapshot();
    table_version_ = version;
    forget_removed();
}

handler_runner::event_state handler_runner::begin(const gateway::dispatch& event) {
    auto state = std::make_shared<detail::delivery_state>(services_.rest);
    state->frame = event.frame;
    state->name = event.type;
    state->raw = event.data();
    state->sequence = event.sequence;
    state->shard = shard_;
    state->before = std::move(before_);
    state->decoded = runtime_clock::now();
    const bool known = event.received != runtime_clock::time_point{};
    state->received = known ? event.received : state->decoded;
    if (known)
        services_.metrics->observe(timing::event_inflate, state->decoded - state->received);
    return state;
}

void handler_runner::feed(const gateway::dispatch& event, event_state& state) {
    for (const auto& one : services_.registry->listeners->of(event.type)) {
        if (!state)
            state = begin(event);
        const auto& what = one->what();
        const void* object = nullptr;
        if (what.type) {
            object = decoder_.decode(what, "wait_for", *state, event);
            if (!object)
                continue;
        }
        one->offer(delivery{state, object});
    }
}

/// Decodes for all before the first one starts: the parser holds this frame only during this call.
void handler_runner::plan(const bot_detail::handler_list& handlers, const gateway::dispatch& event,
                          const event_state& state, std::vector<job>& jobs) {
    for (const auto& what : handlers) {
        if (what->removed.load(std::memory_order_acquire))
            continue;
        job one{what, state};
        if (what->call.what.type) {
            one.object = decoder_.decode(what->call.what, what->name, *state, event);
            if (!one.object)
                continue;
        }
        if (what->how.order != order_by::none)
            one.key = bot_detail::order_key(what->how.order, event.type, event.parser);
        jobs.push_back(std::move(one));
    }
    if (state->objects.empty())
        return;
    const auto now = runtime_clock::now();
    services_.metrics->observe(timing::event_decode, now - state->decoded);
    state->decoded = now;
}

bool handler_runner::reads(std::string_view type) {
    renew_table();
    const auto& listeners = *services_.registry->listeners;
    return cache_.concerned_by(type) || !table_->find(type).empty() ||
           (listeners.any() && !listeners.of(type).empty());
}

void handler_runner::on_dispatch(const gateway::dispatch& event) {
    renew_table();
    if (event.type == ready::name) {
        finished_.new_session();
        note_finished();
    }
    before_.clear();
    if (const auto* const effect = cache_.concerned_by(event.type))
        before_ = cache_.apply(*effect, event.parser.data(), runtime_clock::now());
    if (cancelling_)
        return;
    const auto& handlers = table_->find(event.type);
    event_state state;
    if (services_.registry->listeners->any())
        feed(event, state);
    if (handlers.empty())
        return;

    services_.metrics->add(counter::events_dispatched);
    if (!state)
        state = begin(event);
    auto jobs = std::exchange(jobs_, {});
    plan(handlers, event, state, jobs);
    // Counted before the first starts, or one that ends at once would close the event's account.
    std::erase_if(jobs, [this](job& one) { return !admit(one); });
    if (state->pending != 0) {
        finished_.begin(state->place, event.sequence);
        note_finished();
    }
    starting_ = true;
    auto now = state->decoded;
    for (auto& one : jobs) {
        start(std::move(one), now);
        now = {};
    }
    starting_ = false;
    jobs.clear();
    jobs_ = std::move(jobs);
    start_those_whose_turn_it_is();
}

void handler_runner::link(handler_run& run) noexcept {
    run.older = newest_;
    (newest_ ? newest_->newer : oldest_) = &run;
    newest_ = &run;
}

void handler_runner::unlink(handler_run& run) noexcept {
    (run.older ? run.older->newer : oldest_) = run.newer;
    (run.newer ? run.newer->older : newest_) = run.older;
    run.older = run.newer = nullptr;
}

/// What counts as running starts; `now` may be nothing.
void handler_runner::start(job one, runtime_clock::time_point now) {
    // An earlier handler of this event may have removed it.
    if (one.what->removed.load(std::memory_order_acquire)) {
        count_running(-1);
        end_turn(*one.what, one.key);
        settle(one.state, {});
        return;
    }
    one.what->begun.fetch_add(1, std::memory_order_relaxed);
    const auto run = std::make_shared<handler_run>(*this, std::move(one.what), std::move(one.state),
                                                   one.object, one.key, services_.log);
    run->calls = one.calls;
    run->started = now == runtime_clock::time_point{} ? runtime_clock::now() : now;
    link(*run);
    const asio::any_io_executor own = watched_executor{run};
    // On the strand a child runs at once.
    auto child = group_.spawn_on(own, run_one(run));
    if (run->runs())
        run->child = std::move(child);
}

task<> handler_runner::run_one(std::shared_ptr<handler_run> run) {
    const auto around = table_->around();
    const auto& how = run->handler->how;
    const auto limit = how.deadline.count() != 0 ? how.deadline : services_.options.deadline;
    std::exception_ptr failure;
    for (;; ++run->calls) {
        failure = nullptr;
        try {
            detail::handler_call call{*run->handler, around.get(),
                                      delivery{run->state, run->object}};
            task<> body = call.begin();
            if (limit.count() == 0) {
                co_await std::move(body);
            } else {
                const bool in_time = co_await detail::finishes_within(std::move(body), limit);
                if (!in_time) {
                    services_.metrics->add(counter::handlers_cancelled);
                    throw error{errc::timed_out,
                                "the handler ran longer than its deadline and was cancelled"};
                }
            }
        } catch (...) {
            failure = std::current_exception();
        }
        if (!failure || !call_again(*run, failure))
            break;
        if (how.retry_after.count() == 0)
            continue;
        try {
            co_await sleep_for(how.retry_after);
        } catch (const boost::system::system_error&) {
            failure = std::current_exception(); // cut off, and not told of as a failure
            break;
        }
    }
    ended(*run, std::move(failure));
}

void handler_runner::ended(handler_run& run, std::exception_ptr failure) {
    const auto now = runtime_clock::now();
    services_.metrics->observe(timing::handler_run, now - run.started);
    const handler what = run.handler;
    const event_state state = run.state;
    // Something that it started and left behind may still wait.
    if (run.waits != 0)
        count_waiting(run, false);
    if (failure)
        note_failure(run, failure);
    run.leave_runner();
    count_running(-1);
    what->ended.fetch_add(1, std::memory_order_release);
    end_turn(*what, run.key);
    settle(state, now);
    start_those_whose_turn_it_is();
    changed_.cancel();
}

/// One handler less that the event waits for; `now` is when it ended, if it ran.
void handler_runner::settle(const event_state& state, runtime_clock::time_point now) {
    if (--state->pending == 0 && !state->failures.empty())
        report(state); // some may be called again
    if (state->pending != 0)
        return;
    if (now != runtime_clock::time_point{})
        services_.metrics->observe(timing::event_total, now - state->received);
    if (state->cut_off)
        finished_.cut_off(state->place);
    else
        finished_.end(state->place);
    note_finished();
}

task<> handler_runner::quiet() {
    while (in_flight_ + waiting_ + queued_ != 0) {
        boost::system::error_code woken;
        changed_.expires_at(timer::time_point::max());
        co_await changed_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    }
    co_await group_.join(); // the last one has said that it ends, and does
}

task<> handler_runner::drain(std::chrono::nanoseconds grace) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto until = runtime_clock::now() + grace;
    auto cancellation = co_await asio::this_coro::cancellation_state;
    while (in_flight_ + waiting_ + queued_ != 0 && runtime_clock::now() < until &&
           cancellation.cancelled() == asio::cancellation_type::none) {
        boost::system::error_code woken;
        changed_.expires_at(until);
        co_await changed_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        cancellation = co_await asio::this_coro::cancellation_state;
    }
    cancelling_ = true;
    give_up_queued();
    for (const handler_run* one = oldest_; one; one = one->newer) {
        if (one->asked_to_end)
            continue;
        services_.metrics->add(counter::handlers_cancelled);
        services_.log.write(level::warning, "dispatch", shard_.index,
                            "a handler was still running when the bot stopped and was cancelled",
                            {{"event", one->event_name()}, {"handler", one->handler->name}});
    }
    group_.cancel();
    co_await group_.join();
}

} // namespace strandcord
