// One set of shards takes the place of another. `takeover` decides about events, `planner` about
// starts; here is the order of it all.

#include "shards/manager_impl.hpp"

#include "core/failure.hpp"
#include "runtime/run_on.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace asio = boost::asio;

namespace strandcord::shards {
namespace {

[[noreturn]] void refuse(errc why, std::string sentence) {
    throw error{why, std::move(sentence)};
}

bool is_sharding_required(const std::exception_ptr& why) {
    try {
        std::rethrow_exception(why);
    } catch (const boost::system::system_error& e) {
        return e.code() == gateway_errc::sharding_required;
    } catch (...) {
        return false;
    }
}

} // namespace

// One at a time, and `serve` waits for it.
struct manager::impl::turn {
    explicit turn(std::shared_ptr<impl> whose) : owner{std::move(whose)} {
        if (owner->stopping)
            refuse(errc::shutting_down, "The bot is stopping; its shards are not replaced.");
        if (!owner->current)
            refuse(errc::invalid_configuration,
                   "The shards are not planned yet: reshard when the bot is ready.");
        if (owner->resharding)
            refuse(errc::invalid_configuration,
                   "The shards are being replaced already; wait for that to end.");
        owner->resharding = true;
        owner->reshard_failure = nullptr;
    }
    turn(const turn&) = delete;
    turn& operator=(const turn&) = delete;
    ~turn() {
        owner->resharding = false;
        owner->replacing = false;
        // 4011 came meanwhile, and what was under way did not help.
        if (owner->sharding_failure)
            owner->begin_autoscale();
        owner->touch();
    }
    std::shared_ptr<impl> owner;
};

task<bool> manager::impl::autoscale(std::shared_ptr<impl> self) {
    const turn mine{self};
    const shard_plan running = self->current->plan().source();
    if (runs_a_part(running))
        refuse(errc::invalid_configuration,
               "Only a part of the shards runs here, and how a larger number would be divided is "
               "not known: call reshard() with a plan in each process.");
    task<gateway_bot> asking_now = self->services.ask_gateway_bot();
    const gateway_bot info = co_await std::move(asking_now);
    self->on_gateway_bot(info);
    if (!running.choice() && info.shards <= self->current->ids().front().count)
        co_return false;
    planner plan{running.choice() ? running : shard_plan::fixed(info.shards)};
    plan.on_gateway_bot(info);
    if (plan.shards() == self->current->ids())
        co_return false;
    co_await replace(self, std::move(plan));
    co_return true;
}

task<> manager::impl::reshard(std::shared_ptr<impl> self, shard_plan wanted) {
    const turn mine{self};
    planner plan{wanted};
    task<gateway_bot> asking_now = self->services.ask_gateway_bot();
    const gateway_bot info = co_await std::move(asking_now);
    self->on_gateway_bot(info);
    plan.on_gateway_bot(info);
    co_await replace(self, std::move(plan));
}

task<> manager::impl::autoscale_at_times(std::shared_ptr<impl> self) {
    for (;;) {
        co_await sleep_for(self->settings.autoscale_every);
        self->begin_autoscale();
    }
}

// With a shard gone for good the others wait for what may pass; else the schedule comes again.
task<> manager::impl::autoscale_once(std::shared_ptr<impl> self) {
    for (int attempt = 1;; ++attempt) {
        // By the user, meanwhile: if it does not help, its end begins this anew.
        if (self->resharding)
            co_return;
        std::optional<error> refused;
        try {
            const bool grown = co_await autoscale(self);
            if (!grown && self->sharding_failure)
                std::rethrow_exception(self->sharding_failure);
            co_return;
        } catch (const boost::system::system_error&) {
            refused = detail::current_error();
        }
        if (!self->sharding_failure || !may_pass(*refused))
            throw *refused;
        task<> waiting = self->wait_to_ask_again(
            attempt, *refused, "A shard needs more shards beside it; that is tried again.");
        co_await std::move(waiting);
    }
}

void manager::impl::begin_autoscale() {
    if (resharding || autoscaling || stopping)
        return;
    autoscaling = true;
    children.spawn(autoscale_once(shared_from_this()), [this](std::exception_ptr why) {
        autoscaling = false;
        on_autoscale_end(std::move(why));
    });
}

void manager::impl::on_autoscale_end(std::exception_ptr why) {
    if (!why || stopping)
        return;
    settings.log.write(level::warning, "shards", std::nullopt,
                       "The shards were not replaced; those that run go on.",
                       {{"error", in_words(why)}});
    // With a shard gone for good there is nothing to go on with.
    if (sharding_failure)
        fail(sharding_failure);
}

bool manager::impl::needs_more_shards(const std::exception_ptr& why) const {
    return settings.autoscale_every > std::chrono::nanoseconds{} && is_sharding_required(why);
}

task<> manager::impl::replace(std::shared_ptr<impl> self, planner plan) {
    if (self->stopping)
        refuse(errc::shutting_down, "The bot is stopping; its shards are not replaced.");
    if (!plan.warning().empty())
        refuse(errc::start_limit_reached, plan.warning());
    co_await asio::this_coro::throw_if_cancelled(false);
    self->replacing = true;
    const auto old_set = self->current;
    const auto new_set = self->make_set(std::move(plan));
    const std::weak_ptr<impl> weak = self;
    const auto via = std::make_shared<crossing>(
        takeover{old_set->running(), new_set->ids(), self->settings.intents.has(intent::guilds)},
        [weak, home = self->strand] {
            asio::post(home, [weak] {
                if (const auto alive = weak.lock())
                    alive->touch();
            });
        });
    self->settings.log.write(
        level::info, "shards", std::nullopt, "A new set of shards starts beside the one that runs.",
        {{"shards", new_set->ids().size()}, {"instead_of", old_set->ids().size()}});
    co_await shard_set::cross(old_set, via, side::old_set);
    new_set->make(via);
    self->other = new_set;

    std::exception_ptr failed;
    try {
        co_await self->wait_until_it_serves(*new_set, *via);
    } catch (...) {
        failed = std::current_exception();
    }
    const auto leaving = failed ? new_set : old_set;
    if (failed) {
        via->abort();
    } else {
        via->move();
        {
            const std::lock_guard lock{self->mutex};
            self->current = new_set;
            self->other = old_set;
        }
        self->sharding_failure = nullptr;
        self->settings.log.write(level::info, "shards", std::nullopt,
                                 "The new set of shards has taken over; the old one closes.");
        co_await self->settle(*via);
        via->finish();
    }
    leaving->stop(false);
    co_await self->wait_until_over(*leaving);
    co_await leaving->join();
    co_await shard_set::cross(failed ? old_set : new_set, nullptr, side::old_set);
    via->close();
    leaving->retire();
    self->other = nullptr;
    self->retired.push_back(leaving);
    self->children.spawn(let_go(self, leaving));
    if (failed)
        std::rethrow_exception(failed);
}

// Cancelled, the set stays: who ended the bot waits for its handlers.
task<> manager::impl::let_go(std::shared_ptr<impl> self, std::shared_ptr<shard_set> set) {
    co_await shard_set::quiet(set);
    std::erase(self->retired, set);
}

task<> manager::impl::wait_until_it_serves(shard_set& set, crossing& via) {
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    for (;;) {
        if (stopping || cancellation.cancelled() != asio::cancellation_type::none)
            refuse(errc::cancelled, "The shards were not replaced: that was cancelled.");
        if (reshard_failure)
            std::rethrow_exception(reshard_failure);
        if (via.overflowed())
            refuse(errc::timed_out,
                   "The shards were not replaced: those that run are too far behind the new ones. "
                   "Handlers may be too slow.");
        if (via.complete())
            co_return;
        const auto until = via.deadline().value_or(timer::time_point::max());
        if (runtime_clock::now() >= until)
            refuse(errc::timed_out,
                   "The shards were not replaced: of the guilds that they serve, " +
                       std::to_string(via.unserved()) +
                       " did not come to the new ones within two minutes.");
        set.start_due();
        reshard_changed.expires_at(until);
        co_await reshard_changed.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

task<> manager::impl::wait_until_over(shard_set& set) {
    while (!set.over()) {
        reshard_changed.expires_at(timer::time_point::max());
        co_await reshard_changed.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

// What is on its way on a connection of the old set arrives in this time. A new shard that is
// behind, because its connection was lost just now, is waited for: what it still brings must find
// that the old set had it. Every event of the new set is a `touch()`.
task<> manager::impl::settle(crossing& via) {
    const auto begun = runtime_clock::now();
    const auto until = begun + takeover::settling;
    const auto limit = begun + takeover::patience;
    while (!stopping) {
        const auto now = runtime_clock::now();
        if (now >= limit || (now >= until && !via.is_behind()))
            break;
        reshard_changed.expires_at(now < until ? until : limit);
        co_await reshard_changed.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

} // namespace strandcord::shards
