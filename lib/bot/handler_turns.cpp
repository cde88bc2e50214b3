// Handlers that may have to wait for their turn: those with an order, or a bound of their own. The
// machine is order_queue; what waits belongs to its event until it ran or was given up.

#include "bot/handler_runner.hpp"

#include <algorithm>

namespace strandcord {

handler_runner::turns& handler_runner::turns_of(const handler& what) {
    const auto found = turns_.find(what->id);
    if (found != turns_.end())
        return found->second;
    return turns_.emplace(what->id, turns{what, order_queue<job>{what->how.in_flight}})
        .first->second;
}

/// Whether it starts now; if so it counts as running. If not it waits, or was lost.
bool handler_runner::admit(job& one) {
    turns* const line = one.what->takes_turns() ? &turns_of(one.what) : nullptr;
    if (line && !line->queue.admit(one.key)) {
        queue_up(*line, std::move(one));
        return false;
    }
    if (!make_room(one)) {
        end_turn(*one.what, one.key);
        return false;
    }
    ++one.state->pending;
    count_running(1);
    return true;
}

void handler_runner::queue_up(turns& line, job one) {
    const auto& how = line.what->how;
    if (line.queue.queued() >= how.queued) {
        const auto oldest = how.when_full == overflow::drop_oldest ? line.queue.drop_oldest()
                                                                   : std::optional<job>{};
        // Nobody is left who could make room, so waiting for it would be for ever.
        const bool may_wait =
            how.when_full == overflow::pause_reading && line.waiting < line.queue.running();
        if (oldest) {
            note_lost("too many events wait for the turn of a handler: the oldest was dropped",
                      *oldest->what, oldest->state->name);
            count_queued(*oldest->what, -1);
            settle(oldest->state, {});
        } else if (!may_wait) {
            note_lost("too many events wait for the turn of a handler: a new one was dropped",
                      *one.what, one.state->name);
            return;
        }
    }
    ++one.state->pending;
    count_queued(*one.what, 1);
    const auto key = one.key;
    line.queue.push(key, std::move(one));
}

bool handler_runner::holds_up_reading(const turns& line) const noexcept {
    return line.what->how.when_full == overflow::pause_reading &&
           !line.what->removed.load(std::memory_order_acquire) &&
           line.queue.queued() >= line.what->how.queued && line.waiting < line.queue.running();
}

void handler_runner::count_queued(const bot_detail::registered& what, int by) noexcept {
    queued_ += static_cast<std::size_t>(by);
    what.queued.fetch_add(static_cast<std::uint64_t>(static_cast<std::int64_t>(by)),
                          std::memory_order_relaxed);
    services_.metrics->change(gauge::handlers_queued, by);
}

void handler_runner::end_turn(const bot_detail::registered& what, std::uint64_t key) {
    if (!what.takes_turns())
        return;
    turns_.find(what.id)->second.queue.end(key);
    ended_turns_.push_back(what.id);
}

void handler_runner::start_those_whose_turn_it_is() {
    // Whoever starts others goes on with these: handlers that end at once do not pile up.
    if (starting_)
        return;
    starting_ = true;
    while (!ended_turns_.empty() && !cancelling_) {
        const auto line = turns_.find(ended_turns_.back());
        auto next = line != turns_.end() ? line->second.queue.next() : std::nullopt;
        if (!next) {
            ended_turns_.pop_back();
            continue;
        }
        job& one = next->second;
        one.key = next->first;
        const auto now = runtime_clock::now();
        services_.metrics->observe(timing::event_queue, now - one.state->decoded);
        count_queued(*one.what, -1);
        count_running(1);
        start(std::move(one), now);
    }
    ended_turns_.clear();
    starting_ = false;
}

void handler_runner::drop_queued(turns& line, bool cut_off) {
    while (auto one = line.queue.drop_oldest()) {
        one->state->cut_off = one->state->cut_off || cut_off;
        count_queued(*one->what, -1);
        settle(one->state, {});
    }
}

/// What waits for a handler that was removed waits for nothing.
void handler_runner::forget_removed() {
    for (auto at = turns_.begin(); at != turns_.end();) {
        turns& line = at->second;
        if (line.what->removed.load(std::memory_order_acquire)) {
            drop_queued(line, false);
            if (line.queue.idle()) {
                at = turns_.erase(at);
                continue;
            }
        }
        ++at;
    }
}

/// The bot's time to stop is over.
void handler_runner::give_up_queued() {
    for (auto& [id, line] : turns_) {
        if (line.queue.queued() != 0)
            services_.log.write(level::warning, "dispatch", shard_.index,
                                "events still waited for the turn of a handler when the bot "
                                "stopped, and were given up",
                                {{"events", line.queue.queued()}, {"handler", line.what->name}});
        drop_queued(line, true);
    }
    for (const job& one : std::exchange(again_, {})) {
        one.state->cut_off = true;
        count_running(-1);
        end_turn(*one.what, one.key);
        settle(one.state, {});
    }
}

} // namespace strandcord
