#include "gateway/identify_gate.hpp"

#include "runtime/timer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace asio = boost::asio;

namespace strandcord::gateway {

struct queue_gate::waiter {
    waiter(asio::any_io_executor executor, int index)
        : timeout{std::move(executor)}, shard{index} {}

    timer timeout; ///< touched on its own executor only
    int shard;
    identify_queue::ticket ticket = 0;
    bool served = false;
};

/// A place in the queue; unless it was kept, it is given up with the scope.
class queue_gate::place {
public:
    place(queue_gate& gate, std::shared_ptr<waiter> who) : gate_{gate}, who_{std::move(who)} {
        std::scoped_lock lock{gate_.mutex_};
        who_->ticket = gate_.queue_.ask(who_->shard);
        gate_.waiters_.emplace(who_->ticket, who_);
        gate_.wake_first(); // the newcomer's bucket may be free sooner
    }
    place(const place&) = delete;
    place& operator=(const place&) = delete;
    ~place() {
        std::scoped_lock lock{gate_.mutex_};
        gate_.waiters_.erase(who_->ticket);
        if (kept_)
            return;
        if (who_->served)
            gate_.queue_.give_back(who_->shard);
        else
            gate_.queue_.give_up(who_->ticket);
        gate_.changed();
    }

    void keep() noexcept { kept_ = true; }

private:
    queue_gate& gate_;
    std::shared_ptr<waiter> who_;
    bool kept_ = false;
};

queue_gate::queue_gate(logger log) : log_{std::move(log)} {}

queue_gate::~queue_gate() = default;

void queue_gate::update(const identify_limits& limits) {
    constexpr int few = 50;
    if (limits.remaining <= few) {
        log_.write(level::warning, "shards", std::nullopt,
                   "Few session starts are left today; when none is, shards wait until the "
                   "allowance returns.",
                   {{"remaining", limits.remaining},
                    {"total", limits.total},
                    {"reset_ms", limits.reset_after}});
    }
    std::scoped_lock lock{mutex_};
    queue_.set_limits(limits, runtime_clock::now());
    changed();
}

std::optional<int> queue_gate::remaining() const {
    std::scoped_lock lock{mutex_};
    return queue_.remaining();
}

task<> queue_gate::acquire(int shard_index) {
    const auto executor = co_await asio::this_coro::executor;
    const auto self = std::make_shared<waiter>(executor, shard_index);
    place own{*this, self};
    bool told = false;
    for (;;) {
        bool served = false;
        auto wait = runtime_clock::duration::zero();
        auto until = timer::time_point::max();
        {
            std::scoped_lock lock{mutex_};
            serve();
            const auto now = runtime_clock::now();
            served = self->served;
            if (const auto deadline = queue_.deadline(now); deadline && !served) {
                wait = *deadline - now;
                if (waiters_.begin()->second == self)
                    until = *deadline;
            }
        }
        if (served)
            break;
        if (!told) {
            told = true;
            log_.write(level::info, "gateway", shard_index, "Waiting for an identify slot.",
                       {{"op", 2}, {"wait_ms", wait}, {"reason", "identify queue"}});
        }
        self->timeout.expires_at(until);
        auto [ended] = co_await self->timeout.async_wait(asio::as_tuple(asio::use_awaitable));
        const auto cancellation = co_await asio::this_coro::cancellation_state;
        if (ended && cancellation.cancelled() != asio::cancellation_type::none)
            throw error{errc::cancelled};
    }
    own.keep();
}

void queue_gate::sent(int shard_index) {
    std::scoped_lock lock{mutex_};
    queue_.sent(shard_index, runtime_clock::now());
    changed();
}

void queue_gate::give_back(int shard_index) {
    std::scoped_lock lock{mutex_};
    queue_.give_back(shard_index);
    changed();
}

void queue_gate::serve() {
    bool any = false;
    while (const auto ticket = queue_.next(runtime_clock::now())) {
        const auto found = waiters_.find(*ticket);
        found->second->served = true;
        wake(found->second);
        waiters_.erase(found);
        any = true;
    }
    if (any)
        wake_first();
}

// The deadline may have moved: who keeps the time looks again.
void queue_gate::changed() {
    serve();
    wake_first();
}

void queue_gate::wake_first() {
    if (!waiters_.empty())
        wake(waiters_.begin()->second);
}

void queue_gate::wake(const std::shared_ptr<waiter>& who) {
    asio::post(who->timeout.get_executor(), [who] { who->timeout.cancel(); });
}

} // namespace strandcord::gateway
