#pragma once

#include "net/any_stream.hpp"
#include "net/tls_context.hpp"

#include <strandcord/task.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <memory>
#include <optional>

namespace strandcord::net {

struct listener_options {
    std::uint16_t port = 0; ///< 0: any free one
    std::optional<tls_identity> tls = {};
    server_name_hook on_server_name = {};
};

/// Accepts connections on 127.0.0.1. Move-only; used from the executor it was given.
class listener {
public:
    /// Listens at once. Throws `error` when the port cannot be had.
    listener(boost::asio::any_io_executor executor, listener_options options);
    listener(listener&&) noexcept;
    listener& operator=(listener&&) noexcept;
    ~listener();

    std::uint16_t port() const noexcept;
    /// The next connection, on the listener's executor or on one of its own. With TLS the
    /// handshake happens within its first read or write. Throws when closed.
    task<any_stream> accept();
    task<any_stream> accept(boost::asio::any_io_executor connection);
    void close() noexcept;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

} // namespace strandcord::net
