#include "shards/shard_set.hpp"

#include "core/random.hpp"
#include "runtime/run_on.hpp"
#include "shards/crossing.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <utility>

namespace asio = boost::asio;

namespace strandcord::shards {
namespace {

task<> set_crossing(std::shared_ptr<relay> events, std::shared_ptr<crossing> via, side mine,
                    bool running) {
    events->cross(via, mine);
    // One that has ended would not hear that a guild was left.
    if (via && running)
        via->on_served(events->guilds());
    co_return;
}

/// Who still asks a shard of a set that is gone keeps what the shard delivers to.
struct shard_and_sink {
    shard_and_sink(std::shared_ptr<relay> sink, const asio::any_io_executor& strand,
                   gateway::session_settings settings, gateway::shard_services services)
        : events{std::move(sink)}, shard{strand, std::move(settings), std::move(services)} {}

    std::shared_ptr<relay> events;
    gateway::shard shard;
};

} // namespace

shard_set::shard_set(set_services with, planner plan, std::string url)
    : with_{std::move(with)}
    , plan_{std::move(plan)}
    , url_{std::move(url)}
    , children_{with_.strand} {}

void shard_set::make(std::shared_ptr<crossing> via) {
    std::vector<std::unique_ptr<entry>> made;
    for (const shard_id which : plan_.shards()) {
        made.push_back(make_entry(which, via ? std::nullopt : kept_session(which)));
        if (via)
            made.back()->events->cross(via, side::new_set);
    }
    const std::lock_guard lock{mutex_};
    entries_ = std::move(made);
}

std::optional<resume_point> shard_set::kept_session(shard_id which) const {
    const auto& kept = with_.settings->resume;
    const auto found = std::find_if(kept.begin(), kept.end(),
                                    [which](const auto& point) { return point.shard == which; });
    return found == kept.end() ? std::nullopt : std::optional{*found};
}

std::unique_ptr<shard_set::entry> shard_set::make_entry(shard_id which,
                                                        std::optional<resume_point> resume) {
    auto out = std::make_unique<entry>();
    out->id = which;
    out->strand = asio::make_strand(with_.executor);
    auto ready = [self = weak_from_this(), home = with_.strand, index = which.index] {
        asio::post(home, [self, index] {
            if (const auto alive = self.lock()) {
                alive->plan_.on_ready(index);
                alive->with_.changed();
            }
        });
    };
    out->events = std::make_shared<relay>(
        out->strand, which.index, with_.services->make_sink(which, out->strand),
        with_.settings->intents.has(intent::guilds), std::move(ready));
    out->shard = make_shard(*out, std::move(resume));
    return out;
}

std::shared_ptr<gateway::shard> shard_set::make_shard(const entry& of,
                                                      std::optional<resume_point> resume) const {
    const auto& settings = *with_.settings;
    gateway::session_settings session;
    session.token = settings.token;
    session.intents = settings.intents;
    session.shard = of.id;
    session.gateway_url = url_;
    session.options = settings.gateway;
    if (settings.presence)
        session.presence = [give = settings.presence, which = of.id] { return give(which); };
    session.log = settings.log;
    session.may_ask_url = settings.gateway_url.empty();
    session.resume = std::move(resume);
    session.token_hash = settings.token_hash;

    const auto& services = *with_.services;
    gateway::shard_services with;
    with.net = services.net;
    with.metrics = services.metrics;
    with.sink = of.events.get();
    with.gate = services.gate.get();
    with.jitter = services.jitter ? services.jitter : random_fractions();
    with.ask_url = with_.ask_url;
    with.on_session_changed = services.on_session_changed;
    const auto made =
        std::make_shared<shard_and_sink>(of.events, of.strand, std::move(session), std::move(with));
    return {made, &made->shard};
}

shard_set::entry* shard_set::find(int index) noexcept {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [index](const auto& one) { return one->id.index == index; });
    return found == entries_.end() ? nullptr : found->get();
}

void shard_set::start_due() {
    while (const auto which = plan_.next())
        start(*find(which->index));
}

void shard_set::start(entry& one) {
    one.running = true;
    ++running_;
    children_.spawn(run_on(one.strand, run(one.events, one.shard)),
                    [this, &one](std::exception_ptr why) { on_end(one, std::move(why)); });
}

task<> shard_set::run(std::shared_ptr<relay> events, std::shared_ptr<gateway::shard> shard) {
    task_group beside{events->strand()};
    beside.spawn(events->watch());
    std::exception_ptr failure;
    try {
        co_await shard->run();
    } catch (...) {
        failure = std::current_exception();
    }
    co_await asio::this_coro::throw_if_cancelled(false);
    beside.cancel();
    co_await beside.join();
    if (failure)
        std::rethrow_exception(failure);
}

void shard_set::on_end(entry& one, std::exception_ptr why) {
    one.running = false;
    one.ending = false;
    --running_;
    plan_.on_ended(one.id.index, why != nullptr);
    if (why)
        with_.failed(*this, std::move(why));
    else if (std::exchange(one.again, false))
        renew(one);
    with_.changed();
}

// What ran once does not run again: a new shard takes its place, with the same events and strand.
void shard_set::renew(entry& one) {
    auto fresh = make_shard(one, std::nullopt);
    {
        const std::lock_guard lock{mutex_};
        one.shard = std::move(fresh);
    }
    start(one);
}

template <class Function>
void shard_set::tell(const entry& one, Function what) const {
    asio::post(one.strand, [shard = one.shard, what = std::move(what)] { what(*shard); });
}

void shard_set::stop(bool keep_sessions) {
    plan_.stop();
    for (const auto& one : entries_) {
        one->again = false;
        // Also to one that has not started: somebody may wait for its answer.
        if (one->shard)
            tell(*one, [keep_sessions](gateway::shard& shard) { shard.stop(keep_sessions); });
    }
}

void shard_set::start_one(int index) {
    auto* const one = find(index);
    if (!one || plan_.is_stopped())
        return;
    if (!plan_.was_started(index)) {
        plan_.unskip(index); // it starts when its turn comes
        with_.changed();
    } else if (!one->running) {
        renew(*one);
    } else if (one->ending) {
        one->again = true;
    }
}

void shard_set::stop_one(int index) {
    auto* const one = find(index);
    if (!one)
        return;
    plan_.skip(index);
    if (!one->running)
        return;
    one->ending = true;
    one->again = false;
    tell(*one, [](gateway::shard& shard) { shard.stop(false); });
}

void shard_set::restart_one(int index) {
    stop_one(index);
    start_one(index);
}

void shard_set::reconnect_one(int index) {
    const auto* const one = find(index);
    if (one && one->running)
        tell(*one, [](gateway::shard& shard) { shard.reconnect(); });
}

bool shard_set::submit(int index, const std::string& payload) {
    const auto* const one = find(index);
    if (one)
        tell(*one, [payload, log = with_.settings->log, index](gateway::shard& shard) {
            if (const error_code refused = shard.submit(payload))
                log.write(level::warning, "shards", index, "A payload was not taken.",
                          {{"error", refused.message()}});
        });
    return one != nullptr;
}

void shard_set::broadcast(const std::string& payload) {
    for (const auto& one : entries_)
        submit(one->id.index, payload);
}

task<> shard_set::cross(std::shared_ptr<shard_set> self, std::shared_ptr<crossing> via, side mine) {
    for (const auto& one : self->entries_) {
        task<> setting = set_crossing(one->events, via, mine, one->running);
        co_await run_on(one->strand, std::move(setting));
    }
}

void shard_set::retire() {
    const std::lock_guard lock{mutex_};
    for (const auto& one : entries_)
        one->shard.reset();
}

task<> shard_set::quiet(std::shared_ptr<shard_set> self) {
    for (const auto& one : self->entries_) {
        task<> waiting = one->events->quiet();
        co_await run_on(one->strand, std::move(waiting));
    }
}

std::vector<resume_point> shard_set::resumable() const {
    const std::lock_guard lock{mutex_};
    std::vector<resume_point> out;
    for (const auto& one : entries_)
        if (one->shard)
            if (auto point = one->shard->resumable())
                out.push_back(std::move(*point));
    return out;
}

std::shared_ptr<gateway::shard> shard_set::shard_at(int index) const {
    const std::lock_guard lock{mutex_};
    for (const auto& one : entries_)
        if (one->id.index == index)
            return one->shard;
    return nullptr;
}

std::vector<shard_status> shard_set::status() const {
    const std::lock_guard lock{mutex_};
    std::vector<shard_status> out;
    for (const auto& one : entries_)
        if (one->shard)
            one->events->describe(out.emplace_back(one->shard->status()));
    return out;
}

} // namespace strandcord::shards
