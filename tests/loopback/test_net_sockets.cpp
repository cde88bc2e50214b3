#include "loopback/net_loop.hpp"
#include "unit/net/raw_websocket.hpp"

#include "net/http.hpp"
#include "net/websocket.hpp"

#include <boost/asio/ip/tcp.hpp>

using namespace std::chrono_literals;
using namespace strandcord;
using namespace strandcord::test;
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// What a WebSocket server does with its one client.
enum class behaviour { echo, close_4004, reset_in_frame, ignore_close };

task<> serve_websocket(net::listener& listener, behaviour how) {
    net::any_stream stream = co_await listener.accept();
    if (how == behaviour::reset_in_frame) {
        const std::string request = co_await accept_raw(stream);
        const std::string half = frame(opcode::text, std::string(1000, 'x')).substr(0, 500);
        const error_code failure = co_await write_all(stream, half);
        static_cast<void>(failure);
        const received_frame go = co_await read_frame(stream);
        stream.reset();
        co_return;
    }
    if (how == behaviour::ignore_close) {
        const std::string request = co_await accept_raw(stream);
        const received_frame close = co_await read_frame(stream);
        error_code end;
        const std::string nothing = co_await read_piece(stream, end);
        co_return;
    }
    net::http_server_connection http{std::move(stream)};
    const std::optional<net::http_request> request = co_await http.read();
    net::websocket_options options;
    net::websocket socket = co_await net::websocket::accept(std::move(http), std::move(options));
    std::string message;
    for (;;) {
        const net::message_read got = co_await socket.read(message);
        if (got.failure)
            co_return;
        if (how == behaviour::close_4004)
            co_await socket.close(4004, "Authentication failed.");
        else
            co_await socket.write(message, !got.text);
    }
}

struct session {
    session(bool tls, behaviour how) {
        net::listener_options options;
        if (tls)
            options.tls = authority.issue();
        listener.emplace(loop.executor(), std::move(options));
        asio::co_spawn(loop.context(), serve_websocket(*listener, how), [](std::exception_ptr) {});
        const endpoint where{tls, "localhost", listener->port()};
        const auto transport = net::make_network_transport(file.trusted());
        net::any_stream stream = loop.run(transport->open(where));
        net::websocket_options client;
        client.close_timeout = 50ms;
        client.write_timeout = 1min;
        socket.emplace(loop.run(
            net::websocket::connect(std::move(stream), "localhost", "/", std::move(client))));
    }

    net::message_read read() { return loop.run(socket->read(message)); }

    real_loop loop;
    net::certificate_authority authority;
    authority_file file{authority};
    std::optional<net::listener> listener;
    std::optional<net::websocket> socket;
    std::string message;
};

task<> keep_read(net::websocket& socket, std::string& message, net::message_read& result,
                 bool& done) {
    result = co_await socket.read(message);
    done = true;
}

task<> serve_http(net::listener& listener, int& connections) {
    for (;;) {
        net::any_stream stream = co_await listener.accept();
        ++connections;
        net::http_server_connection http{std::move(stream)};
        for (;;) {
            const std::optional<net::http_request> request = co_await http.read();
            if (!request)
                break;
            net::http_response response;
            response.body = request->target;
            co_await http.write(response);
        }
    }
}

} // namespace

TEST_CASE("a WebSocket over real sockets, plain and TLS, with large messages GW-CONN-9") {
    const bool tls = GENERATE(false, true);
    session s{tls, behaviour::echo};
    for (const std::size_t size : {0U, 1U, 1000U, 70000U, 3000000U}) {
        std::string text(size, 'm');
        bool done = false;
        net::message_read result;
        std::string message;
        asio::co_spawn(s.loop.context(), keep_read(*s.socket, message, result, done),
                       [](std::exception_ptr) {});
        s.loop.run(s.socket->write(text, size % 2 != 0));
        while (!done)
            s.loop.context().run_one();
        CHECK_FALSE(result.failure);
        CHECK(result.text == (size % 2 == 0));
        CHECK((message == text));
    }
    s.loop.run(s.socket->close(1000, ""));
    CHECK(s.read().failure);
}

TEST_CASE("the server's close code arrives over real sockets GW-CLOSE-1") {
    const bool tls = GENERATE(false, true);
    session s{tls, behaviour::close_4004};
    s.loop.run(s.socket->write("identify"));
    CHECK(s.read().failure == errc::connection_closed);
    CHECK(s.socket->close_code() == 4004);
}

TEST_CASE("a connection reset in mid-frame ends the read") {
    const bool tls = GENERATE(false, true);
    session s{tls, behaviour::reset_in_frame};
    s.loop.run(s.socket->write("now"));
    CHECK(s.read().failure);
    CHECK(s.socket->close_code() == 0);
}

TEST_CASE("a server that ignores the close is dropped, and the read ends GW-CONN-15") {
    const bool tls = GENERATE(false, true);
    session s{tls, behaviour::ignore_close};
    bool done = false;
    net::message_read result;
    asio::co_spawn(s.loop.context(), keep_read(*s.socket, s.message, result, done),
                   [](std::exception_ptr) {});
    s.loop.run(s.socket->close(1000, ""));
    while (!done)
        s.loop.context().run_one();
    CHECK(result.failure == errc::connection_closed);
}

TEST_CASE("abort ends a pending read over real sockets") {
    const bool tls = GENERATE(false, true);
    session s{tls, behaviour::echo};
    bool done = false;
    net::message_read result;
    asio::co_spawn(s.loop.context(), keep_read(*s.socket, s.message, result, done),
                   [](std::exception_ptr) {});
    s.loop.context().poll();
    s.socket->abort();
    while (!done)
        s.loop.context().run_one();
    CHECK(result.failure == errc::cancelled);
}

TEST_CASE("one HTTP connection is kept alive over TLS") {
    real_loop loop;
    const net::certificate_authority authority;
    const authority_file file{authority};
    net::listener_options options;
    options.tls = authority.issue();
    net::listener listener{loop.executor(), std::move(options)};
    int connections = 0;
    asio::co_spawn(loop.context(), serve_http(listener, connections), [](std::exception_ptr) {});
    const auto transport = net::make_network_transport(file.trusted());
    net::http_connection http{loop.run(transport->open({true, "localhost", listener.port()})),
                              "localhost"};
    for (const char* target : {"/1", "/2", "/3"}) {
        net::http_request request;
        request.target = target;
        CHECK(loop.run(http.exchange(request)).body == target);
        CHECK(http.reusable());
    }
    CHECK(connections == 1);
}

TEST_CASE("a refused connection names host and port GW-CONN-12") {
    real_loop loop;
    std::uint16_t port = 0;
    {
        net::listener gone{loop.executor(), {}};
        port = gone.port();
    }
    const auto transport = net::make_network_transport();
    const error refused = loop.failure_of(transport->open({false, "127.0.0.1", port}));
    CHECK(refused.code() == asio::error::connection_refused);
    CHECK(refused.code() == cause::retryable);
    CHECK_THAT(refused.what(), Catch::Contains("127.0.0.1:" + std::to_string(port)));
}

TEST_CASE("every address of a host is tried GW-CONN-12") {
    // localhost is ::1 too on most machines, where nobody listens.
    real_loop loop;
    net::listener listener{loop.executor(), {}};
    const auto transport = net::make_network_transport();
    const net::any_stream stream = loop.run(transport->open({false, "localhost", listener.port()}));
    CHECK(stream);
}

TEST_CASE("a host that does not exist is named GW-CONN-12") {
    real_loop loop;
    const auto transport = net::make_network_transport();
    const error refused = loop.failure_of(transport->open({false, "no-such-host.invalid", 80}));
    CHECK(refused.code());
    CHECK_THAT(refused.what(), Catch::Contains("no-such-host.invalid"));
}

TEST_CASE("a dial that is not answered is cancelled at once GW-CONN-13 GW-CONN-18") {
    // A full backlog: further connection attempts get no answer.
    real_loop loop;
    tcp::acceptor acceptor{loop.context(), {asio::ip::address_v4::loopback(), 0}};
    acceptor.listen(0);
    std::vector<tcp::socket> filling;
    for (int number = 0; number < 8; ++number) {
        filling.emplace_back(loop.context());
        filling.back().async_connect(acceptor.local_endpoint(), [](error_code) {});
    }
    loop.context().poll();
    const auto transport = net::make_network_transport();
    task<net::any_stream> opening =
        transport->open({false, "127.0.0.1", acceptor.local_endpoint().port()});
    CHECK(loop.failure_of(with_timeout(std::move(opening), 50ms)).code() == errc::timed_out);
    filling.clear();
    loop.context().poll();
}

TEST_CASE("a port that is taken is named") {
    real_loop loop;
    const net::listener first{loop.executor(), {}};
    net::listener_options options;
    options.port = first.port();
    CHECK_THROWS_WITH(net::listener(loop.executor(), options),
                      Catch::Contains("127.0.0.1:" + std::to_string(first.port())));
}
