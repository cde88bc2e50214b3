#include "testing/cut_stream.hpp"

#include "testing/keeping.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/error.hpp>

namespace strandcord::testing {

namespace asio = boost::asio;

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
