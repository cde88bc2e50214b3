#pragma once

#include <strandcord/config.hpp>
#include <strandcord/dispatcher.hpp>
#include <strandcord/metrics.hpp>
#include <strandcord/rest.hpp>
#include <strandcord/shard.hpp>
#include <strandcord/task.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace strandcord {

/// One shard and its dispatcher, for programs that do their own sharding. Everything a `bot` does
/// for its shards, without REST routes of its own, planning or intents from handlers.
///
///     sc::client client{io.get_executor(), {.token = sc::env("DISCORD_BOT_TOKEN")}};
///     client.events().on<sc::message_create>([](auto message) -> sc::task<> { co_return; });
///     co_await client.run();
class client {
public:
    client(boost::asio::any_io_executor executor, client_config config);
    ~client();
    client(const client&) = delete;
    client& operator=(const client&) = delete;

    dispatcher& events() noexcept;
    /// See `dispatcher::on`.
    template <class E, class T = typename E::data, class Handler>
    handler_id on(Handler fn, registration how = {},
                  std::source_location where = std::source_location::current()) {
        return events().on<E, T>(std::move(fn), std::move(how), where);
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

    /// Connects and stays connected until `stop()`; throws `error` when that cannot be: a refused
    /// token, a fatal close code, a wrong setting. Cancellation is `stop()`, and running handlers
    /// are cancelled at once. Once only.
    task<> run();
    /// Closes with 1000 and lets handlers finish within `handlers.grace`. Any thread.
    void stop();
    /// See `bot::hand_over`.
    task<std::vector<resume_point>> hand_over();
    /// Queues one payload, complete JSON text; it goes out after READY and within the
    /// rate limit. Throws `error` before `run()` is under way. Any thread.
    /// Discord documentation: events/gateway-events, "Send Events".
    void send(std::string payload);
    /// The shard, to send by. Throws `error` (`errc::invalid_configuration`) before `run()` is
    /// under way. Any thread.
    strandcord::shard shard() const;
    /// Any thread.
    shard_status status() const;
    rest_client rest() const;
    /// See `bot::cache`; nothing is kept unless `client_config::cache` says so.
    memory_cache& cache() const noexcept;
    /// See `bot::state_json`.
    std::string state_json() const;

private:
    std::shared_ptr<bot_engine> engine_;
};

} // namespace strandcord
