#pragma once

#include "net/any_stream.hpp"

#include <strandcord/error.hpp>
#include <strandcord/task.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strandcord::net {

using http_headers = std::vector<std::pair<std::string, std::string>>;

struct http_request {
    std::string method = "GET";
    std::string target = "/";
    http_headers headers = {};
    std::string body = {};

    /// The first header of that name, whatever its case; empty when there is none.
    std::string_view header(std::string_view name) const noexcept;
};

struct http_response {
    int status = 200;
    http_headers headers = {};
    std::string body = {};

    std::string_view header(std::string_view name) const noexcept;
};

/// The client's side of one keep-alive connection: one exchange at a time. Move-only.
class http_connection {
public:
    /// `host` is the Host header.
    http_connection(any_stream stream, std::string host,
                    std::size_t maximum_body = 64U * 1024 * 1024);
    http_connection(http_connection&&) noexcept;
    http_connection& operator=(http_connection&&) noexcept;
    ~http_connection();

    /// Throws `error` when the connection breaks; `reusable()` is false then. Cancellation breaks
    /// it too.
    task<http_response> exchange(const http_request& request);
    /// Whether another exchange may be tried on it.
    bool reusable() const noexcept;
    /// Whether any byte of an answer to the last request came: without one a GET may be sent again.
    bool answer_begun() const noexcept;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

/// The server's side, for the emulator. Move-only.
class http_server_connection {
public:
    explicit http_server_connection(any_stream stream,
                                    std::size_t maximum_body = 64U * 1024 * 1024);
    http_server_connection(http_server_connection&&) noexcept;
    http_server_connection& operator=(http_server_connection&&) noexcept;
    ~http_server_connection();

    /// The next request, or nothing when the peer is done.
    task<std::optional<http_request>> read();
    /// Whether the request just read asks for a WebSocket: then `websocket::accept` takes over, or
    /// a response refuses it.
    bool wants_websocket() const noexcept;
    task<> write(const http_response& response);
    void abort() noexcept;

private:
    friend class websocket;
    struct impl;
    std::unique_ptr<impl> impl_;
};

} // namespace strandcord::net
