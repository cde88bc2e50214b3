#include "runtime/watched_executor.hpp"

#include <boost/asio/strand.hpp>

namespace strandcord {
namespace {

/// On this thread: how long functions took inside the one that is running.
thread_local runtime_clock::duration inside{};

} // namespace

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
    const auto* watched = executor.target<watched_executor>();
    // A strand on it runs there too.
    using strand = boost::asio::strand<boost::asio::any_io_executor>;
    boost::asio::any_io_executor below;
    if (const auto* other = executor.target<strand>(); other && !watched) {
        below = other->get_inner_executor();
        watched = below.target<watched_executor>();
    }
    if (watched) {
        owner_ = watched->owner();
        owner_->on_waiting(true);
    }
}

owner_waits::~owner_waits() {
    if (owner_)
        owner_->on_waiting(false);
}

const boost::asio::any_io_executor&
unwatched(const boost::asio::any_io_executor& executor) noexcept {
    const auto* watched = executor.target<watched_executor>();
    return watched ? watched->inner() : executor;
}

} // namespace strandcord
