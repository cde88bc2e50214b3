#include "streams.hpp"
#include "support/virtual_context.hpp"

#include "net/http.hpp"
#include "net/memory_pipe.hpp"

using namespace std::chrono_literals;
using namespace strandcord;
using namespace strandcord::test;
namespace asio = boost::asio;

namespace {

net::http_request get(std::string target) {
    net::http_request request;
    request.target = std::move(target);
    return request;
}

net::http_request post(std::string target, std::string body) {
    net::http_request request = get(std::move(target));
    request.method = "POST";
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = std::move(body);
    return request;
}

// Answers with the request's method, target and body until the client goes.
task<> echo(net::http_server_connection& server, int& served) {
    for (;;) {
        std::optional<net::http_request> request = co_await server.read();
        if (!request)
            co_return;
        ++served;
        net::http_response response;
        response.status = request->target == "/missing" ? 404 : 200;
        response.headers.emplace_back("X-Method", request->method);
        response.headers.emplace_back("X-Length", request->header("content-LENGTH"));
        response.body = request->target + ' ' + request->body;
        co_await server.write(response);
    }
}

// Our client against our server.
struct http_pair {
    http_pair() {
        auto [near, far] = net::make_memory_pipe(loop.executor(), loop.executor());
        client.emplace(std::move(near), "discord.example:8443");
        server.emplace(std::move(far));
        loop.spawn(echo(*server, served));
    }
    ~http_pair() {
        client.reset();
        loop.settle();
    }

    net::http_response exchange(const net::http_request& request) {
        return loop.run(client->exchange(request));
    }

    virtual_context loop;
    std::optional<net::http_connection> client;
    std::optional<net::http_server_connection> server;
    int served = 0;
};

// Our client against prepared bytes.
struct prepared {
    explicit prepared(const std::string& answer, std::size_t maximum_body = 1000) {
        auto ends = net::make_memory_pipe(loop.executor(), loop.executor());
        server = std::move(ends.second);
        client.emplace(std::move(ends.first), "h", maximum_body);
        loop.run(write_all(server, answer));
    }

    net::http_response exchange(const net::http_request& request = get("/")) {
        return loop.run(client->exchange(request));
    }
    error_code failure(const net::http_request& request = get("/")) {
        return loop.failure_of(client->exchange(request));
    }

    virtual_context loop;
    net::any_stream server;
    std::optional<net::http_connection> client;
};

// Our server against prepared bytes.
struct asked {
    explicit asked(const std::string& request, std::size_t maximum_body = 1000) {
        auto ends = net::make_memory_pipe(loop.executor(), loop.executor());
        client = std::move(ends.second);
        server.emplace(std::move(ends.first), maximum_body);
        loop.run(write_all(client, request));
    }

    virtual_context loop;
    net::any_stream client;
    std::optional<net::http_server_connection> server;
};

} // namespace

TEST_CASE("one connection carries many exchanges") {
    http_pair p;
    for (int round = 0; round < 3; ++round) {
        const net::http_response answer = p.exchange(get("/gateway/bot"));
        CHECK(answer.status == 200);
        CHECK(answer.body == "/gateway/bot ");
        CHECK(answer.header("x-method") == "GET");
        CHECK(p.client->reusable());
        CHECK(p.client->answer_begun());
    }
    const net::http_response posted =
        p.exchange(post("/channels/1/messages", R"({"content":"x"})"));
    CHECK(posted.body == R"(/channels/1/messages {"content":"x"})");
    CHECK(posted.header("X-LENGTH") == "15");
    CHECK(p.exchange(get("/missing")).status == 404);
    CHECK(p.exchange(post("/empty", "")).header("X-Length") == "0");
    CHECK(p.served == 6);
}

TEST_CASE("a large body goes both ways") {
    http_pair p;
    const std::string large(5000000, 'b');
    CHECK((p.exchange(post("/", large)).body == "/ " + large));
}

TEST_CASE("the request names host and length and what the caller adds") {
    prepared p{"HTTP/1.1 204 No Content\r\n\r\n"};
    net::http_request request = post("/x?y=1", "body");
    request.headers.emplace_back("Authorization", "Bot token");
    CHECK(p.exchange(request).status == 204);
    const std::string seen = p.loop.run(read_until(p.server, "\r\n\r\n"));
    CHECK(seen.starts_with("POST /x?y=1 HTTP/1.1\r\nHost: h\r\n"));
    CHECK(seen.find("\r\nAuthorization: Bot token\r\n") != std::string::npos);
    CHECK(seen.find("\r\nContent-Length: 4\r\n") != std::string::npos);
}

TEST_CASE("chunked bodies are put together") {
    prepared p{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
               "5\r\nhello\r\n7;x=y\r\n, world\r\n0\r\nTrailer: 1\r\n\r\n"};
    CHECK(p.exchange().body == "hello, world");
    CHECK(p.client->reusable());
}

TEST_CASE("a body without length ends with the connection") {
    prepared p{"HTTP/1.1 200 OK\r\n\r\nall of it"};
    p.loop.run(write_all(p.server, "!"));
    p.loop.run(shut_down(p.server));
    CHECK(p.exchange().body == "all of it!");
    CHECK_FALSE(p.client->reusable());
}

TEST_CASE("an answer to HEAD has no body whatever its length says") {
    prepared p{"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"};
    net::http_request request = get("/");
    request.method = "HEAD";
    CHECK(p.exchange(request).body.empty());
    CHECK(p.client->reusable());
}

TEST_CASE("interim answers are skipped") {
    prepared p{"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
               "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"};
    CHECK(p.exchange().body == "ok");
}

TEST_CASE("a server that closes leaves nothing to reuse") {
    prepared p{"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"};
    CHECK(p.exchange().body == "ok");
    CHECK_FALSE(p.client->reusable());
    CHECK(p.failure() == errc::connection_closed);
}

TEST_CASE("what comes behind an answer is not taken for the next one") {
    prepared p{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
               "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n"};
    CHECK(p.exchange().body == "ok");
    CHECK_FALSE(p.client->reusable());
}

TEST_CASE("a connection that ended before any answer says so, for a safe retry") {
    prepared p{""};
    p.server.close();
    CHECK(p.failure());
    CHECK_FALSE(p.client->answer_begun());
    CHECK_FALSE(p.client->reusable());
}

TEST_CASE("a connection that ends within the answer says so") {
    prepared p{"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf"};
    SECTION("by closing") {
        p.loop.run(shut_down(p.server));
        CHECK(p.failure() == errc::connection_closed);
        CHECK(p.client->answer_begun());
    }
    SECTION("never") {
        CHECK(p.loop.failure_of(with_timeout(p.client->exchange(get("/")), 5s)) == errc::timed_out);
        CHECK(p.loop.elapsed() == 5s);
    }
    CHECK_FALSE(p.client->reusable());
}

TEST_CASE("an answer over the bound is refused") {
    SECTION("by its length") {
        prepared p{"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"};
        CHECK(p.failure() == errc::payload_too_large);
    }
    SECTION("by its chunks") {
        prepared p{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3E9\r\n" +
                   std::string(1001, 'x') + "\r\n0\r\n\r\n"};
        CHECK(p.failure() == errc::payload_too_large);
    }
    SECTION("by its headers") {
        prepared p{"HTTP/1.1 200 OK\r\nX: " + std::string(100000, 'x') + "\r\n\r\n"};
        CHECK(p.failure() == errc::payload_too_large);
    }
}

TEST_CASE("an answer that is not HTTP is refused with a sentence") {
    prepared p{"SSH-2.0-OpenSSH_9.2\r\n\r\n"};
    try {
        p.exchange();
        FAIL("accepted");
    } catch (const error& refused) {
        CHECK(refused.code() == errc::malformed_payload);
        CHECK_THAT(refused.what(), Catch::Contains("No complete answer came from h: "));
    }
}

TEST_CASE("a cancelled exchange breaks the connection GW-CONN-18") {
    prepared p{""};
    CHECK(p.loop.failure_of(with_timeout(p.client->exchange(get("/")), 1s)) == errc::timed_out);
    CHECK(p.loop.elapsed() == 1s);
    CHECK_FALSE(p.client->reusable());
    CHECK(p.failure() == errc::connection_closed);
}

TEST_CASE("the server sees the end of the peer") {
    asked a{"GET / HTTP/1.1\r\nHost: h\r\n\r\n"};
    CHECK(a.loop.run(a.server->read())->target == "/");
    SECTION("when it closes") {
        a.client.close();
    }
    SECTION("when it resets") {
        a.client.reset();
    }
    CHECK_FALSE(a.loop.run(a.server->read()));
    CHECK_FALSE(a.loop.run(a.server->read()));
}

TEST_CASE("the server closes after the answer when the peer asked so") {
    asked a{"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"};
    CHECK(a.loop.run(a.server->read()));
    a.loop.run(a.server->write(net::http_response{}));
    const std::string seen = a.loop.run(read_until(a.client, "\r\n\r\n"));
    CHECK(seen == "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    error_code end;
    CHECK(a.loop.run(read_piece(a.client, end)).empty());
    CHECK(end == asio::error::eof);
    CHECK_FALSE(a.loop.run(a.server->read()));
}

TEST_CASE("pipelined requests are read one by one") {
    asked a{
        "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nPOST /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n"
        "xGET /3 HTTP/1.1\r\nHost: h\r\n\r\n"};
    CHECK(a.loop.run(a.server->read())->target == "/1");
    CHECK(a.loop.run(a.server->read())->body == "x");
    CHECK(a.loop.run(a.server->read())->target == "/3");
}

TEST_CASE("the server refuses what it cannot read, and can still say so") {
    SECTION("no HTTP") {
        asked a{"hello\r\n\r\n"};
        CHECK(a.loop.failure_of(a.server->read()) == errc::malformed_payload);
        net::http_response refusal;
        refusal.status = 400;
        a.loop.run(a.server->write(refusal));
        CHECK(a.loop.run(read_until(a.client, "\r\n")) == "HTTP/1.1 400 Bad Request\r\n");
    }
    SECTION("too much") {
        asked a{"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n"};
        CHECK(a.loop.failure_of(a.server->read()) == errc::payload_too_large);
    }
}

TEST_CASE("answers without body carry none") {
    for (const int status : {204, 304}) {
        asked a{"GET / HTTP/1.1\r\nHost: h\r\n\r\n"};
        CHECK(a.loop.run(a.server->read()));
        net::http_response response;
        response.status = status;
        response.body = "not sent";
        a.loop.run(a.server->write(response));
        const std::string seen = a.loop.run(read_until(a.client, "\r\n\r\n"));
        CHECK(seen.find("Content-Length") == std::string::npos);
        a.server->abort();
        error_code end;
        CHECK(a.loop.run(read_piece(a.client, end)).empty());
    }
}

TEST_CASE("the server tells who wants a WebSocket") {
    asked a{"GET / HTTP/1.1\r\nHost: h\r\n\r\n"
            "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n"};
    CHECK(a.loop.run(a.server->read()));
    CHECK_FALSE(a.server->wants_websocket());
    CHECK(a.loop.run(a.server->read()));
    CHECK(a.server->wants_websocket());
}
