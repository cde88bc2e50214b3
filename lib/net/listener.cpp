#include "net/listener.hpp"

#include "net/stream.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace strandcord::net {

namespace asio = boost::asio;
using asio::ip::tcp;

struct listener::impl {
    impl(asio::any_io_executor executor, listener_options options) : acceptor{std::move(executor)} {
        if (options.tls)
            context = tls_context::server(*options.tls, std::move(options.on_server_name));
        const tcp::endpoint where{asio::ip::address_v4::loopback(), options.port};
        try {
            acceptor.open(where.protocol());
            acceptor.set_option(tcp::acceptor::reuse_address{true});
            acceptor.bind(where);
            acceptor.listen();
        } catch (const boost::system::system_error& failure) {
            throw error{failure.code(),
                        "Cannot listen on 127.0.0.1:" + std::to_string(options.port) + ": " +
                            failure.code().message() + "."};
        }
    }

    tcp::acceptor acceptor;
    std::optional<tls_context> context = {};
};

listener::listener(asio::any_io_executor executor, listener_options options)
    : impl_{std::make_unique<impl>(std::move(executor), std::move(options))} {}
listener::listener(listener&&) noexcept = default;
listener& listener::operator=(listener&&) noexcept = default;
listener::~listener() = default;

std::uint16_t listener::port() const noexcept {
    error_code closed;
    return impl_->acceptor.local_endpoint(closed).port();
}

task<any_stream> listener::accept() {
    return accept(impl_->acceptor.get_executor());
}

task<any_stream> listener::accept(asio::any_io_executor connection) {
    const std::optional<tls_context> context = impl_->context;
    auto [failure, socket] = co_await impl_->acceptor.async_accept(
        std::move(connection), asio::as_tuple(asio::use_awaitable));
    if (failure == asio::error::operation_aborted)
        throw error{errc::cancelled, "The listener was closed."};
    if (failure)
        throw error{failure};
    if (context)
        co_return accept_tls(std::move(socket), *context);
    co_return make_tcp_stream(std::move(socket));
}

void listener::close() noexcept {
    error_code ignored;
    impl_->acceptor.close(ignored);
}

} // namespace strandcord::net
