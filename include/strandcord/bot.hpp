#pragma once

#include <strandcord/abi.hpp>
#include <strandcord/config.hpp>
#include <strandcord/dispatcher.hpp>
#include <strandcord/metrics.hpp>
#include <strandcord/rest.hpp>
#include <strandcord/shard.hpp>
#include <strandcord/task.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>
#include <vector>

namespace strandcord {

/// A Discord bot: shards, dispatcher and REST behind one object.
///
///     sc::bot bot{{.token = sc::env("DISCORD_BOT_TOKEN")}};
///     bot.on<sc::guild_create>([](auto guild) -> sc::task<> { co_return; });
///     return sc::run(bot);
class bot {
public:
    /// For `sc::run`, which brings the executor.
    explicit bot(bot_config config) : bot{std::move(config), abi::built_with()} {}
    /// For a program with its own io_context; shards become strands on this executor.
    bot(boost::asio::any_io_executor executor, bot_config config)
        : bot{std::move(executor), std::move(config), abi::built_with()} {}
    ~bot();
    bot(const bot&) = delete;
    bot& operator=(const bot&) = delete;

    dispatcher& events() noexcept;

    /// See `dispatcher::on`.
    template <class E, class T = typename E::data, class Handler>
    handler_id on(Handler fn, registration how = {},
                  std::source_location where = std::source_location::current()) {
        return events().on<E, T>(std::move(fn), std::move(how), where);
    }
    /// See `dispatcher::on_any`.
    template <class Handler>
    handler_id on_any(Handler fn, registration how = {},
                      std::source_location where = std::source_location::current()) {
        return events().on_any(std::move(fn), std::move(how), where);
    }
    /// See `dispatcher::on_any`.
    template <class E, class... More, class Handler>
    handler_id on_any(Handler fn, registration how = {},
                      std::source_location where = std::source_location::current()) {
        return events().on_any<E, More...>(std::move(fn), std::move(how), where);
    }
    /// See `dispatcher::on_raw`.
    template <class Handler>
    handler_id on_raw(std::string_view name, Handler fn, registration how = {},
                      std::source_location where = std::source_location::current()) {
        return events().on_raw(name, std::move(fn), std::move(how), where);
    }
    /// See `dispatcher::around`.
    template <class Function>
    handler_id around(Function fn) {
        return events().around(std::move(fn));
    }
    /// See `dispatcher::wait_for`.
    template <class E, class T = typename E::data, class Predicate>
    task<std::optional<event<E, T>>> wait_for(Predicate&& predicate,
                                              std::chrono::nanoseconds limit) {
        return events().wait_for<E, T>(std::forward<Predicate>(predicate), limit);
    }
    /// See `dispatcher::stream`.
    template <class E, class T = typename E::data>
    strandcord::stream<E, T> stream(std::size_t bound = 1024) {
        return events().stream<E, T>(bound);
    }
    /// See `dispatcher::on_error`.
    void on_error(std::function<void(event_failures&)> fn) { events().on_error(std::move(fn)); }

    /// Connects all shards and stays until `stop()`. Throws `error` when that cannot be: a wrong
    /// setting, a refused token, a fatal close code. Cancellation is `stop()`, and running handlers
    /// are cancelled at once. Once only.
    task<> run();
    /// Shards close with 1000, handlers finish within `handlers.grace`, then `run()` returns. The
    /// sessions are over, and removed from `sessions`. Any thread.
    void stop();
    /// A stop that keeps the sessions: shards close with 4000, handlers finish within
    /// `handlers.grace`, and when `run()` is about to return, gives what continues the sessions
    /// elsewhere, for a few minutes: see `bot_config::resume`. Sessions of shards that were not
    /// connected yet are given on. A further call waits and gives the same; so does one after
    /// `run()` ended, nothing after `stop()`. Before `run()` it gives what was configured, and
    /// `run()` will do nothing. Not from a handler: it would wait for itself. Any thread;
    /// cancelling it ends the waiting only.
    task<std::vector<resume_point>> hand_over();

    /// The REST client. For a bot without an executor: from inside `sc::run` only.
    rest_client rest() const;
    /// One entry per shard that runs here, in order; empty before they are planned. Any thread.
    std::vector<shard_status> status() const;
    /// A shard to send by, by index or by guild. Throws `error` (`errc::invalid_configuration`)
    /// when it does not run here, also before the shards are planned. Any thread.
    strandcord::shard shard(int index) const;
    strandcord::shard shard_of(snowflake guild) const;
    /// Sets the presence of every shard, also of those that start later; takes the place of
    /// `bot_config::presence`. Does not wait. Throws `error` for a wrong or too long one. Any time,
    /// any thread.
    void update_presence(presence_draft draft);
    /// Queues one payload, complete JSON text, for one shard; it goes out after READY and within
    /// the rate limit. What goes wrong with it is only logged: `shard(index).send()` tells. Throws
    /// `error` before `run()` is under way. Any thread.
    void send(int shard_index, std::string payload);
    /// The same for every shard, for example a presence; during a reshard for both sets.
    void broadcast(std::string payload);
    /// Asks `/gateway/bot`; when it recommends more shards than run, starts as many beside them,
    /// and lets them take over when they serve every guild: handlers get each event once. Whether
    /// it did. Throws `error` when that cannot be now (no session starts left, a reshard under way,
    /// a new shard that cannot start); then the shards go on as they were. Cancellation gives it up
    /// in the same way. Any executor. A `range` is refused; a `chosen_by` function decides again.
    /// Discord documentation: events/gateway, "Sharding".
    task<bool> autoscale();
    /// The same with another plan, whatever Discord recommends.
    task<> reshard(shard_plan plan);
    /// What handlers, settings and `DISCORD_GATEWAY_INTENTS` come to. Throws `error` for a name it
    /// does not know.
    intents effective_intents() const;
    /// The counters: those of the configuration, or the bot's own.
    meter& metrics() const noexcept;

    /// What Discord has said: see `strandcord/cache.hpp`. By default it keeps guilds, channels,
    /// roles and the bot's own members, of what the handlers' intents bring. Any time, any thread.
    memory_cache& cache() const noexcept;

    /// Everything at one moment, as a JSON object for a page or a report: `shards`, `handlers`,
    /// `cache`, and `metrics` when they are counted by a `registry`. Any time, any thread.
    std::string state_json() const;

    bot_engine& internals() const noexcept { return *engine_; }

private:
    bot(bot_config config, abi::tag);
    bot(boost::asio::any_io_executor executor, bot_config config, abi::tag);
    std::shared_ptr<bot_engine> engine_;
};

/// For `run`.
struct run_options {
    /// Threads that run handlers and shards; at least 1.
    int threads = 1;
};

/// Runs the bot as the whole program: owns an io_context, stops on SIGINT and SIGTERM (or, when
/// `bot_config::sessions` is set, hands over, so that the next start goes on), and returns the exit
/// code: 0 after a clean stop, 2 with one sentence on stderr when the bot cannot run
/// (token refused, an intent not allowed, a wrong setting).
int run(bot& what, run_options options = {});

} // namespace strandcord
