#pragma once

#include "bot/handler_runner.hpp"
#include "bot/session_keeper.hpp"
#include "core/wall_clock.hpp"
#include "shards/manager.hpp"

#include <strandcord/cache.hpp>
#include <strandcord/config.hpp>
#include <strandcord/dispatcher.hpp>
#include <strandcord/metrics.hpp>
#include <strandcord/rest.hpp>
#include <strandcord/shard.hpp>
#include <strandcord/task.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace strandcord {

/// What `bot` and `client` are inside: the dispatcher, and once started the REST client, the shard
/// manager and a handler runner per shard. Its own coroutine keeps it alive.
class bot_engine : public std::enable_shared_from_this<bot_engine> {
public:
    /// `gateway_url` may be empty: then it is asked for.
    bot_engine(std::optional<boost::asio::any_io_executor> executor, bot_config config,
               std::string gateway_url);

    dispatcher& events() noexcept { return events_; }
    meter& metrics() const noexcept { return *config_.metrics; }
    memory_cache& cache() noexcept { return cache_; }
    intents effective() const;

    /// See `bot::run`.
    task<> run();
    void stop();
    /// What a signal asks for: a stop, or the hand-over to the next process that is prepared for.
    void interrupt();
    rest_client rest() const;
    std::vector<shard_status> status() const;
    std::string state_json() const;
    shard shard_at(int index);
    shard shard_for(snowflake guild);
    /// Of one that runs a single shard.
    shard any_shard();
    /// Null when it does not run here.
    std::shared_ptr<gateway::shard> find(int shard_index) const;
    void update_presence(const presence_draft& draft);
    void send(int shard_index, std::string payload);
    void broadcast(std::string payload);
    void control(int shard_index, shards::shard_order order) {
        if (const auto shards = manager())
            shards->control(shard_index, order);
    }
    task<bool> autoscale() { return running_manager()->autoscale(); }
    task<> reshard(shard_plan plan) { return running_manager()->reshard(std::move(plan)); }

    /// For `sc::run`: the context lives as long as what runs on it.
    void adopt(std::shared_ptr<void> context, boost::asio::any_io_executor executor);

private:
    friend task<std::vector<resume_point>> hand_over_engine(std::shared_ptr<bot_engine> engine);

    void prepare();
    /// False when `stop()` came first.
    bool begin(const boost::asio::any_io_executor& here);
    task<> serve();
    /// Null when `stop()` came first.
    std::shared_ptr<shards::manager> make_manager(intents asked, std::vector<resume_point> resume);
    void end(bool keep_sessions);
    std::vector<resume_point> settle_sessions();
    task<> drain(std::chrono::nanoseconds grace);
    std::optional<std::string> presence_of(shard_id which) const;
    std::shared_ptr<shards::manager> manager() const;
    std::shared_ptr<shards::manager> running_manager() const;

    std::shared_ptr<void> context_; ///< first, so that it is destroyed last
    bot_config config_;
    std::string gateway_url_;
    dispatcher events_;
    memory_cache cache_;

    mutable std::mutex mutex_; ///< guards what follows
    std::optional<boost::asio::any_io_executor> executor_;
    std::optional<rest_client> rest_;
    std::shared_ptr<shards::manager> manager_;
    std::vector<std::weak_ptr<handler_runner>> runners_; ///< the manager's sinks
    std::optional<runtime_clock::time_point> stop_asked_;
    bool keep_sessions_ = false;             ///< how it was asked
    std::shared_ptr<session_keeper> keeper_; ///< from the beginning of `run()`
    std::vector<resume_point> handed_over_;  ///< what `hand_over()` gives
    std::optional<std::string> presence_;    ///< set after the configuration, as `d` of op 3
};

/// `engine->run()`, keeping the engine from this call on and not only from the first resume.
task<> run_engine(std::shared_ptr<bot_engine> engine);
/// See `bot::hand_over`.
task<std::vector<resume_point>> hand_over_engine(std::shared_ptr<bot_engine> engine);

} // namespace strandcord
