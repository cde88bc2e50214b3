#include "net/resolve.hpp"

#include "net/complete.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>

namespace strandcord::net {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// The system's resolver cannot be interrupted, so the waiting handler is taken away from it.
struct look_up : std::enable_shared_from_this<look_up> {
    explicit look_up(asio::any_io_executor executor) : resolver{std::move(executor)} {}

    void start(const std::string& host, const std::string& service, end_handler waiting) {
        // Boost 1.81's own assignment of handlers calls itself without end.
        handler.swap(waiting);
        auto slot = handler.get_cancellation_slot();
        if (slot.is_connected())
            slot.assign([self = weak_from_this()](asio::cancellation_type) {
                if (const auto alive = self.lock())
                    alive->cancel();
            });
        resolver.async_resolve(host, service,
                               [self = shared_from_this()](
                                   error_code failure, const tcp::resolver::results_type& found) {
                                   self->finish(failure, found);
                               });
    }

    void cancel() {
        if (!handler)
            return;
        resolver.cancel();
        complete_later(std::move(handler), resolver.get_executor(), asio::error::operation_aborted);
    }

    void finish(error_code failure, const tcp::resolver::results_type& found) {
        if (!handler)
            return;
        auto slot = handler.get_cancellation_slot();
        if (slot.is_connected())
            slot.clear();
        results = found;
        end_handler waiting = std::move(handler);
        std::move(waiting)(failure);
    }

    tcp::resolver resolver;
    end_handler handler = nullptr;
    tcp::resolver::results_type results;
};

} // namespace

task<std::vector<tcp::endpoint>> resolve(std::string host, std::uint16_t port) {
    error_code not_an_address;
    const auto address = asio::ip::make_address(host, not_an_address);
    std::vector<tcp::endpoint> found;
    if (!not_an_address) {
        found.emplace_back(address, port);
        co_return found;
    }
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    const auto state = std::make_shared<look_up>(executor);
    const std::string service = std::to_string(port);
    auto start = [&](auto handler) {
        state->start(host, service, end_handler{std::move(handler)});
    };
    const auto [failure] =
        co_await asio::async_initiate<const asio::as_tuple_t<asio::use_awaitable_t<>>,
                                      void(error_code)>(start, asio::as_tuple(asio::use_awaitable));
    if (failure == asio::error::operation_aborted)
        throw error{errc::cancelled, "Looking up " + host + " was cancelled."};
    if (failure)
        throw error{failure,
                    "The address of " + host + " cannot be found: " + failure.message() + "."};
    for (const auto& entry : state->results)
        found.push_back(entry.endpoint());
    co_return found;
}

} // namespace strandcord::net
