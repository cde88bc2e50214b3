#pragma once

#include "gateway/shard.hpp"

#include <strandcord/config.hpp>
#include <strandcord/model/gateway.hpp>
#include <strandcord/shard_plan.hpp>
#include <strandcord/task.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace strandcord::shards {

/// Makes what one shard delivers to, before the shard starts. `strand` is the shard's. The manager
/// lets go of it at its own end, or earlier when its set was replaced and it is quiet.
using sink_factory = std::function<std::shared_ptr<gateway::event_sink>(
    shard_id shard, boost::asio::any_io_executor strand)>;

struct manager_settings {
    std::string token = {};
    strandcord::intents intents = {};
    shard_plan plan = shard_plan::automatic();
    /// With a fixed plan: used as it is, and `/gateway/bot` is not asked before it fails.
    std::string gateway_url = {};
    gateway_options gateway = {}; ///< `compress` resolved
    /// `d` of a presence update for each Identify of a shard; may be null.
    std::function<std::optional<std::string>(shard_id)> presence = {};
    /// How often `autoscale()` is called; zero: never.
    std::chrono::nanoseconds autoscale_every = {};
    /// Sessions to continue, of shards of this plan.
    std::vector<resume_point> resume = {};
    std::string token_hash = {}; ///< see `resume_point`
    logger log = {};
};

struct manager_services {
    std::shared_ptr<transport> net = {};
    std::shared_ptr<meter> metrics = {}; ///< never null
    /// `/gateway/bot`; called from any strand.
    std::function<task<gateway_bot>()> ask_gateway_bot = {};
    sink_factory make_sink = {};
    /// An identify gate shared with other processes; the manager's own queue unless set.
    std::shared_ptr<gateway::identify_gate> gate = {};
    /// Copied for each shard; random unless set.
    gateway::jitter_source jitter = {};
    /// Called when `resumable()` got or lost a session; from any strand; may be empty.
    std::function<void()> on_session_changed = {};
};

enum class shard_order : std::uint8_t { start, stop, restart, reconnect };

/// Runs the shards of a plan, each on a strand of its own: asks `/gateway/bot`, starts the first
/// shard, the others when it is READY, and joins them all. What to start when is decided by
/// `planner`.
class manager {
public:
    manager(boost::asio::any_io_executor executor, manager_settings settings,
            manager_services services);
    ~manager();
    manager(const manager&) = delete;
    manager& operator=(const manager&) = delete;

    /// Stays until `stop()`, or throws what ended a shard for good, after the other shards were
    /// closed. Cancellation is `stop(false)`. Once only; any executor.
    task<> run();
    /// All shards close in parallel: with 1000, or 4000 to keep their sessions. Any thread, any
    /// time.
    void stop(bool keep_session);
    /// One entry per shard that runs here, in order; empty before they are planned. Any thread.
    std::vector<shard_status> status() const;
    /// What continues the sessions in a later process; what was given, before the shards are
    /// planned. Any thread.
    std::vector<resume_point> resumable() const;
    /// To ask of, on its strand; null when it does not run here. Any thread.
    std::shared_ptr<gateway::shard> find(int shard_index) const;
    /// Queues one payload for one shard, or for each; before the plan is known a bounded number is
    /// kept. Any thread.
    void submit(int shard_index, std::string payload);
    void broadcast(std::string payload);
    /// What one shard does next; nothing when it does not run here. Any thread.
    void control(int shard_index, shard_order order);
    /// Asks `/gateway/bot`; when it recommends more shards than run, puts as many in their place,
    /// without a gap. Whether it did. Throws `error` when that cannot be now; then the shards go on
    /// as they were. Any executor.
    task<bool> autoscale();
    /// Puts the shards of another plan in the place of those that run, in the same way.
    task<> reshard(shard_plan plan);

private:
    struct impl;
    std::shared_ptr<impl> impl_;
};

} // namespace strandcord::shards
