#include "bot/listener.hpp"

#include "bot/checks.hpp"
#include "runtime/watched_executor.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace strandcord::detail {

namespace asio = boost::asio;

listener::listener(std::shared_ptr<listeners> where, const interest& what, std::size_t bound,
                   accepts test, void* predicate)
    : where_{std::move(where)}, what_{what}, bound_{bound}, predicate_{predicate}, test_{test} {}

listener::~listener() {
    where_->leave(*this);
}

void listener::offer(const delivery& heard) noexcept {
    std::list<delivery> unheard; // destroyed without the lock
    std::unique_lock lock{mutex_};
    tested_.wait(lock, [this] { return !testing_; });
    if (over())
        return;
    try {
        if (predicate_ && !passes(heard, lock))
            return;
        heard_.push_back(heard);
    } catch (...) {
        failure_ = std::current_exception();
    }
    if (heard_.size() > bound_) {
        unheard.splice(unheard.end(), heard_, heard_.begin());
        lost_.fetch_add(1, std::memory_order_relaxed);
    }
    if (waiting_)
        waiting_->cancel();
}

/// Asks the predicate, without the lock.
bool listener::passes(const delivery& heard, std::unique_lock<std::mutex>& lock) {
    struct asking {
        listener& owner;
        std::unique_lock<std::mutex>& lock;

        asking(listener& self, std::unique_lock<std::mutex>& held) : owner{self}, lock{held} {
            owner.testing_ = true;
            lock.unlock();
        }
        asking(const asking&) = delete;
        asking& operator=(const asking&) = delete;
        ~asking() {
            lock.lock();
            owner.testing_ = false;
            owner.tested_.notify_all();
        }
    } const without_lock{*this, lock};
    return test_(predicate_, heard);
}

void listener::leave() noexcept {
    std::unique_lock lock{mutex_};
    closed_ = true;
    tested_.wait(lock, [this] { return !testing_; });
}

void listener::close() noexcept {
    const std::lock_guard lock{mutex_};
    closed_ = true;
    if (waiting_)
        waiting_->cancel();
}

std::optional<delivery> listener::take() {
    std::optional<delivery> out;
    if (!heard_.empty()) {
        out.emplace(std::move(heard_.front()));
        heard_.pop_front();
    } else if (failure_) {
        std::rethrow_exception(failure_);
    }
    return out;
}

/// Somebody waits: the timer is there.
struct listener::in_wait {
    listener& owner;

    in_wait(listener& self, const asio::any_io_executor& here, runtime_clock::time_point limit)
        : owner{self} {
        const std::lock_guard lock{owner.mutex_};
        if (owner.waiting_)
            throw error{errc::invalid_argument,
                        "somebody waits for the next event of this stream already; a stream has "
                        "one reader"};
        owner.waiting_.emplace(here, limit);
    }
    in_wait(const in_wait&) = delete;
    in_wait& operator=(const in_wait&) = delete;
    ~in_wait() {
        const std::lock_guard lock{owner.mutex_};
        owner.waiting_.reset();
    }

    task<> wait() {
        auto initiate = [](auto handler, listener* self) {
            const std::lock_guard lock{self->mutex_};
            if (self->something_to_say())
                self->waiting_->expires_at(runtime_clock::time_point::min());
            self->waiting_->async_wait(std::move(handler));
        };
        return asio::async_initiate<const asio::use_awaitable_t<>&, void(error_code)>(
            initiate, asio::use_awaitable, &owner);
    }
};

task<std::optional<delivery>> listener::next(runtime_clock::time_point limit) {
    {
        const std::lock_guard lock{mutex_};
        if (something_to_say()) {
            std::optional<delivery> ready = take();
            co_return ready;
        }
    }
    const asio::any_io_executor here = co_await asio::this_coro::executor;
    const owner_waits counted_elsewhere{here};
    in_wait waiting{*this, here, limit};
    try {
        co_await waiting.wait();
    } catch (const boost::system::system_error&) {
        // Woken, or cancelled.
    }
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none)
        throw error{errc::cancelled};
    const std::lock_guard lock{mutex_};
    std::optional<delivery> out = take();
    co_return out;
}

std::vector<std::shared_ptr<listener>> listeners::of(std::string_view event) const {
    std::vector<std::shared_ptr<listener>> out;
    const std::lock_guard lock{mutex_};
    for (const std::string_view name : {event, std::string_view{}}) {
        const auto found = by_event_.find(name);
        if (found == by_event_.end())
            continue;
        for (const entry& one : found->second)
            if (auto who = one.kept.lock())
                out.push_back(std::move(who));
    }
    return out;
}

void listeners::close() {
    std::vector<std::shared_ptr<listener>> all; // destroyed without the lock
    {
        const std::lock_guard lock{mutex_};
        closed_ = true;
        for (const auto& [event, list] : by_event_)
            for (const entry& one : list)
                if (auto who = one.kept.lock())
                    all.push_back(std::move(who));
    }
    for (const auto& one : all)
        one->close();
}

void listeners::expect(intents asked, logger log) {
    const std::lock_guard lock{mutex_};
    asked_ = asked;
    log_ = std::move(log);
}

bool listeners::enter(const std::shared_ptr<listener>& who) {
    logger log;
    std::optional<intents> asked;
    {
        const std::lock_guard lock{mutex_};
        by_event_[who->what().event].push_back({who.get(), who});
        count_.fetch_add(1, std::memory_order_release);
        if (closed_)
            return true;
        if (asked_ && starves(who->what().needs, *asked_) &&
            warned_.insert(who->what().event).second) {
            log = log_;
            asked = asked_;
        }
    }
    if (asked)
        warn_of_starving_wait(who->what(), log);
    return false;
}

void listeners::leave(const listener& who) noexcept {
    const std::lock_guard lock{mutex_};
    const auto list = by_event_.find(who.what().event);
    if (list == by_event_.end())
        return;
    if (std::erase_if(list->second, [&](const entry& one) { return one.who == &who; }) != 0)
        count_.fetch_sub(1, std::memory_order_release);
    if (list->second.empty())
        by_event_.erase(list);
}

std::shared_ptr<listener> listen(const std::shared_ptr<listeners>& where, const interest& what,
                                 std::size_t bound) {
    auto made =
        std::make_shared<listener>(where, what, std::max<std::size_t>(bound, 1), nullptr, nullptr);
    if (where->enter(made))
        made->close();
    return made;
}

std::uint64_t lost_by(const listener& which) noexcept {
    return which.lost();
}

task<std::optional<delivery>> next_heard(std::shared_ptr<listener> which) {
    std::optional<delivery> out = co_await which->next(runtime_clock::time_point::max());
    co_return out;
}

task<std::optional<delivery>> first_heard(std::shared_ptr<listeners> where, const interest* what,
                                          accepts test, void* predicate,
                                          std::chrono::nanoseconds limit) {
    const auto now = runtime_clock::now();
    const auto forever = runtime_clock::time_point::max();
    const auto until = limit < forever - now ? now + limit : forever;
    const auto made = std::make_shared<listener>(where, *what, 1, test, predicate);
    // A shard may still hold it when this coroutine, and with it the predicate, is gone.
    struct leaving {
        listener& which;
        ~leaving() { which.leave(); }
    } const at_the_end{*made};
    if (where->enter(made))
        made->close();
    co_return co_await made->next(until);
}

} // namespace strandcord::detail
