#include "net/resolve.hpp"

#include "net/look_up.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>

namespace strandcord::net {

namespace asio = boost::asio;
using asio::ip::tcp;

std::vector<tcp::endpoint> system_names(const std::string& host, std::uint16_t port,
                                        error_code& failure) {
    asio::io_context unused; // a resolver wants one, also to ask and wait
    tcp::resolver resolver{unused};
    std::vector<tcp::endpoint> found;
    for (const auto& entry : resolver.resolve(host, std::to_string(port), failure))
        found.push_back(entry.endpoint());
    return found;
}

task<std::vector<tcp::endpoint>> resolve(std::string host, std::uint16_t port, name_service names) {
    error_code failure;
    const auto address = asio::ip::make_address(host, failure);
    std::vector<tcp::endpoint> found;
    if (!failure) {
        found.emplace_back(address, port);
        co_return found;
    }
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    timer answered{executor, timer::time_point::max()};
    const auto asked = std::make_shared<look_up>(host, port, names);
    const look_up::wait mine{asked, answered};
    begin(asked);
    co_await answered.async_wait(asio::as_tuple(asio::use_awaitable));
    if (!asked->take(found, failure))
        throw error{errc::cancelled, "Looking up " + host + " was cancelled."};
    if (failure)
        throw error{failure,
                    "The address of " + host + " cannot be found: " + failure.message() + "."};
    co_return found;
}

} // namespace strandcord::net
