#include "bot/handler_run.hpp"

#include "bot/handler_runner.hpp"

namespace strandcord {

handler_run::handler_run(handler_runner& runner, std::shared_ptr<const bot_detail::registered> what,
                         std::shared_ptr<detail::delivery_state> event, const void* decoded,
                         std::uint64_t order, logger log) noexcept
    : executor_owner{runner.place()}
    , handler{std::move(what)}
    , state{std::move(event)}
    , object{decoded}
    , key{order}
    , runner_{&runner}
    , log_{std::move(log)}
    , shard_{state->shard.index} {}

std::string_view handler_run::event_name() const noexcept {
    return state ? state->name : std::string_view{handler->call.event};
}

handler_run::~handler_run() {
    if (runner_)
        runner_->runs_->remove(*this);
}

void handler_run::leave_runner() noexcept {
    runner_->runs_->remove(*this);
    runner_ = nullptr;
    child = {};
    // The turn that it ends in may turn out to be a long one, and is told of with the event's name.
    if (!handler->call.event.empty())
        state = nullptr;
}

void handler_run::on_long_turn(runtime_clock::duration length) noexcept {
    log_.write(level::warning, "dispatch", shard_,
               "a handler held up its shard without a wait; do such work on a thread of its own",
               {{"event", event_name()},
                {"handler", handler->name},
                {"place", handler->place},
                {"held_up_ms", length}});
}

void handler_run::on_waiting(bool begins) noexcept {
    const bool first_or_last = begins ? ++waits == 1 : --waits == 0;
    if (first_or_last && runner_)
        runner_->count_waiting(*this, begins);
}

} // namespace strandcord
