#pragma once

#include "raw_websocket.hpp"
#include "support/virtual_context.hpp"

#include "net/memory_pipe.hpp"
#include "net/websocket.hpp"

#include <optional>

namespace strandcord::test {

inline task<> keep_connection(net::any_stream stream, net::websocket_options options,
                              std::optional<net::websocket>& made) {
    net::websocket connected = co_await net::websocket::connect(
        std::move(stream), "gateway.example:8443", "/?v=10&encoding=json", std::move(options));
    made.emplace(std::move(connected));
}

inline task<> keep_acceptance(net::any_stream stream, std::optional<net::websocket>& made) {
    net::http_server_connection connection{std::move(stream)};
    const std::optional<net::http_request> request = co_await connection.read();
    if (!request || !connection.wants_websocket())
        throw error{errc::handshake_failed};
    net::websocket_options options;
    net::websocket accepted =
        co_await net::websocket::accept(std::move(connection), std::move(options));
    made.emplace(std::move(accepted));
}

inline task<> keep_request(net::any_stream& stream, std::string& request) {
    request = co_await accept_raw(stream);
}

/// One pending read, and what it brought.
struct one_read {
    std::string message = {};
    net::message_read result = {};
    bool done = false;

    task<> run(net::websocket& socket) {
        done = false;
        result = co_await socket.read(message);
        done = true;
    }
};

/// Our client against our server.
struct websocket_pair {
    explicit websocket_pair(net::websocket_options options = {}) {
        auto [near, far] = net::make_memory_pipe(loop.executor(), loop.executor());
        loop.spawn(keep_connection(std::move(near), std::move(options), client));
        loop.spawn(keep_acceptance(std::move(far), server));
        loop.settle();
        REQUIRE(client);
        REQUIRE(server);
    }

    virtual_context loop;
    std::optional<net::websocket> client;
    std::optional<net::websocket> server;
};

/// Our client against a server that writes bytes.
struct raw_pair {
    explicit raw_pair(net::websocket_options options = {},
                      std::size_t capacity = net::unlimited_pipe) {
        auto ends = net::make_memory_pipe(loop.executor(), loop.executor(), capacity);
        server = std::move(ends.second);
        loop.spawn(keep_connection(std::move(ends.first), std::move(options), client));
        loop.spawn(keep_request(server, request));
        loop.settle();
        REQUIRE(client);
    }

    void send(std::string bytes) { loop.run(write_all(server, std::move(bytes))); }
    one_read read() {
        one_read got;
        loop.run(got.run(*client));
        return got;
    }
    received_frame receive() { return loop.run(read_frame(server)); }

    virtual_context loop;
    net::any_stream server;
    std::optional<net::websocket> client;
    std::string request;
};

} // namespace strandcord::test
