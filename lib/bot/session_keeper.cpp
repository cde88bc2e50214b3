#include "bot/session_keeper.hpp"

#include "core/failure.hpp"
#include "runtime/run_on.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace strandcord {

namespace asio = boost::asio;

session_keeper::session_keeper(asio::any_io_executor executor, std::shared_ptr<session_store> store,
                               logger log)
    : store_{std::move(store)}
    , log_{std::move(log)}
    , children_{asio::make_strand(executor)}
    , due_{children_.executor()} {}

std::vector<resume_point> session_keeper::load(std::vector<resume_point> given) {
    if (!store_)
        return given;
    for (auto& stored : store_->load()) {
        const bool overridden = std::any_of(
            given.begin(), given.end(), [&](const auto& one) { return one.shard == stored.shard; });
        if (!overridden)
            given.push_back(std::move(stored));
    }
    // A place that cannot be written to is found before anything depends on it.
    store_->save(given);
    saved_ = given;
    usable_ = true;
    return given;
}

void session_keeper::start(source now) {
    if (usable_)
        children_.spawn(serve(std::move(now)));
}

task<> session_keeper::serve(source now) {
    for (;;) {
        save(now());
        due_.expires_after(interval);
        co_await due_.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

void session_keeper::on_session_changed() {
    asio::post(strand(), [self = shared_from_this()] {
        if (runtime_clock::now() - self->saved_at_ >= interval)
            self->due_.cancel();
    });
}

void session_keeper::save(std::vector<resume_point> points) {
    if (points == saved_ && !failing_)
        return;
    saved_at_ = runtime_clock::now();
    std::string why;
    try {
        store_->save(points);
        saved_ = std::move(points);
        failing_ = false;
        return;
    } catch (...) {
        why = in_words(std::current_exception());
    }
    if (!std::exchange(failing_, true))
        log_.write(level::error, "bot", std::nullopt,
                   "The sessions cannot be saved; a restart would repeat or lose events.",
                   {{"error", why}});
}

task<> session_keeper::finish(std::vector<resume_point> last) {
    children_.cancel();
    co_await children_.join();
    if (usable_)
        save(std::move(last));
    std::vector<std::weak_ptr<timer>> waiting;
    {
        const std::lock_guard lock{mutex_};
        over_ = true;
        waiting.swap(waiting_);
    }
    for (const auto& one : waiting)
        if (const auto still = one.lock())
            asio::post(still->get_executor(), [still] { still->cancel(); });
}

task<> session_keeper::over() {
    // The strand is the timer's: the wait has begun before it is cancelled, or never begins.
    const auto caller = co_await asio::this_coro::executor;
    const asio::any_io_executor here = asio::make_strand(caller);
    const auto own = std::make_shared<timer>(here, timer::time_point::max());
    {
        const std::lock_guard lock{mutex_};
        waiting_.push_back(own);
    }
    co_await run_on(here, wait(own));
}

task<> session_keeper::wait(std::shared_ptr<timer> own) {
    while (!is_over())
        co_await own->async_wait(asio::as_tuple(asio::use_awaitable));
}

bool session_keeper::is_over() const {
    const std::lock_guard lock{mutex_};
    return over_;
}

} // namespace strandcord
