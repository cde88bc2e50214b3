#pragma once

// Runs the handlers of one shard's events, as children of one task group on the shard's strand.
// Rules:
// - handlers start in the order of events and of registration; reading never waits for them;
// - at most `in_flight` run at once; then `when_full` decides, and what is lost is counted;
// - a handler that throws hurts nobody; all failures of one event come back as one aggregate;
// - after `drain` nothing of a handler is left.

#include "bot/finished_sequence.hpp"
#include "bot/registry.hpp"
#include "gateway/shard.hpp"
#include "runtime/task_group.hpp"

#include <strandcord/config.hpp>
#include <strandcord/metrics.hpp>
#include <strandcord/rest.hpp>

#include <atomic>
#include <memory>
#include <set>
#include <string>

namespace strandcord {

struct runner_services {
    dispatcher::state* registry = nullptr;
    rest_client rest;
    logger log = {};
    std::shared_ptr<meter> metrics = {};
    handler_options options = {};
    session_commit commit = session_commit::finished;
};

class handler_runner final : public gateway::event_sink {
public:
    handler_runner(boost::asio::any_io_executor strand, shard_id shard, runner_services services);

    void on_dispatch(const gateway::dispatch& event) override;
    bool full() const noexcept override;
    task<> room() override;
    std::int64_t finished(std::int64_t received) const noexcept override;

    /// Waits for running handlers, at most `grace`, then cancels the rest and names them in the
    /// log. On the strand. Ignores cancellation of the caller but for its waiting: then the grace
    /// is over at once.
    task<> drain(std::chrono::nanoseconds grace);
    const boost::asio::any_io_executor& strand() const noexcept { return group_.executor(); }

private:
    struct running;

    task<> run_one(std::shared_ptr<const bot_detail::registered> handler,
                   std::shared_ptr<detail::delivery_state> state, const void* object);
    void start(std::shared_ptr<const bot_detail::registered> handler,
               std::shared_ptr<detail::delivery_state> state, const void* object);
    bool make_room();
    void note_pause();
    bool cancel_oldest();
    const void* decode(const bot_detail::registered& handler, detail::delivery_state& state,
                       const gateway::dispatch& event);
    void note_decode_problems(const bot_detail::registered& handler, std::string_view event,
                              const codec::decode_report& report);
    void ended(const running& here, detail::delivery_state& state, std::exception_ptr failure);
    void settle(detail::delivery_state& state);
    void note_finished() noexcept;
    void report(detail::delivery_state& state);

    shard_id shard_;
    runner_services services_;
    task_group group_;
    timer changed_; ///< never expires by itself: cancelled when a handler ends
    std::shared_ptr<const bot_detail::handler_table> table_;
    std::uint64_t table_version_ = 0;
    running* oldest_ = nullptr; ///< handlers in the order they started, linked through their frames
    running* newest_ = nullptr;
    std::size_t in_flight_ = 0;
    std::uint64_t dropped_ = 0;
    std::uint64_t pauses_ = 0;
    bool cancelling_ = false;
    finished_sequence finished_;
    std::atomic<std::int64_t> lowest_open_{finished_sequence::none}; ///< for other threads
    std::set<std::string> noted_; ///< "event path" of decode problems logged already
};

} // namespace strandcord
