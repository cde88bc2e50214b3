#pragma once

#include "net/any_stream.hpp"
#include "net/tls_context.hpp"

#include <strandcord/task.hpp>

#include <boost/asio/ip/tcp.hpp>

#include <string>

namespace strandcord::net {

/// A connected socket as a stream.
any_stream make_tcp_stream(boost::asio::ip::tcp::socket socket);

/// The client's TLS handshake over a connected socket: sends `host` as server name (not for an
/// address), verifies chain and host. Throws `error` (`errc::certificate_invalid`,
/// `errc::handshake_failed`) whose sentence names the host, OpenSSL's reason and the remedy.
task<any_stream> connect_tls(boost::asio::ip::tcp::socket socket, tls_context context,
                             std::string host);

/// The server's side. The handshake happens within the first read or write, so a slow client
/// never delays the one that accepts.
any_stream accept_tls(boost::asio::ip::tcp::socket socket, tls_context context);

} // namespace strandcord::net
