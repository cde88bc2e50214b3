#include "gateway/shard_impl.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace asio = boost::asio;

namespace strandcord::gateway {

task<answer> shard::impl::ask(request what) {
    // A cancellation is looked at, not thrown: an answer that is here is not thrown away.
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    if (machine.over() || result || failure)
        throw error{errc::shutting_down};

    /// Leaves neither the machines nor us with somebody who is gone.
    struct place {
        impl& owner;
        requests::id_type id;
        asker here;

        place(impl& whose, request&& wanted)
            : owner{whose}
            , id{whose.asked.open(std::move(wanted), runtime_clock::now())}
            , here{timer{whose.strand, timer::time_point::max()}} {
            owner.askers.emplace(id, &here);
        }
        place(const place&) = delete;
        place& operator=(const place&) = delete;
        ~place() {
            owner.askers.erase(id);
            if (here.end)
                return;
            owner.asked.give_up(id);
            owner.machine.withdraw(id);
        }
    };
    place mine{*this, std::move(what)};
    drain();
    while (!mine.here.end && cancellation.cancelled() == asio::cancellation_type::none) {
        mine.here.wake.expires_at(asked.deadline(mine.id).value_or(timer::time_point::max()));
        const auto [moved] =
            co_await mine.here.wake.async_wait(asio::as_tuple(asio::use_awaitable));
        if (moved)
            continue;
        asked.on_time(runtime_clock::now());
        drain();
    }
    if (!mine.here.end)
        throw error{errc::cancelled};
    requests::settled& end = *mine.here.end;
    if (!end.why)
        co_return std::move(end.got);
    if (end.message.empty())
        throw error{end.why};
    throw incomplete_answer{end.why, std::move(end.message), std::move(end.got)};
}

bool shard::impl::feed_requests() {
    // Called after every frame: the clock is read only when there is something to do.
    if (std::exchange(sessions_lost, machine.sessions_lost()) != machine.sessions_lost())
        asked.on_session_lost();
    for (const auto& one : machine.take_outcomes())
        asked.on_outcome(one.ticket, one.why, runtime_clock::now());
    bool more = false;
    while (auto command = asked.next()) {
        more = true;
        const auto now = runtime_clock::now();
        if (const auto refused = machine.submit(std::move(command->text), now, command->id))
            asked.on_outcome(command->id, refused, now);
    }
    if (machine.over())
        asked.on_over();
    while (auto end = asked.next_settled()) {
        const auto whose = askers.find(end->id);
        if (whose != askers.end())
            whose->second->end = std::move(*end);
    }
    if (asked.take_moved())
        for (const auto& [id, one] : askers)
            if (one->end ||
                asked.deadline(id).value_or(timer::time_point::max()) != one->wake.expiry())
                one->wake.cancel();
    return more;
}

void shard::impl::end_requests() {
    asked.on_over();
    feed_requests();
}

} // namespace strandcord::gateway
