#pragma once

#include "net/any_stream.hpp"

#include <strandcord/task.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace strandcord {

/// Where a byte stream goes.
struct endpoint {
    bool tls = true;
    std::string host = {};
    std::uint16_t port = 443;

    friend bool operator==(const endpoint&, const endpoint&) = default;
};

/// The seam between strandcord and the network: whatever speaks WebSocket or HTTP runs over a
/// stream from here. Real sockets, or the emulator's pipes.
class transport {
public:
    virtual ~transport() = default;
    /// Opens a stream on the calling coroutine's executor: TCP, then TLS when asked, with chain,
    /// host name and SNI. Throws `error`. Has no deadline of its own: the caller sets one with
    /// `with_timeout`.
    virtual task<net::any_stream> open(endpoint where) = 0;
};

} // namespace strandcord
