#pragma once

#include "net/tls_context.hpp"
#include "net/transport.hpp"

#include <memory>

namespace strandcord::net {

/// Real sockets: every address of the host in turn, TLS 1.2 and later with chain, host name and
/// SNI. May be shared by all shards and threads.
std::shared_ptr<transport> make_network_transport(tls_options options = {});

} // namespace strandcord::net
