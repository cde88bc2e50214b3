#include "runtime/watched_executor.hpp"

#include <boost/asio/require.hpp>

namespace strandcord {
namespace {

/// On this thread: how long functions took inside the one that is running.
thread_local runtime_clock::duration inside{};

} // namespace

watched_place::watched_place(boost::asio::any_io_executor where)
    : usual_{std::move(where)}
    , never_{boost::asio::require(usual_, boost::asio::execution::blocking.never)} {
    if (const auto* own = usual_.target<strand>())
        strand_ = *own;
    if (const auto* own = never_.target<strand>())
        never_strand_ = *own;
}

turn::turn(executor_owner& owner) noexcept
    : owner_{owner}
    , outside_{std::exchange(inside, runtime_clock::duration{})}
    , began_{runtime_clock::coarse_now()} {}

turn::~turn() {
    const auto whole = runtime_clock::coarse_now() - began_;
    const auto own = whole - inside;
    inside = outside_ + whole;
    if (own >= executor_owner::long_turn)
        owner_.on_long_turn(own);
}

owner_waits::owner_waits(const boost::asio::any_io_executor& executor) noexcept {
    // A strand on it runs there too.
    using strand = boost::asio::strand<boost::asio::any_io_executor>;
    const auto* other = executor.target<strand>();
    const boost::asio::any_io_executor below = other ? other->get_inner_executor() : executor;
    if (const auto* plain = below.target<watched_executor>())
        owner_ = plain->owner();
    else if (const auto* never = below.target<watched<true>>())
        owner_ = never->owner();
    if (owner_)
        owner_->on_waiting(true);
}

owner_waits::~owner_waits() {
    if (owner_)
        owner_->on_waiting(false);
}

const boost::asio::any_io_executor&
unwatched(const boost::asio::any_io_executor& executor) noexcept {
    if (const auto* plain = executor.target<watched_executor>())
        return plain->inner();
    const auto* never = executor.target<watched<true>>();
    return never ? never->owner()->where().executor<false>() : executor;
}

} // namespace strandcord
