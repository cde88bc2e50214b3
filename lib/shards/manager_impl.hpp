#pragma once

// The inside of `manager`. Rules:
// - everything is touched on `strand` only, but for `current` and `settings.resume`, which are
//   written under the lock;
// - every coroutine that waits here looks at `changed` again when `touch()` was called;
// - `serve` ends last: when nothing runs and no reshard is under way.

#include "gateway/identify_gate.hpp"
#include "runtime/task_group.hpp"
#include "runtime/timer.hpp"
#include "shards/crossing.hpp"
#include "shards/manager.hpp"
#include "shards/shard_set.hpp"

#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

namespace strandcord::shards {

struct manager::impl : std::enable_shared_from_this<manager::impl> {
    struct turn;

    impl(boost::asio::any_io_executor where, manager_settings given, manager_services with);

    // manager.cpp
    static task<> serve(std::shared_ptr<impl> self);
    task<> prepare();
    task<gateway_bot> ask_until_answered();
    static bool may_pass(const error& why) noexcept;
    task<> wait_to_ask_again(int attempt, const error& refused, std::string_view what);
    static task<std::string> ask_url(std::shared_ptr<impl> self);
    static task<std::string> fresh_url(std::shared_ptr<impl> self);
    void on_gateway_bot(const gateway_bot& info);
    std::shared_ptr<shard_set> make_set(planner plan);
    void start_first_set(planner plan);
    void warn_of_foreign_sessions(const std::vector<shard_id>& here) const;
    void on_failure(const shard_set& set, std::exception_ptr why);
    void begin_stop(bool keep_session);
    void fail(std::exception_ptr why);
    void touch();
    bool over() const;
    void deliver(int shard_index, const std::string& payload);

    // reshard.cpp
    static task<bool> autoscale(std::shared_ptr<impl> self);
    static task<> reshard(std::shared_ptr<impl> self, shard_plan wanted);
    static task<> autoscale_at_times(std::shared_ptr<impl> self);
    static task<> autoscale_once(std::shared_ptr<impl> self);
    static task<> replace(std::shared_ptr<impl> self, planner plan);
    task<> wait_until_it_serves(shard_set& set, crossing& via);
    task<> wait_until_over(shard_set& set);
    task<> settle(crossing& via);
    static task<> let_go(std::shared_ptr<impl> self, std::shared_ptr<shard_set> set);
    bool needs_more_shards(const std::exception_ptr& why) const;
    void begin_autoscale();
    void on_autoscale_end(std::exception_ptr why);

    boost::asio::any_io_executor executor;
    boost::asio::any_io_executor strand;
    manager_settings settings;
    manager_services services;
    gateway::jitter_source jitter; ///< for the manager's own waits
    std::shared_ptr<gateway::queue_gate> own_gate;
    std::string url;
    runtime_clock::time_point url_known_at = {};
    mutable std::mutex mutex;
    std::shared_ptr<shard_set> current; ///< null before the plan is known
    std::shared_ptr<shard_set>
        other; ///< during a reshard: the one that comes, then the one that goes
    std::vector<std::shared_ptr<shard_set>> retired; ///< their handlers still run
    std::vector<std::pair<int, std::string>> early;  ///< submitted before the plan was known
    task_group children;
    task_group::child preparation;
    timer changed;
    timer reshard_changed;
    timer asked; ///< never expires; cancelled when an answer to `ask_url` came
    std::exception_ptr failure;
    std::exception_ptr reshard_failure;  ///< why the set that comes cannot
    std::exception_ptr sharding_failure; ///< 4011 of a shard of `current`: there must be more
    bool preparing = false;
    bool resharding = false; ///< from the question to Discord on
    bool replacing = false;
    bool autoscaling = false; ///< by the manager itself, its waits included
    bool asking = false;
    bool stopping = false;
    bool dirty = false;
};

} // namespace strandcord::shards
