#pragma once

#include "net/any_stream.hpp"
#include "net/http.hpp"

#include <strandcord/error.hpp>
#include <strandcord/task.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace strandcord::net {

struct websocket_options {
    std::size_t maximum_message = 64U * 1024 * 1024;
    std::chrono::nanoseconds write_timeout = std::chrono::seconds{20};
    std::chrono::nanoseconds close_timeout = std::chrono::seconds{3};
    std::string user_agent = {};
};

/// What one read brought. `failure` is set when the connection is over: then `close_code()` tells
/// the peer's code, 0 when there was none.
struct message_read {
    error_code failure = {};
    bool text = true;
};

/// One WebSocket over any stream, either role. Move-only. One read, one write and one close may be
/// under way at the same time, all on one strand. A pending read must not be cancelled: `close()`
/// or `abort()` ends it.
class websocket {
public:
    /// The client's handshake over an open stream. `host` is the Host header. Throws `error`
    /// (`errc::handshake_failed` with the HTTP status and Retry-After in its details).
    static task<websocket> connect(any_stream stream, std::string host, std::string target,
                                   websocket_options options);
    /// The server's, for a request that `http_server_connection` has read.
    static task<websocket> accept(http_server_connection connection, websocket_options options);

    websocket(websocket&&) noexcept;
    websocket& operator=(websocket&&) noexcept;
    ~websocket();

    /// Replaces `message`, reusing its capacity; leaves at least `padding` bytes of capacity after
    /// it, so that the JSON parser may read past the end. Does not throw for a connection that
    /// ends.
    task<message_read> read(std::string& message);
    /// Throws `error` when the frame is not written within the write timeout.
    task<> write(std::string_view payload, bool binary = false);
    /// Sends a close frame while a read is pending, waits the close timeout for the peer's, then
    /// drops the stream. The read then ends with `errc::connection_closed`; messages that arrive
    /// meanwhile are dropped. Only the first call does anything.
    task<> close(std::uint16_t code, std::string_view reason);
    /// Drops the stream at once; pending operations end.
    void abort() noexcept;
    std::uint16_t close_code() const noexcept;
    std::string_view close_reason() const noexcept;

    static constexpr std::size_t padding = 64;

private:
    struct impl;
    explicit websocket(std::shared_ptr<impl> state) noexcept;
    std::shared_ptr<impl> impl_;
};

} // namespace strandcord::net
