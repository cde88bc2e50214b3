#pragma once

// Runs the handlers of one shard's events, as children of one task group on the shard's strand.
// Rules:
// - who waits for an event, in `wait_for` or at a stream, hears of it first;
// - handlers start in the order of events and of registration; reading never waits for them;
// - at most `in_flight` run at once, those apart that wait for an event; then `when_full` decides,
//   and what is lost is counted (handler_room.cpp);
// - a handler with an order or a bound of its own may have to wait for its turn
// (handler_turns.cpp);
// - a handler that throws hurts nobody; all failures of one event come back as one aggregate
//   (handler_failures.cpp);
// - one that runs for long is named (long_runs.cpp);
// - after `drain` nothing of a handler is left.

#include "bot/event_decoder.hpp"
#include "bot/finished_sequence.hpp"
#include "bot/handler_run.hpp"
#include "bot/order_queue.hpp"
#include "bot/registry.hpp"
#include "cache/feed.hpp"
#include "gateway/shard.hpp"
#include "runtime/task_group.hpp"

#include <strandcord/config.hpp>
#include <strandcord/metrics.hpp>
#include <strandcord/rest.hpp>

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace strandcord {

struct runner_services {
    dispatcher::state* registry = nullptr;
    rest_client rest;
    logger log = {};
    std::shared_ptr<meter> metrics = {};
    handler_options options = {};
    session_commit commit = session_commit::finished;
    std::shared_ptr<cache::store> cache = {};
};

class handler_runner final : public gateway::event_sink {
public:
    handler_runner(boost::asio::any_io_executor strand, shard_id shard, runner_services services);
    ~handler_runner() override;

    void on_dispatch(const gateway::dispatch& event) override;
    bool reads(std::string_view type) override;
    bool full() const noexcept override;
    task<> room() override;
    std::int64_t finished(std::int64_t received) const noexcept override;
    task<> quiet() override;

    /// Waits for running handlers and those that wait for their turn, at most `grace`, then cancels
    /// the rest and names them in the log. On the strand. Ignores cancellation of the caller but
    /// for its waiting: then the grace is over at once.
    task<> drain(std::chrono::nanoseconds grace);
    const boost::asio::any_io_executor& strand() const noexcept { return group_.executor(); }
    const std::shared_ptr<const watched_place>& place() const noexcept { return place_; }

private:
    friend class handler_run;

    using event_state = std::shared_ptr<detail::delivery_state>;
    using handler = std::shared_ptr<const bot_detail::registered>;

    /// A handler that is to run for an event.
    struct job {
        handler what = {};
        event_state state = {};
        const void* object = nullptr;
        std::uint64_t key = 0;
        int calls = 1;
    };
    /// Somebody who waits is to hear of an event.
    struct offer {
        std::shared_ptr<detail::listener> to = {};
        const void* object = nullptr;
    };
    using waiting_list = std::vector<std::shared_ptr<detail::listener>>;
    /// Those of one registration, on this shard.
    struct turns {
        handler what;
        order_queue<job> queue;
        std::size_t waiting = 0; ///< of those that run: they wait for an event
    };

    void renew_table();
    void change_cache(const gateway::dispatch& event, const cache::effect* effect,
                      runtime_clock::time_point now);
    event_state begin(const gateway::dispatch& event);
    std::vector<offer> plan(const waiting_list& waiting, const gateway::dispatch& event,
                            const event_state& state);
    void plan(const bot_detail::handler_list& handlers, const gateway::dispatch& event,
              const event_state& state, std::vector<job>& jobs);
    void start(job one, runtime_clock::time_point now);
    task<> run_one(std::shared_ptr<handler_run> run);
    void ended(handler_run& run, std::exception_ptr failure);
    void settle(const event_state& state, runtime_clock::time_point now);
    void note_finished() noexcept;
    std::chrono::milliseconds limit_of(const handler_run& run) const noexcept;

    // handler_room.cpp
    void count_running(int by) noexcept;
    void count_waiting(handler_run& run, bool begins) noexcept;
    bool make_room(const job& one);
    void note_lost(const char* text, const bot_detail::registered& whose, std::string_view event);
    void note_pause();

    // long_runs.cpp
    void expect_end(handler_run& run, runtime_clock::time_point from);
    void watch_over(const handler_run& run);
    std::optional<runtime_clock::time_point> name_long_runs();
    task<> watch();

    // handler_turns.cpp
    bool admit(job& one);
    void queue_up(turns& line, job one);
    turns& turns_of(const handler& what);
    bool holds_up_reading(const turns& line) const noexcept;
    void end_turn(const bot_detail::registered& what, std::uint64_t key);
    void start_those_whose_turn_it_is();
    void count_queued(const bot_detail::registered& what, int by) noexcept;
    void drop_queued(turns& line, bool cut_off);
    void forget_removed();
    void give_up_queued();

    // handler_failures.cpp
    bool call_again(const handler_run& run, const std::exception_ptr& failure);
    void note_failure(const handler_run& run, const std::exception_ptr& failure);
    void report(const event_state& state);
    void retry(const event_state& state, const detail::failed_run& failed);
    task<> start_again();

    shard_id shard_;
    runner_services services_;
    cache::feed cache_;
    std::vector<cache::old_object> before_; ///< what the last event of Discord's changed there
    event_decoder decoder_;
    task_group group_;
    std::shared_ptr<const watched_place> place_; ///< the strand, for handlers
    std::shared_ptr<bot_detail::shard_runs> runs_;
    timer watch_; ///< of `watch()`
    bool watched_ = false;
    std::shared_ptr<const bot_detail::handler_table> table_;
    std::uint64_t table_version_ = 0;
    std::size_t in_flight_ = 0; ///< without those that wait for an event
    std::size_t waiting_ = 0;
    std::size_t queued_ = 0;
    std::map<handler_id, turns> turns_;
    std::vector<handler_id> ended_turns_; ///< whose next may start
    bool starting_ = false;               ///< somebody starts handlers already
    std::vector<job> jobs_;               ///< empty: kept for its memory
    std::vector<job> again_;              ///< to be called again soon; they count as running
    std::uint64_t dropped_ = 0;
    std::uint64_t pauses_ = 0;
    bool cancelling_ = false;
    finished_sequence finished_;
    std::atomic<std::int64_t> lowest_open_{finished_sequence::none}; ///< for other threads
};

} // namespace strandcord
