#include "shards/manager.hpp"

#include "gateway/identify_gate.hpp"
#include "runtime/backoff.hpp"
#include "runtime/run_on.hpp"
#include "runtime/task_group.hpp"
#include "runtime/timer.hpp"
#include "shards/planner.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <mutex>
#include <random>
#include <utility>

namespace asio = boost::asio;

namespace strandcord::shards {
namespace {

using namespace std::chrono_literals;

/// Shards that lose their connections together ask for the URL together: one answer serves them
/// all.
constexpr auto url_shared_for = 5s;

gateway::jitter_source random_jitter() {
    return [engine = std::minstd_rand{std::random_device{}()}]() mutable {
        return std::generate_canonical<double, 24>(engine);
    };
}

gateway::identify_limits limits_of(const gateway_bot& info) {
    gateway::identify_limits out;
    out.max_concurrency = std::max(info.session_start_limit.max_concurrency, 1);
    out.total = info.session_start_limit.total;
    out.remaining = info.session_start_limit.remaining;
    out.reset_after = std::chrono::milliseconds{info.session_start_limit.reset_after};
    return out;
}

bool may_pass(const error_code& why) {
    return why == cause::retryable || why == cause::timed_out || why == cause::rate_limited;
}

/// Tells when its shard is ready, and passes everything on.
class watching_sink final : public gateway::event_sink {
public:
    watching_sink(std::unique_ptr<gateway::event_sink> inner, std::function<void()> ready)
        : inner_{std::move(inner)}, ready_{std::move(ready)} {}

    void on_dispatch(const gateway::dispatch& event) override {
        if (event.type == "READY" || event.type == "RESUMED")
            ready_();
        inner_->on_dispatch(event);
    }
    bool full() const noexcept override { return inner_->full(); }
    task<> room() override { return inner_->room(); }
    std::int64_t finished(std::int64_t received) const noexcept override {
        return inner_->finished(received);
    }

private:
    std::unique_ptr<gateway::event_sink> inner_;
    std::function<void()> ready_;
};

struct entry {
    shard_id id;
    asio::any_io_executor strand;
    watching_sink sink;
    std::unique_ptr<gateway::shard> shard;
    bool running = false; ///< touched on the manager's strand

    entry(shard_id which, asio::any_io_executor own, watching_sink deliver_to)
        : id{which}, strand{std::move(own)}, sink{std::move(deliver_to)} {}
};

} // namespace

// Everything here is touched on `strand` only, but for `entries` and `settings.resume`: those are
// written once, under the lock.
struct manager::impl : std::enable_shared_from_this<manager::impl> {
    impl(asio::any_io_executor where, manager_settings given, manager_services with)
        : executor{std::move(where)}
        , strand{asio::make_strand(executor)}
        , settings{std::move(given)}
        , services{std::move(with)}
        , jitter{services.jitter ? services.jitter : random_jitter()}
        , plan{settings.plan}
        , gate{services.gate}
        , url{settings.gateway_url}
        , children{strand}
        , changed{strand}
        , asked{strand, timer::time_point::max()} {
        if (!gate)
            gate = own_gate = std::make_shared<gateway::queue_gate>(settings.log);
    }

    static task<> serve(std::shared_ptr<impl> self);
    task<> prepare();
    task<gateway_bot> ask_until_answered();
    static task<std::string> ask_url(std::shared_ptr<impl> self);
    static task<std::string> fresh_url(std::shared_ptr<impl> self);
    void make_shards();
    std::unique_ptr<entry> make_entry(shard_id which);
    std::optional<resume_point> resume_point_of(shard_id which) const;
    void warn_of_foreign_sessions() const;
    void start(entry& one);
    void begin_stop(bool keep_session);
    void fail(std::exception_ptr why);
    void on_shard_end(entry& one, std::exception_ptr why);
    void touch();
    bool over() const;
    void deliver(int shard_index, const std::string& payload);

    asio::any_io_executor executor;
    asio::any_io_executor strand;
    manager_settings settings;
    manager_services services;
    gateway::jitter_source jitter; ///< for the manager's own waits
    planner plan;
    std::shared_ptr<gateway::identify_gate> gate;
    std::shared_ptr<gateway::queue_gate> own_gate;
    std::string url;
    runtime_clock::time_point url_known_at = {};
    mutable std::mutex mutex;
    std::vector<std::unique_ptr<entry>> entries;
    std::vector<std::pair<int, std::string>> early; ///< submitted before the plan was known
    task_group children;
    task_group::child preparation;
    timer changed;
    timer asked; ///< never expires; cancelled when an answer to `ask_url` came
    std::exception_ptr failure;
    std::size_t running = 0;
    bool preparing = false;
    bool asking = false;
    bool stopping = false;
    bool dirty = false;
};

namespace {

constexpr int every_shard = -1;

} // namespace

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
        while (const auto which = self->preparing ? std::nullopt : self->plan.next()) {
            const auto found = std::find_if(self->entries.begin(), self->entries.end(),
                                            [&](const auto& one) { return one->id == *which; });
            self->start(**found);
        }
        if (self->over())
            break;
        if (self->dirty)
            continue;
        self->changed.expires_at(timer::time_point::max());
        co_await self->changed.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    self->children.cancel();
    co_await self->children.join();
    if (self->failure)
        std::rethrow_exception(self->failure);
}

task<> manager::impl::prepare() {
    if (url.empty() || settings.plan.is_automatic()) {
        const gateway_bot info = co_await ask_until_answered();
        plan.on_gateway_bot(info);
        if (own_gate)
            own_gate->update(limits_of(info));
        if (url.empty())
            url = info.url;
        url_known_at = runtime_clock::now();
    } else {
        plan.on_no_limits();
    }
    make_shards();
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
        if (!may_pass(refused->code()))
            throw *refused;
        auto wait = backoff(attempt, jitter());
        if (const auto& asked_for = refused->details().retry_after)
            wait = std::max<runtime_clock::duration>(wait, *asked_for);
        settings.log.write(level::warning, "shards", std::nullopt,
                           "Discord did not say where the gateway is; it is asked again.",
                           {{"error", refused->what()}, {"wait_ms", wait}});
        co_await sleep_for(wait);
    }
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
    if (self->own_gate)
        self->own_gate->update(limits_of(info));
    self->url = info.url;
    self->url_known_at = runtime_clock::now();
    co_return self->url;
}

void manager::impl::make_shards() {
    std::vector<std::unique_ptr<entry>> made;
    for (const shard_id which : plan.shards())
        made.push_back(make_entry(which));
    const auto count = made.size();
    warn_of_foreign_sessions();
    {
        const std::lock_guard lock{mutex};
        entries = std::move(made);
        settings.resume.clear(); // the shards have theirs; one made later begins anew
    }
    if (!plan.warning().empty())
        settings.log.write(level::warning, "shards", std::nullopt, plan.warning());
    settings.log.write(level::info, "shards", std::nullopt,
                       "The shards are planned; the first starts alone.",
                       {{"shards", count},
                        {"first", plan.shards().front().index},
                        {"last", plan.shards().back().index},
                        {"of", plan.shards().front().count}});
    for (const auto& [index, payload] : std::exchange(early, {}))
        deliver(index, payload);
}

std::unique_ptr<entry> manager::impl::make_entry(shard_id which) {
    asio::any_io_executor own = asio::make_strand(executor);
    std::weak_ptr<impl> self = weak_from_this();
    auto ready = [self, home = strand, index = which.index] {
        asio::post(home, [self, index] {
            if (const auto alive = self.lock()) {
                alive->plan.on_ready(index);
                alive->touch();
            }
        });
    };
    auto out = std::make_unique<entry>(
        which, own, watching_sink{services.make_sink(which, own), std::move(ready)});

    gateway::session_settings session;
    session.token = settings.token;
    session.intents = settings.intents;
    session.shard = which;
    session.gateway_url = url;
    session.options = settings.gateway;
    session.log = settings.log;
    session.may_ask_url = settings.gateway_url.empty();
    session.resume = resume_point_of(which);
    session.token_hash = settings.token_hash;

    gateway::shard_services with;
    with.net = services.net;
    with.metrics = services.metrics;
    with.sink = &out->sink;
    with.gate = gate.get();
    with.jitter = services.jitter ? services.jitter : random_jitter();
    with.ask_url = [self] { return ask_url(self.lock()); };
    with.on_session_changed = services.on_session_changed;
    out->shard =
        std::make_unique<gateway::shard>(std::move(own), std::move(session), std::move(with));
    return out;
}

std::optional<resume_point> manager::impl::resume_point_of(shard_id which) const {
    const auto& given = settings.resume;
    const auto found = std::find_if(given.begin(), given.end(),
                                    [which](const auto& point) { return point.shard == which; });
    return found == given.end() ? std::nullopt : std::optional{*found};
}

void manager::impl::warn_of_foreign_sessions() const {
    const auto foreign = [this](const resume_point& point) {
        const auto& here = plan.shards();
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
                        {"of", plan.shards().front().count}});
}

void manager::impl::start(entry& one) {
    one.running = true;
    ++running;
    children.spawn(run_on(one.strand, one.shard->run()),
                   [this, &one](std::exception_ptr why) { on_shard_end(one, std::move(why)); });
}

void manager::impl::on_shard_end(entry& one, std::exception_ptr why) {
    one.running = false;
    --running;
    plan.on_ended(one.id.index, why != nullptr);
    if (why)
        fail(std::move(why));
    touch();
}

void manager::impl::fail(std::exception_ptr why) {
    if (!failure && !stopping)
        failure = std::move(why);
    begin_stop(false);
}

void manager::impl::begin_stop(bool keep_session) {
    if (std::exchange(stopping, true))
        return;
    plan.stop();
    preparation.cancel();
    for (const auto& one : entries)
        if (one->running)
            asio::post(one->strand, [self = shared_from_this(), &shard = *one->shard,
                                     keep_session] { shard.stop(keep_session); });
    touch();
}

void manager::impl::touch() {
    dirty = true;
    changed.cancel();
}

bool manager::impl::over() const {
    return !preparing && running == 0 && !plan.will_start_more();
}

void manager::impl::deliver(int shard_index, const std::string& payload) {
    bool known = false;
    for (const auto& one : entries) {
        if (shard_index != every_shard && shard_index != one->id.index)
            continue;
        known = true;
        asio::post(one->strand, [self = shared_from_this(), &target = *one, payload] {
            if (const error_code refused = target.shard->submit(payload))
                self->settings.log.write(level::warning, "shards", target.id.index,
                                         "A payload was not taken.",
                                         {{"error", refused.message()}});
        });
    }
    if (!known)
        settings.log.write(level::warning, "shards", std::nullopt,
                           "A payload was dropped: its shard does not run here.",
                           {{"index", shard_index}});
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
    const std::lock_guard lock{impl_->mutex};
    std::vector<shard_status> out;
    for (const auto& one : impl_->entries)
        out.push_back(one->shard->status());
    return out;
}

std::vector<resume_point> manager::resumable() const {
    const std::lock_guard lock{impl_->mutex};
    if (impl_->entries.empty())
        return impl_->settings.resume;
    std::vector<resume_point> out;
    for (const auto& one : impl_->entries)
        if (auto point = one->shard->resumable())
            out.push_back(std::move(*point));
    return out;
}

void manager::submit(int shard_index, std::string payload) {
    asio::post(impl_->strand, [self = impl_, shard_index, payload = std::move(payload)]() mutable {
        if (self->plan.shards().empty() || self->entries.empty())
            self->early.emplace_back(shard_index, std::move(payload));
        else
            self->deliver(shard_index, payload);
    });
}

void manager::broadcast(std::string payload) {
    submit(every_shard, std::move(payload));
}

} // namespace strandcord::shards
