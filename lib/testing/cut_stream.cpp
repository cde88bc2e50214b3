#include "testing/cut_stream.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/error.hpp>

namespace strandcord::testing {

namespace asio = boost::asio;

namespace {

// Keeps the stream while the inner one works, as stream_base asks for, and hands the handler's
// executor and cancellation on.
template <class Handler>
auto keeping(std::shared_ptr<net::stream_base> self, Handler handler) {
    const auto slot = asio::get_associated_cancellation_slot(handler);
    const auto where = asio::get_associated_executor(handler, self->executor());
    auto call = [self = std::move(self), handler = std::move(handler)](auto... results) mutable {
        std::move(handler)(results...);
    };
    return asio::bind_cancellation_slot(slot, asio::bind_executor(where, std::move(call)));
}

} // namespace

void cut_stream::read_some(asio::mutable_buffer where, net::transfer_handler handler) {
    inner_.async_read_some(where, keeping(shared_from_this(), std::move(handler)));
}

void cut_stream::write_some(asio::const_buffer what, net::transfer_handler handler) {
    if (!cut_) {
        inner_.async_write_some(what, keeping(shared_from_this(), std::move(handler)));
        return;
    }
    auto end = [self = shared_from_this(), handler = std::move(handler)](boost::system::error_code,
                                                                         std::size_t) mutable {
        self->reset();
        std::move(handler)(asio::error::connection_reset, 0);
    };
    const auto half = asio::buffer(what, std::max<std::size_t>(1, what.size() / 2));
    inner_.async_write_some(half, asio::bind_executor(inner_.get_executor(), std::move(end)));
}

void cut_stream::shutdown(net::end_handler handler) {
    inner_.async_shutdown(keeping(shared_from_this(), std::move(handler)));
}

} // namespace strandcord::testing
