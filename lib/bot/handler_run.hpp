#pragma once

#include "bot/delivery_state.hpp"
#include "runtime/task_group.hpp"
#include "runtime/watched_executor.hpp"

#include <strandcord/log.hpp>

#include <memory>
#include <string_view>

namespace strandcord {

class handler_runner;

/// One handler at one event, from its start to its end. Owns the executor that the handler runs on,
/// so what is still to run keeps it; the runner knows of it only until the end.
class handler_run final : public executor_owner {
public:
    handler_run(handler_runner& runner, std::shared_ptr<const bot_detail::registered> what,
                std::shared_ptr<detail::delivery_state> event, const void* object,
                std::uint64_t key, logger log) noexcept;
    handler_run(const handler_run&) = delete;
    handler_run& operator=(const handler_run&) = delete;
    /// In a context that is destroyed it may be gone before its end.
    ~handler_run() override;

    void on_long_turn(runtime_clock::duration length) noexcept override;
    void on_waiting(bool begins) noexcept override;

    std::string_view event_name() const noexcept;
    bool runs() const noexcept { return runner_ != nullptr; }
    /// The end: what is kept from now on is small.
    void leave_runner() noexcept;

    const std::shared_ptr<const bot_detail::registered> handler;
    std::shared_ptr<detail::delivery_state> state;
    const void* const object;
    const std::uint64_t key; ///< of its order; 0: none
    task_group::child child = {};
    runtime_clock::time_point started = {};
    /// From when on it runs for long; never while it waits for an event.
    runtime_clock::time_point long_from = runtime_clock::time_point::max();
    bool told_of = false; ///< that it runs for long
    int calls = 1;
    bool asked_to_end = false;
    std::size_t waits = 0; ///< coroutines of it that wait for an event
    handler_run* older = nullptr;
    handler_run* newer = nullptr;

private:
    handler_runner* runner_; ///< null when it ended
    logger log_;
    const int shard_;
};

} // namespace strandcord
