#include "runtime/contained.hpp"

#include <boost/asio/this_coro.hpp>

namespace strandcord {

task<> contained(task<> work, std::exception_ptr& failure) {
    try {
        co_await std::move(work);
    } catch (...) {
        failure = std::current_exception();
    }
    co_await boost::asio::this_coro::throw_if_cancelled(false);
}

} // namespace strandcord
