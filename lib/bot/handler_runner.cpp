#include "bot/handler_runner.hpp"

#include "bot/handler_call.hpp"
#include "bot/order_key.hpp"

#include <strandcord/events/session.hpp>

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <iterator>

namespace strandcord {

namespace asio = boost::asio;

handler_runner::handler_runner(asio::any_io_executor strand, shard_id shard,
                               runner_services services)
    : shard_{shard}
    , services_{std::move(services)}
    , cache_{services_.cache, shard}
    , decoder_{shard.index, services_.log, services_.metrics, services_.registry->noted}
    , group_{strand}
    , place_{std::make_shared<const watched_place>(strand)}
    , runs_{std::make_shared<bot_detail::shard_runs>(strand)}
    , watch_{strand, timer::time_point::max()} {
    services_.registry->attach(runs_);
}

handler_runner::~handler_runner() {
    // Only a context that was destroyed leaves any.
    while (handler_run* const one = runs_->oldest())
        one->leave_runner();
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
    if (!bot_detail::is_own(event.type)) {
        state->before = before_;
    } else if (const snowflake about = event.parser.data_id("id")) {
        // It explains the last one of Discord's, or a part of it: a guild among others.
        std::copy_if(before_.begin(), before_.end(), std::back_inserter(state->before),
                     [about](const cache::old_object& one) { return one.guild == about; });
    }
    return state;
}

/// The cache takes each event before anybody hears of it.
void handler_runner::change_cache(const gateway::dispatch& event, const cache::effect* effect,
                                  runtime_clock::time_point now) {
    if (bot_detail::is_own(event.type))
        return;
    before_.clear();
    if (!effect)
        return;
    before_ = cache_.apply(*effect, event.parser.data(), now);
    if (!cache_.problems().empty())
        decoder_.note("the cache", event.type, cache_.problems());
}

/// For those who wait. What is decoded for them is measured with the rest, what they make of it is
/// not.
std::vector<handler_runner::offer> handler_runner::plan(const waiting_list& waiting,
                                                        const gateway::dispatch& event,
                                                        const event_state& state) {
    std::vector<offer> offers;
    for (const auto& one : waiting) {
        const auto& what = one->what();
        const void* const object =
            what.type ? decoder_.decode(what, "wait_for", *state, event) : nullptr;
        if (object || !what.type)
            offers.push_back({one, object});
    }
    return offers;
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
    const auto* const effect = cache_.concerned_by(event.type);
    const auto& handlers = table_->find(event.type);
    const auto& listeners = *services_.registry->listeners;
    const auto waiting = listeners.any() ? listeners.of(event.type) : waiting_list{};
    const bool heard = !handlers.empty() || !waiting.empty();
    const auto scanned = effect || heard ? runtime_clock::now() : runtime_clock::time_point{};
    change_cache(event, effect, scanned);
    if (cancelling_ || !heard)
        return;

    const auto state = begin(event);
    const bool timed = event.received != runtime_clock::time_point{};
    state->received = timed ? event.received : scanned;
    const auto cached = effect ? runtime_clock::now() : scanned;
    const auto offers = plan(waiting, event, state);
    auto jobs = std::exchange(jobs_, {});
    plan(handlers, event, state, jobs);
    state->decoded = state->objects.empty() ? cached : runtime_clock::now();
    if (!handlers.empty()) {
        services_.metrics->add(counter::events_dispatched);
        if (timed)
            services_.metrics->observe(timing::event_inflate, scanned - event.received);
        if (!state->objects.empty())
            services_.metrics->observe(timing::event_decode, state->decoded - cached);
    }
    for (const offer& one : offers)
        one.to->offer(delivery{state, one.object});
    if (!offers.empty())
        state->decoded = runtime_clock::now();
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
    runs_->add(*run);
    expect_end(*run, run->started);
    const asio::any_io_executor own = watched_executor{run};
    // On the strand a child runs at once.
    auto child = group_.spawn_on(own, run_one(run));
    if (!run->runs())
        return;
    run->child = std::move(child);
    watch_over(*run);
}

/// Zero: none.
std::chrono::milliseconds handler_runner::limit_of(const handler_run& run) const noexcept {
    const auto own = run.handler->how.deadline;
    return own.count() != 0 ? own : services_.options.deadline;
}

task<> handler_runner::run_one(std::shared_ptr<handler_run> run) {
    const auto around = table_->around();
    const auto& how = run->handler->how;
    const auto limit = limit_of(*run);
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
        expect_end(*run, runtime_clock::now() + how.retry_after);
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
    runs_->changed().cancel();
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
        runs_->changed().expires_at(timer::time_point::max());
        co_await runs_->changed().async_wait(asio::redirect_error(asio::use_awaitable, woken));
    }
    watch_.cancel();        // nobody is left to watch over
    co_await group_.join(); // the last one has said that it ends, and does
}

task<> handler_runner::drain(std::chrono::nanoseconds grace) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto until = runtime_clock::now() + grace;
    auto cancellation = co_await asio::this_coro::cancellation_state;
    while (in_flight_ + waiting_ + queued_ != 0 && runtime_clock::now() < until &&
           cancellation.cancelled() == asio::cancellation_type::none) {
        boost::system::error_code woken;
        runs_->changed().expires_at(until);
        co_await runs_->changed().async_wait(asio::redirect_error(asio::use_awaitable, woken));
        cancellation = co_await asio::this_coro::cancellation_state;
    }
    cancelling_ = true;
    give_up_queued();
    for (const handler_run* one = runs_->oldest(); one; one = one->newer) {
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
