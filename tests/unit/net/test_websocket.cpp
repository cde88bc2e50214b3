#include "websocket_pair.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

using namespace std::chrono_literals;
using namespace strandcord;
using namespace strandcord::test;
namespace asio = boost::asio;

TEST_CASE("messages go both ways with their kind GW-CONN-9") {
    websocket_pair p;
    one_read got;
    p.loop.run(p.client->write("from the client"));
    p.loop.run(got.run(*p.server));
    CHECK_FALSE(got.result.failure);
    CHECK(got.result.text);
    CHECK(got.message == "from the client");

    p.loop.run(p.server->write("\x78\x9C", true));
    p.loop.run(got.run(*p.client));
    CHECK_FALSE(got.result.text);
    CHECK(got.message == "\x78\x9C");

    p.loop.run(p.server->write(""));
    p.loop.run(got.run(*p.client));
    CHECK_FALSE(got.result.failure);
    CHECK(got.message.empty());
}

TEST_CASE(
    "the client's handshake asks for the target and offers no extension GW-CONN-4 GW-CONN-11") {
    net::websocket_options options;
    options.user_agent = "DiscordBot (https://example.org, 0.1)";
    raw_pair p{options};
    CHECK(p.request.starts_with("GET /?v=10&encoding=json HTTP/1.1\r\n"));
    CHECK(p.request.find("\r\nHost: gateway.example:8443\r\n") != std::string::npos);
    CHECK(p.request.find("\r\nUser-Agent: DiscordBot (https://example.org, 0.1)\r\n") !=
          std::string::npos);
    CHECK(p.request.find("\r\nSec-WebSocket-Version: 13\r\n") != std::string::npos);
    CHECK(p.request.find("Sec-WebSocket-Extensions") == std::string::npos);
}

TEST_CASE("one-byte fragments with pings between them make one message GW-CONN-9") {
    raw_pair p;
    const std::string hello = R"({"op":10,"d":{"heartbeat_interval":41250}})";
    std::string wire;
    for (std::size_t at = 0; at < hello.size(); ++at) {
        wire += frame(at == 0 ? opcode::text : opcode::more, hello.substr(at, 1),
                      at + 1 == hello.size());
        if (at % 10 == 0)
            wire += frame(opcode::ping, "ping " + std::to_string(at));
    }
    // Arrives byte by byte, too.
    one_read got;
    p.loop.spawn(got.run(*p.client));
    for (const char byte : wire)
        p.send(std::string(1, byte));
    p.loop.settle();
    REQUIRE(got.done);
    CHECK_FALSE(got.result.failure);
    CHECK(got.message == hello);
    for (std::size_t at = 0; at < hello.size(); at += 10) {
        const received_frame pong = p.receive();
        CHECK(pong.kind == opcode::pong);
        CHECK(pong.payload == "ping " + std::to_string(at));
    }
}

TEST_CASE("ten thousand fragments that arrive together make one message GW-CONN-9") {
    raw_pair p;
    const std::string text(10000, 'f');
    std::string wire = frame(opcode::text, "f", false);
    for (std::size_t at = 1; at < text.size(); ++at)
        wire += frame(opcode::more, "f", at + 1 == text.size());
    p.send(wire + frame(opcode::text, "next"));
    CHECK(p.read().message == text);
    CHECK(p.read().message == "next");
}

TEST_CASE("messages that are here already do not keep others from their turn") {
    raw_pair p;
    std::string wire;
    for (int number = 0; number < 100000; ++number)
        wire += frame(opcode::text, "x");
    p.send(wire);
    int read = 0;
    int turns = 0;
    auto reader = [&]() -> task<> {
        std::string message;
        while (read < 100000) {
            const net::message_read got = co_await p.client->read(message);
            if (got.failure)
                co_return;
            ++read;
        }
    };
    auto other = [&]() -> task<> {
        while (read < 100000) {
            co_await asio::post(p.loop.executor(), asio::use_awaitable);
            ++turns;
        }
    };
    p.loop.spawn(reader());
    p.loop.spawn(other());
    p.loop.settle();
    CHECK(read == 100000);
    CHECK(turns >= 10);
}

TEST_CASE("client frames are masked and whole GW-CONN-9") {
    raw_pair p;
    for (const std::size_t size : {0U, 1U, 125U, 126U, 4096U, 20000U}) {
        const std::string text(size, 'm');
        p.loop.run(p.client->write(text));
        const received_frame got = p.receive();
        CHECK(got.kind == opcode::text);
        CHECK(got.masked);
        CHECK(got.payload == text);
    }
}

TEST_CASE("a message of 64 MiB passes, one byte more does not GW-CONN-10") {
    raw_pair p;
    const std::string large(64U * 1024 * 1024, 'g');
    p.send(frame(opcode::text, large));
    one_read got = p.read();
    CHECK_FALSE(got.result.failure);
    CHECK((got.message == large));
    CHECK(got.message.capacity() >= got.message.size() + net::websocket::padding);

    p.send(frame(opcode::text, "small"));
    p.loop.run(got.run(*p.client));
    CHECK(got.message == "small");
    CHECK(got.message.capacity() < 1024U * 1024); // GW-COMP-13

    p.send(frame(opcode::text, large, false) + frame(opcode::more, "!"));
    got = p.read();
    CHECK(got.result.failure == errc::payload_too_large);
}

TEST_CASE("the message's memory is reused, with room behind it GW-COMP-13") {
    raw_pair p;
    one_read got;
    const char* place = nullptr;
    for (int round = 0; round < 10; ++round) {
        p.send(frame(opcode::text, std::string(1000, 'a')));
        p.loop.run(got.run(*p.client));
        CHECK(got.message.capacity() >= got.message.size() + net::websocket::padding);
        if (place != nullptr)
            CHECK(got.message.data() == place);
        place = got.message.data();
    }
}

TEST_CASE("several frames that arrived together are read one by one") {
    raw_pair p;
    std::string wire;
    for (int number = 0; number < 100; ++number)
        wire += frame(opcode::text, "message " + std::to_string(number));
    p.send(wire);
    for (int number = 0; number < 100; ++number)
        CHECK(p.read().message == "message " + std::to_string(number));
}

TEST_CASE("the server's close frame ends the read with its code GW-CLOSE-1") {
    websocket_pair p;
    one_read at_client;
    one_read at_server;
    p.loop.spawn(at_client.run(*p.client));
    p.loop.spawn(at_server.run(*p.server));
    p.loop.settle();
    p.loop.run(p.server->close(4004, "Authentication failed."));
    p.loop.settle();
    REQUIRE(at_client.done);
    CHECK(at_client.result.failure == errc::connection_closed);
    CHECK(p.client->close_code() == 4004);
    CHECK(p.client->close_reason() == "Authentication failed.");
    CHECK(at_server.done);
    CHECK(p.loop.elapsed() == 0s);
}

TEST_CASE("closing while a read is pending sends the code and ends the read GW-CONN-16") {
    raw_pair p;
    one_read got;
    p.loop.spawn(got.run(*p.client));
    p.loop.settle();
    bool closed = false;
    auto close = [&]() -> task<> {
        co_await p.client->close(4000, "zombie");
        closed = true;
    };
    p.loop.spawn(close());
    const received_frame seen = p.receive();
    CHECK(seen.kind == opcode::close);
    CHECK(seen.masked);
    CHECK(seen.payload == "\x0F\xA0zombie");
    CHECK_FALSE(got.done);
    CHECK_FALSE(closed);
    p.send(frame(opcode::close, "\x0F\xA0"));
    p.loop.settle();
    CHECK(got.done);
    CHECK(got.result.failure == errc::connection_closed);
    CHECK(closed);
    CHECK(p.loop.elapsed() == 0s);
}

TEST_CASE("a close reason is cut to what fits, between two characters GW-BYE-5") {
    const auto sent = [](const std::string& reason) {
        raw_pair p;
        p.loop.spawn(p.client->close(4000, reason));
        const received_frame last = p.receive();
        CHECK(last.kind == opcode::close);
        return last.payload.substr(2);
    };
    const std::string ascii(123, 'a');
    CHECK(sent(ascii) == ascii);
    CHECK(sent(ascii + "b") == ascii);
    CHECK(sent(ascii.substr(0, 122) + "\xC3\xA9 end") == ascii.substr(0, 122));
    CHECK(sent(ascii.substr(0, 121) + "\xC3\xA9 end") == ascii.substr(0, 121) + "\xC3\xA9");
    CHECK(sent(ascii.substr(0, 120) + "\xF0\x9F\x91\x8D") == ascii.substr(0, 120));
}

TEST_CASE("messages that arrive while the close waits are dropped GW-CONN-15") {
    raw_pair p;
    one_read got;
    p.loop.spawn(got.run(*p.client));
    p.loop.spawn(p.client->close(1000, ""));
    p.loop.settle();
    p.send(frame(opcode::text, "late") + frame(opcode::ping, "?") +
           frame(opcode::binary, std::string(100000, 'x')));
    p.loop.settle();
    CHECK_FALSE(got.done);
    CHECK(p.loop.failure_of(p.client->write("more")) == errc::connection_closed);
    p.loop.run(p.client->close(4000, "again"));
    p.send(frame(opcode::close, "\x0F\xA1"));
    p.loop.settle();
    REQUIRE(got.done);
    CHECK(got.result.failure == errc::connection_closed);
    CHECK(p.client->close_code() == 4001);
    CHECK(p.loop.elapsed() == 0s);
}

TEST_CASE("a peer that never answers the close is dropped after the close timeout GW-CONN-15") {
    net::websocket_options options;
    options.close_timeout = 3s;
    raw_pair p{options};
    SECTION("with a read pending") {
        one_read got;
        p.loop.spawn(got.run(*p.client));
        p.loop.run(p.client->close(1000, ""));
        p.loop.settle();
        CHECK(got.done);
        CHECK(got.result.failure);
    }
    SECTION("without") {
        p.loop.run(p.client->close(1000, ""));
    }
    CHECK(p.loop.elapsed() == 3s);
    CHECK(p.receive().kind == opcode::close);
    error_code end;
    CHECK(p.loop.run(read_piece(p.server, end)).empty());
    CHECK(end == asio::error::eof);
}

TEST_CASE("a close is cancelled at once GW-CONN-18") {
    raw_pair p;
    p.loop.run(with_timeout(p.client->close(1000, ""), 1s));
    CHECK(p.loop.elapsed() == 1s);
}

TEST_CASE("closing a connection that has ended returns at once") {
    raw_pair p;
    p.server.close();
    CHECK(p.read().result.failure == errc::connection_closed);
    CHECK(p.client->close_code() == 0);
    p.loop.run(p.client->close(1000, ""));
    CHECK(p.loop.elapsed() == 0s);
    CHECK(p.loop.failure_of(p.client->write("x")));
}

TEST_CASE("a cancelled read ends GW-CONN-18") {
    raw_pair p;
    one_read got;
    p.loop.run(with_timeout(got.run(*p.client), 1s));
    CHECK(p.loop.elapsed() == 1s);
    CHECK(got.done);
    CHECK(got.result.failure == errc::cancelled);
}

TEST_CASE("a context that is destroyed frees a read that waits") {
    std::weak_ptr<int> watched;
    {
        asio::io_context context;
        auto ends = net::make_memory_pipe(context.get_executor(), context.get_executor());
        auto life = std::make_shared<int>(0);
        watched = life;
        auto reader = [](net::any_stream stream, std::shared_ptr<int>) -> task<> {
            std::optional<net::websocket> socket;
            net::websocket_options options;
            task<> connecting = keep_connection(std::move(stream), options, socket);
            co_await std::move(connecting);
            std::string message;
            const net::message_read got = co_await socket->read(message);
            static_cast<void>(got);
        };
        std::string request;
        asio::co_spawn(context, reader(std::move(ends.first), std::move(life)), asio::detached);
        asio::co_spawn(context, keep_request(ends.second, request), asio::detached);
        context.poll();
        CHECK_FALSE(request.empty());
        CHECK_FALSE(watched.expired());
    }
    CHECK(watched.expired());
}

TEST_CASE("abort ends a pending read") {
    raw_pair p;
    one_read got;
    p.loop.spawn(got.run(*p.client));
    p.loop.settle();
    p.client->abort();
    p.loop.settle();
    CHECK(got.done);
    CHECK(got.result.failure == errc::cancelled);
}

TEST_CASE("a connection reset in mid-frame ends the read without a code") {
    raw_pair p;
    one_read got;
    p.loop.spawn(got.run(*p.client));
    p.send(frame(opcode::text, std::string(1000, 'x')).substr(0, 500));
    p.loop.settle();
    CHECK_FALSE(got.done);
    p.server.reset();
    p.loop.settle();
    CHECK(got.done);
    CHECK(got.result.failure == asio::error::connection_reset);
    CHECK(p.client->close_code() == 0);
}

TEST_CASE("what is no WebSocket frame ends the connection") {
    raw_pair p;
    SECTION("reserved opcode") {
        p.send("\x83\x01x");
    }
    SECTION("reserved bits") {
        p.send("\xC1\x01x");
    }
    SECTION("text that is not UTF-8") {
        p.send(frame(opcode::text, "\xFF\xFE"));
    }
    SECTION("a continuation of nothing") {
        p.send(frame(opcode::more, "x"));
    }
    SECTION("an invalid close code") {
        p.send(frame(opcode::close, "\x03\xE7"));
    }
    CHECK(p.read().result.failure == errc::malformed_payload);
    CHECK(p.receive().kind == opcode::close);
}

TEST_CASE("a write to a peer that reads nothing ends with the write timeout GW-HB-8") {
    net::websocket_options options;
    options.write_timeout = 20s;
    raw_pair p{options, 1000};
    one_read got;
    p.loop.spawn(got.run(*p.client));
    p.loop.settle();
    CHECK(p.loop.failure_of(p.client->write(std::string(5000, 'x'))) == errc::timed_out);
    CHECK(p.loop.elapsed() == 20s);
    p.loop.settle();
    CHECK(got.done);
    CHECK(got.result.failure == errc::timed_out);
}

TEST_CASE("a write that ends in time leaves the connection alone") {
    raw_pair p;
    p.loop.run(p.client->write("x"));
    p.loop.advance(1h);
    p.send(frame(opcode::text, "y"));
    CHECK(p.read().message == "y");
}

TEST_CASE("a refused upgrade tells the status and the wait GW-CONN-12") {
    struct refusal {
        const char* answer;
        int status;
        std::optional<std::chrono::milliseconds> wait;
    };
    const refusal table[] = {
        {"400 Bad Request\r\n", 400, {}},
        {"403 Forbidden\r\n", 403, {}},
        {"429 Too Many Requests\r\nRetry-After: 7\r\n", 429, 7s},
        {"429 Too Many Requests\r\nRetry-After: 0.25\r\n", 429, 250ms},
        {"503 Service Unavailable\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n", 503, {}},
        {"502 Bad Gateway\r\nRetry-After: -5\r\n", 502, {}},
        {"520 Web server is returning an unknown error\r\n", 520, {}},
    };
    for (const refusal& row : table) {
        INFO(row.answer);
        virtual_context loop;
        auto [near, far] = net::make_memory_pipe(loop.executor(), loop.executor());
        loop.run(
            write_all(far, std::string{"HTTP/1.1 "} + row.answer + "Content-Length: 0\r\n\r\n"));
        std::optional<net::websocket> made;
        try {
            loop.run(keep_connection(std::move(near), {}, made));
            FAIL("connected");
        } catch (const error& refused) {
            CHECK(refused.code() == errc::handshake_failed);
            CHECK(refused.details().status == row.status);
            CHECK(refused.details().retry_after == row.wait);
            CHECK_THAT(refused.what(), Catch::Contains(std::to_string(row.status)));
            CHECK_THAT(refused.what(), Catch::Contains("gateway.example:8443"));
        }
    }
}

TEST_CASE("a handshake with what is no web server fails with a sentence GW-CONN-12") {
    virtual_context loop;
    auto [near, far] = net::make_memory_pipe(loop.executor(), loop.executor());
    std::optional<net::websocket> made;
    SECTION("nonsense") {
        loop.run(write_all(far, "SSH-2.0-OpenSSH_9.2\r\n\r\n"));
        CHECK(loop.failure_of(keep_connection(std::move(near), {}, made)));
    }
    SECTION("a wrong accept value") {
        loop.run(write_all(far, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                "Connection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n"));
        CHECK(loop.failure_of(keep_connection(std::move(near), {}, made)) ==
              errc::handshake_failed);
    }
    SECTION("the end") {
        far.close();
        CHECK(loop.failure_of(keep_connection(std::move(near), {}, made)));
    }
    SECTION("silence is cancelled GW-CONN-13") {
        CHECK(loop.failure_of(with_timeout(keep_connection(std::move(near), {}, made), 20s)) ==
              errc::timed_out);
        CHECK(loop.elapsed() == 20s);
    }
    CHECK_FALSE(made);
}

namespace {

// Counts the writes that reach the wire.
class counting_stream final : public net::stream_base {
public:
    counting_stream(net::any_stream inner, int& writes)
        : inner_{std::move(inner)}, writes_{writes} {}

    asio::any_io_executor executor() const noexcept override { return inner_.get_executor(); }
    void read_some(asio::mutable_buffer where, net::transfer_handler handler) override {
        inner_.async_read_some(where, std::move(handler));
    }
    void write_some(asio::const_buffer what, net::transfer_handler handler) override {
        ++writes_;
        inner_.async_write_some(what, std::move(handler));
    }
    void shutdown(net::end_handler handler) override { inner_.async_shutdown(std::move(handler)); }
    void close() noexcept override { inner_.close(); }

private:
    net::any_stream inner_;
    int& writes_;
};

} // namespace

TEST_CASE("a frame's header and payload leave in one write") {
    virtual_context loop;
    auto [near, far] = net::make_memory_pipe(loop.executor(), loop.executor());
    int client_writes = 0;
    int server_writes = 0;
    std::optional<net::websocket> client;
    std::optional<net::websocket> server;
    loop.spawn(keep_connection(
        net::any_stream{std::make_shared<counting_stream>(std::move(near), client_writes)}, {},
        client));
    loop.spawn(keep_acceptance(
        net::any_stream{std::make_shared<counting_stream>(std::move(far), server_writes)}, server));
    loop.settle();
    REQUIRE(client);
    REQUIRE(server);
    client_writes = 0;
    server_writes = 0;
    loop.run(client->write(R"({"op":1,"d":251})"));
    CHECK(client_writes == 1);
    loop.run(server->write(std::string(10000, 'x'), true));
    CHECK(server_writes == 1);
}
