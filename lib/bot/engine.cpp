#include "bot/engine.hpp"

#include "bot/checks.hpp"
#include "bot/state.hpp"
#include "codec/inflate.hpp"
#include "core/token.hpp"
#include "gateway/commands.hpp"
#include "net/network_transport.hpp"
#include "net/sha256.hpp"
#include "runtime/run_on.hpp"

#include <strandcord/gateway_source.hpp>
#include <strandcord/identify_gate.hpp>

#include <algorithm>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>

namespace strandcord {

namespace asio = boost::asio;

bot_engine::bot_engine(std::optional<asio::any_io_executor> executor, bot_config config,
                       std::string gateway_url)
    : config_{std::move(config)}
    , gateway_url_{std::move(gateway_url)}
    , cache_{config_.cache}
    , executor_{std::move(executor)}
    , handed_over_{config_.resume} {
    config_.log.add_secret(config_.token);
    if (!config_.metrics)
        config_.metrics = std::make_shared<registry>();
    config_.metrics->attach(cache_.internals());
    // A bot with an executor can use REST before it runs, so its settings are judged now.
    if (executor_)
        prepare();
}

void bot_engine::adopt(std::shared_ptr<void> context, asio::any_io_executor executor) {
    const std::lock_guard lock{mutex_};
    if (executor_)
        throw error{
            errc::invalid_configuration,
            "sc::run takes a bot that was made without an executor, and only once; make a new one"};
    context_ = std::move(context);
    executor_ = std::move(executor);
}

intents bot_engine::effective() const {
    return effective_intents(events_.needs() | config_.cache.needs(), config_.privileged,
                             config_.intents);
}

void bot_engine::prepare() {
    check_token(config_.token);
    check_gateway(config_.gateway);
    check_handlers(config_.handlers);
    check_autoscale(config_.autoscale_every, config_.shards);
    rest_.emplace(*executor_, rest_config{.token = config_.token,
                                          .rest = config_.rest,
                                          .log = config_.log,
                                          .metrics = config_.metrics,
                                          .transport = config_.transport});
}

bool bot_engine::begin(const asio::any_io_executor& here) {
    const std::lock_guard lock{mutex_};
    if (keeper_)
        throw error{errc::invalid_configuration,
                    "run() was called before on this object; make a new one"};
    if (!rest_) {
        if (!executor_)
            executor_ = here;
        prepare();
    }
    if (stop_asked_)
        return false;
    keeper_ = std::make_shared<session_keeper>(*executor_, config_.sessions, config_.log);
    return true;
}

std::shared_ptr<shards::manager> bot_engine::make_manager(intents asked,
                                                          std::vector<resume_point> resume) {
    const std::lock_guard lock{mutex_};
    shards::manager_settings settings;
    settings.token = config_.token;
    settings.intents = asked;
    settings.plan = config_.shards;
    settings.autoscale_every = config_.autoscale_every;
    settings.presence = [this](shard_id which) { return presence_of(which); };
    settings.gateway_url = gateway_url_;
    settings.gateway = config_.gateway;
    settings.gateway.compress = codec::resolve(config_.gateway.compress);
    settings.resume = std::move(resume);
    settings.token_hash = net::sha256(config_.token);
    settings.log = config_.log;

    shards::manager_services services;
    services.net = config_.transport ? config_.transport : net::make_network_transport();
    services.metrics = config_.metrics;
    if (config_.gateway_source)
        services.ask_gateway_bot = [source = config_.gateway_source] { return source->ask(); };
    else
        services.ask_gateway_bot = [client = *rest_] { return client.get_gateway_bot(); };
    services.gate = config_.identify_gate;
    services.make_sink = [this](shard_id shard, asio::any_io_executor strand) {
        auto runner = std::make_shared<handler_runner>(
            std::move(strand), shard,
            runner_services{&events_.internals(), rest(), config_.log, config_.metrics,
                            config_.handlers, config_.commit, cache_.internals()});
        const std::lock_guard guard{mutex_};
        std::erase_if(runners_, [](const auto& one) { return one.expired(); });
        runners_.push_back(runner);
        return runner;
    };
    services.on_session_changed = [this] { keeper_->on_session_changed(); };
    manager_ =
        std::make_shared<shards::manager>(*executor_, std::move(settings), std::move(services));
    return stop_asked_ ? nullptr : manager_;
}

task<> bot_engine::run() {
    const auto self = shared_from_this();
    const auto here = co_await asio::this_coro::executor;
    if (!begin(here))
        co_return;
    std::exception_ptr failure;
    try {
        co_await serve();
    } catch (...) {
        failure = std::current_exception();
    }
    events_.internals().listeners->close();
    // From here on nothing is left half done, whoever is impatient.
    const auto state = co_await asio::this_coro::cancellation_state;
    const bool cancelled = state.cancelled() != asio::cancellation_type::none;
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    co_await drain(cancelled ? std::chrono::nanoseconds{} : config_.handlers.grace);
    rest().close_idle();
    task<> saving = keeper_->finish(settle_sessions());
    co_await run_on(keeper_->strand(), std::move(saving));
    co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
    if (failure)
        std::rethrow_exception(failure);
}

task<> bot_engine::serve() {
    const intents asked = effective();
    check_intents(asked);
    auto kept = keeper_->load(config_.resume);
    {
        const std::lock_guard lock{mutex_};
        handed_over_ = kept;
    }
    const auto shards = make_manager(asked, std::move(kept));
    if (!shards)
        co_return;
    // Not under the lock: the sink is the user's, and may ask this bot for its state.
    events_.internals().expect(asked, config_.log);
    keeper_->start([this] { return manager()->resumable(); });
    co_await shards->run();
}

task<> run_engine(std::shared_ptr<bot_engine> engine) {
    co_await engine->run();
}

task<> bot_engine::drain(std::chrono::nanoseconds grace) {
    std::vector<std::shared_ptr<handler_runner>> runners;
    auto until = runtime_clock::now() + grace;
    {
        const std::lock_guard lock{mutex_};
        for (const auto& one : runners_)
            if (auto runner = one.lock())
                runners.push_back(std::move(runner));
        // Closing the connections took part of it.
        if (stop_asked_)
            until = std::min(until, *stop_asked_ + grace);
    }
    for (const auto& runner : runners) {
        const auto left = std::max(until - runtime_clock::now(), runtime_clock::duration{});
        co_await run_on(runner->strand(), runner->drain(left));
    }
}

void bot_engine::stop() {
    end(false);
}

void bot_engine::interrupt() {
    end(config_.sessions != nullptr);
}

void bot_engine::end(bool keep_sessions) {
    std::shared_ptr<shards::manager> shards;
    {
        const std::lock_guard lock{mutex_};
        if (!stop_asked_) {
            stop_asked_ = runtime_clock::now();
            keep_sessions_ = keep_sessions;
        }
        keep_sessions = keep_sessions_; // the first call decides
        shards = manager_;
    }
    events_.internals().listeners->close();
    if (shards)
        shards->stop(keep_sessions);
}

std::vector<resume_point> bot_engine::settle_sessions() {
    const auto shards = manager();
    auto left = shards ? shards->resumable() : std::vector<resume_point>{};
    const std::lock_guard lock{mutex_};
    if (shards)
        handed_over_ = stop_asked_ && !keep_sessions_ ? std::vector<resume_point>{} : left;
    return handed_over_;
}

task<std::vector<resume_point>> hand_over_engine(std::shared_ptr<bot_engine> engine) {
    engine->end(true);
    std::shared_ptr<session_keeper> keeper;
    {
        const std::lock_guard lock{engine->mutex_};
        keeper = engine->keeper_;
    }
    if (keeper)
        co_await keeper->over();
    const std::lock_guard lock{engine->mutex_};
    co_return engine->handed_over_;
}

std::shared_ptr<shards::manager> bot_engine::manager() const {
    const std::lock_guard lock{mutex_};
    return manager_;
}

std::shared_ptr<shards::manager> bot_engine::running_manager() const {
    auto shards = manager();
    if (!shards)
        throw error{errc::invalid_configuration, "nothing can be sent before run() is under way"};
    return shards;
}

rest_client bot_engine::rest() const {
    const std::lock_guard lock{mutex_};
    if (!rest_)
        throw error{errc::invalid_configuration,
                    "a bot made without an executor has no REST client before sc::run runs it"};
    return *rest_;
}

std::vector<shard_status> bot_engine::status() const {
    const auto shards = manager();
    return shards ? shards->status() : std::vector<shard_status>{};
}

std::string bot_engine::state_json() const {
    return strandcord::state_json(status(), events_.handlers(), cache_.state(), metrics());
}

std::shared_ptr<gateway::shard> bot_engine::find(int shard_index) const {
    const auto shards = manager();
    return shards ? shards->find(shard_index) : nullptr;
}

shard bot_engine::shard_at(int index) {
    const auto found = find(index);
    if (!found)
        throw error{errc::invalid_configuration,
                    "shard " + std::to_string(index) +
                        " does not run here, or the shards are not planned yet: wait for ready"};
    return {weak_from_this(), found->status().shard};
}

shard bot_engine::any_shard() {
    const auto all = status();
    return shard_at(all.empty() ? 0 : all.front().shard.index);
}

shard bot_engine::shard_for(snowflake guild) {
    const auto all = status();
    const int count = all.empty() ? 1 : all.front().shard.count;
    return shard_at(strandcord::shard_of(guild, count).index);
}

std::optional<std::string> bot_engine::presence_of(shard_id which) const {
    {
        const std::lock_guard lock{mutex_};
        if (presence_)
            return presence_;
    }
    if (!config_.presence)
        return std::nullopt;
    try {
        const auto draft = config_.presence(which);
        if (draft)
            return gateway::presence_data(*draft, wall_clock());
    } catch (const std::exception& e) {
        config_.log.write(level::error, "bot", which.index,
                          "bot_config::presence failed; the shard begins without a presence.",
                          {{"error", e.what()}});
    }
    return std::nullopt;
}

void bot_engine::update_presence(const presence_draft& draft) {
    std::string data = gateway::presence_data(draft, wall_clock());
    // Identify takes it too, beside the token.
    constexpr std::size_t longest = gateway::outbox::maximum_payload - 512;
    if (data.size() > longest)
        throw error{errc::payload_too_large, "the presence is " + std::to_string(data.size()) +
                                                 " bytes long as JSON; at most " +
                                                 std::to_string(longest) + " fit"};
    {
        const std::lock_guard lock{mutex_};
        presence_ = data;
    }
    if (const auto shards = manager())
        shards->broadcast(R"({"op":3,"d":)" + data + "}");
}

void bot_engine::send(int shard_index, std::string payload) {
    running_manager()->submit(shard_index, std::move(payload));
}

void bot_engine::broadcast(std::string payload) {
    running_manager()->broadcast(std::move(payload));
}

} // namespace strandcord
