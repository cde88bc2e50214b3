#include "shards/manager_impl.hpp"

#include "core/random.hpp"
#include "runtime/backoff.hpp"
#include "runtime/run_on.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace asio = boost::asio;

namespace strandcord::shards {
namespace {

using namespace std::chrono_literals;

/// Shards that lose their connections together ask for the URL together: one answer serves them
/// all.
constexpr auto url_shared_for = 5s;
constexpr int every_shard = -1;

gateway::identify_limits limits_of(const gateway_bot& info) {
    gateway::identify_limits out;
    out.max_concurrency = std::max(info.session_start_limit.max_concurrency, 1);
    out.total = info.session_start_limit.total;
    out.remaining = info.session_start_limit.remaining;
    out.reset_after = std::chrono::milliseconds{info.session_start_limit.reset_after};
    return out;
}

} // namespace

manager::impl::impl(asio::any_io_executor where, manager_settings given, manager_services with)
    : executor{std::move(where)}
    , strand{asio::make_strand(executor)}
    , settings{std::move(given)}
    , services{std::move(with)}
    , jitter{services.jitter ? services.jitter : random_fractions()}
    , url{settings.gateway_url}
    , children{strand}
    , changed{strand}
    , reshard_changed{strand}
    , asked{strand, timer::time_point::max()} {
    check_plan(settings.plan);
    if (!services.gate)
        services.gate = own_gate = std::make_shared<gateway::queue_gate>(settings.log);
}

task<> manager::impl::serve(std::shared_ptr<impl> self) {
    // A cancellation is looked at, not thrown: shards are joined whatever happens.
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    if (!self->stopping) {
        self->preparing = true;
        self->preparation =
            self->children.spawn(self->prepare(), [&here = *self](std::exception_ptr why) {
                here.preparing = false;
                if (why && !here.stopping)
                    here.fail(std::move(why));
                here.touch();
            });
    }
    for (;;) {
        self->dirty = false;
        if (cancellation.cancelled() != asio::cancellation_type::none)
            self->begin_stop(false);
        if (self->current)
            self->current->start_due();
        if (self->over())
            break;
        if (self->dirty)
            continue;
        self->changed.expires_at(timer::time_point::max());
        co_await self->changed.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    self->children.cancel();
    co_await self->children.join();
    for (const auto& set : {self->current, self->other})
        if (set)
            co_await set->join();
    if (self->failure)
        std::rethrow_exception(self->failure);
}

task<> manager::impl::prepare() {
    planner plan{settings.plan};
    if (url.empty() || settings.plan.is_automatic()) {
        const gateway_bot info = co_await ask_until_answered();
        plan.on_gateway_bot(info);
        on_gateway_bot(info);
    } else {
        plan.on_no_limits();
    }
    // The answer may have been on its way already when the stop came.
    if (!stopping)
        start_first_set(std::move(plan));
}

void manager::impl::on_gateway_bot(const gateway_bot& info) {
    if (own_gate)
        own_gate->update(limits_of(info));
    if (settings.gateway_url.empty())
        url = info.url;
    url_known_at = runtime_clock::now();
}

std::shared_ptr<shard_set> manager::impl::make_set(planner plan) {
    set_services with;
    with.executor = executor;
    with.strand = strand;
    with.settings = &settings;
    with.services = &services;
    const std::weak_ptr<impl> self = weak_from_this();
    with.ask_url = [self] { return ask_url(self.lock()); };
    with.changed = [this] { touch(); };
    with.failed = [this](const shard_set& set, std::exception_ptr why) {
        on_failure(set, std::move(why));
    };
    return std::make_shared<shard_set>(std::move(with), std::move(plan), url);
}

void manager::impl::start_first_set(planner plan) {
    auto made = make_set(std::move(plan));
    made->make(nullptr);
    warn_of_foreign_sessions(made->ids());
    if (!made->plan().warning().empty())
        settings.log.write(level::warning, "shards", std::nullopt, made->plan().warning());
    const auto& ids = made->ids();
    settings.log.write(level::info, "shards", std::nullopt,
                       "The shards are planned; the first starts alone.",
                       {{"shards", ids.size()},
                        {"first", ids.front().index},
                        {"last", ids.back().index},
                        {"of", ids.front().count}});
    {
        const std::lock_guard lock{mutex};
        current = std::move(made);
        settings.resume.clear(); // the shards have theirs; one made later begins anew
    }
    for (const auto& [index, payload] : std::exchange(early, {}))
        deliver(index, payload);
    if (settings.autoscale_every > std::chrono::nanoseconds{})
        children.spawn(autoscale_at_times(shared_from_this()));
}

task<gateway_bot> manager::impl::ask_until_answered() {
    for (int attempt = 1;; ++attempt) {
        std::optional<error> refused;
        try {
            task<gateway_bot> asking_now = services.ask_gateway_bot();
            gateway_bot info = co_await std::move(asking_now);
            co_return info;
        } catch (const boost::system::system_error&) {
            refused = detail::current_error();
        }
        if (!may_pass(*refused))
            throw *refused;
        task<> waiting = wait_to_ask_again(
            attempt, *refused, "Discord did not say where the gateway is; it is asked again.");
        co_await std::move(waiting);
    }
}

bool manager::impl::may_pass(const error& why) noexcept {
    const auto& code = why.code();
    return code == cause::retryable || code == cause::timed_out || code == cause::rate_limited;
}

task<> manager::impl::wait_to_ask_again(int attempt, const error& refused, std::string_view what) {
    auto wait = backoff(attempt, jitter());
    if (const auto& asked_for = refused.details().retry_after)
        wait = std::max<runtime_clock::duration>(wait, *asked_for);
    settings.log.write(level::warning, "shards", std::nullopt, what,
                       {{"error", refused.what()}, {"wait_ms", wait}});
    co_await sleep_for(wait);
}

task<std::string> manager::impl::ask_url(std::shared_ptr<impl> self) {
    const auto where = self->strand;
    std::string answer = co_await run_on(where, fresh_url(std::move(self)));
    co_return answer;
}

task<std::string> manager::impl::fresh_url(std::shared_ptr<impl> self) {
    struct turn {
        explicit turn(std::shared_ptr<impl> whose) : owner{std::move(whose)} {
            owner->asking = true;
        }
        turn(const turn&) = delete;
        turn& operator=(const turn&) = delete;
        ~turn() {
            owner->asking = false;
            owner->asked.cancel();
        }
        std::shared_ptr<impl> owner;
    };

    while (self->asking)
        co_await self->asked.async_wait(asio::as_tuple(asio::use_awaitable));
    if (runtime_clock::now() - self->url_known_at < url_shared_for)
        co_return self->url;
    const turn mine{self};
    task<gateway_bot> asking_now = self->services.ask_gateway_bot();
    const gateway_bot info = co_await std::move(asking_now);
    self->on_gateway_bot(info);
    co_return self->url;
}

void manager::impl::warn_of_foreign_sessions(const std::vector<shard_id>& here) const {
    const auto foreign = [&here](const resume_point& point) {
        return std::find(here.begin(), here.end(), point.shard) == here.end();
    };
    const auto& given = settings.resume;
    const auto first = std::find_if(given.begin(), given.end(), foreign);
    if (first == given.end())
        return;
    settings.log.write(level::warning, "shards", std::nullopt,
                       "Kept sessions are of shards that do not run here; new ones are started.",
                       {{"sessions", std::count_if(first, given.end(), foreign)},
                        {"index", first->shard.index},
                        {"count", first->shard.count},
                        {"of", here.front().count}});
}

void manager::impl::on_failure(const shard_set& set, std::exception_ptr why) {
    if (stopping)
        return;
    if (&set != current.get()) {
        // The set that goes has nothing to lose; the one that comes is given up.
        if (!reshard_failure)
            reshard_failure = std::move(why);
        touch();
    } else if (needs_more_shards(why)) {
        sharding_failure = std::move(why);
        begin_autoscale();
    } else {
        fail(std::move(why));
    }
}

void manager::impl::fail(std::exception_ptr why) {
    if (!failure && !stopping)
        failure = std::move(why);
    begin_stop(false);
}

void manager::impl::begin_stop(bool keep_session) {
    if (std::exchange(stopping, true))
        return;
    preparation.cancel();
    if (current)
        current->stop(keep_session);
    if (other)
        other->stop(false);
    touch();
}

void manager::impl::touch() {
    dirty = true;
    changed.cancel();
    reshard_changed.cancel();
}

bool manager::impl::over() const {
    return stopping && !preparing && !replacing && (!current || current->over()) &&
           (!other || other->over());
}

void manager::impl::deliver(int shard_index, const std::string& payload) {
    if (shard_index == every_shard) {
        current->broadcast(payload);
        // A new shard may have identified with what was true before.
        if (other && !other->plan().is_stopped())
            other->broadcast(payload);
    } else if (!current->submit(shard_index, payload)) {
        settings.log.write(level::warning, "shards", std::nullopt,
                           "A payload was dropped: its shard does not run here.",
                           {{"index", shard_index}});
    }
}

manager::manager(asio::any_io_executor executor, manager_settings settings,
                 manager_services services)
    : impl_{std::make_shared<impl>(std::move(executor), std::move(settings), std::move(services))} {
}

manager::~manager() = default;

task<> manager::run() {
    return run_on(impl_->strand, impl::serve(impl_));
}

void manager::stop(bool keep_session) {
    asio::post(impl_->strand, [self = impl_, keep_session] { self->begin_stop(keep_session); });
}

std::vector<shard_status> manager::status() const {
    std::shared_ptr<shard_set> set;
    {
        const std::lock_guard lock{impl_->mutex};
        set = impl_->current;
    }
    return set ? set->status() : std::vector<shard_status>{};
}

std::vector<resume_point> manager::resumable() const {
    std::shared_ptr<shard_set> set;
    {
        const std::lock_guard lock{impl_->mutex};
        if (!impl_->current)
            return impl_->settings.resume;
        set = impl_->current;
    }
    return set->resumable();
}

std::shared_ptr<gateway::shard> manager::find(int shard_index) const {
    std::shared_ptr<shard_set> set;
    {
        const std::lock_guard lock{impl_->mutex};
        set = impl_->current;
    }
    return set ? set->shard_at(shard_index) : nullptr;
}

void manager::submit(int shard_index, std::string payload) {
    asio::post(impl_->strand, [self = impl_, shard_index, payload = std::move(payload)]() mutable {
        if (self->current)
            self->deliver(shard_index, payload);
        else if (self->early.size() < gateway::outbox::capacity)
            self->early.emplace_back(shard_index, std::move(payload));
        else
            self->settings.log.write(level::warning, "shards", std::nullopt,
                                     "A payload was dropped: too many wait for the shards to be "
                                     "planned.",
                                     {{"waiting", self->early.size()}});
    });
}

void manager::broadcast(std::string payload) {
    submit(every_shard, std::move(payload));
}

void manager::control(int shard_index, shard_order order) {
    asio::post(impl_->strand, [self = impl_, shard_index, order] {
        if (!self->current || self->stopping)
            return;
        switch (order) {
        case shard_order::start:
            return self->current->start_one(shard_index);
        case shard_order::stop:
            return self->current->stop_one(shard_index);
        case shard_order::restart:
            return self->current->restart_one(shard_index);
        case shard_order::reconnect:
            return self->current->reconnect_one(shard_index);
        }
    });
}

task<bool> manager::autoscale() {
    return run_on(impl_->strand, impl::autoscale(impl_));
}

task<> manager::reshard(shard_plan plan) {
    return run_on(impl_->strand, impl::reshard(impl_, std::move(plan)));
}

} // namespace strandcord::shards
