#pragma once

#include "gateway/shard.hpp"
#include "runtime/task_group.hpp"
#include "shards/manager.hpp"
#include "shards/planner.hpp"
#include "shards/relay.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strandcord::shards {

class shard_set;

/// What every set of one manager works with.
struct set_services {
    boost::asio::any_io_executor executor = {};
    boost::asio::any_io_executor strand = {}; ///< the manager's
    const manager_settings* settings = nullptr;
    const manager_services* services = nullptr; ///< with a gate
    gateway::url_source ask_url = {};
    /// Something started, became ready or ended. On the manager's strand.
    std::function<void()> changed = {};
    /// A shard ended for good. On the manager's strand.
    std::function<void(const shard_set&, std::exception_ptr)> failed = {};
};

/// The shards of one plan, each on a strand of its own, started in the order that the planner says.
/// On the manager's strand, but for what says otherwise. Joined before it is destroyed.
class shard_set : public std::enable_shared_from_this<shard_set> {
public:
    shard_set(set_services with, planner plan, std::string url);

    /// Makes the shards; the plan is known. `via`: this set replaces another; else it continues the
    /// sessions that the settings name.
    void make(std::shared_ptr<crossing> via);
    /// Starts those whose turn it is.
    void start_due();
    /// All close in parallel, with 1000, or 4000 to keep their sessions.
    void stop(bool keep_sessions);
    /// None runs, and none will be started any more.
    bool over() const noexcept { return running_ == 0 && !plan_.will_start_more(); }
    std::size_t running() const noexcept { return running_; }
    task_group::join_operation join() noexcept { return children_.join(); }
    /// After `join()`: only what its handlers need is kept.
    void retire();
    /// After `retire()`: returns when no handler of its events runs any more.
    static task<> quiet(std::shared_ptr<shard_set> self);

    // One shard; an index that does not run here is nothing.
    void start_one(int index);
    void stop_one(int index);
    /// Ends its session and starts a new one.
    void restart_one(int index);
    /// Drops its connection and resumes.
    void reconnect_one(int index);
    /// Whether there is such a shard here.
    bool submit(int index, const std::string& payload);
    void broadcast(const std::string& payload);

    const planner& plan() const noexcept { return plan_; }
    const std::vector<shard_id>& ids() const noexcept { return plan_.shards(); }
    /// Every shard's relay takes this way from now on; returns when all do.
    static task<> cross(std::shared_ptr<shard_set> self, std::shared_ptr<crossing> via, side mine);
    /// Any thread.
    std::vector<shard_status> status() const;
    std::vector<resume_point> resumable() const;
    /// Null when there is none. Any thread.
    std::shared_ptr<gateway::shard> shard_at(int index) const;

private:
    struct entry {
        shard_id id = {};
        boost::asio::any_io_executor strand = {};
        std::shared_ptr<relay> events = {};
        std::shared_ptr<gateway::shard> shard = {}; ///< written under the lock
        bool running = false;
        bool ending = false; ///< it was told to stop
        bool again = false;  ///< to be started when it has ended
    };

    static task<> run(std::shared_ptr<relay> events, std::shared_ptr<gateway::shard> shard);
    std::unique_ptr<entry> make_entry(shard_id which, std::optional<resume_point> resume);
    std::shared_ptr<gateway::shard> make_shard(const entry& of,
                                               std::optional<resume_point> resume) const;
    std::optional<resume_point> kept_session(shard_id which) const;
    entry* find(int index) noexcept;
    void start(entry& one);
    void renew(entry& one);
    void on_end(entry& one, std::exception_ptr why);
    template <class Function>
    void tell(const entry& one, Function what) const;

    set_services with_;
    planner plan_;
    std::string url_;
    task_group children_;
    mutable std::mutex mutex_; ///< guards `entries_` and their `shard` for other threads
    std::vector<std::unique_ptr<entry>> entries_;
    std::size_t running_ = 0;
};

} // namespace strandcord::shards
