#include "codec/inflate.hpp"
#include "net/http.hpp"
#include "net/transport.hpp"
#include "net/websocket.hpp"
#include "testing/json.hpp"

#include <catch2/catch.hpp>
#include <strandcord/testing/discord.hpp>

// The emulator through its front door, by hand: no bot, only a stream, HTTP and a WebSocket.

using namespace strandcord;
using namespace std::chrono_literals;
using strandcord::testing::json_value;

namespace {

constexpr auto plain = "/?v=10&encoding=json";

struct visitor {
    testing::discord discord;
    std::shared_ptr<transport> wires = discord.config().transport;

    task<net::websocket> dial(std::string target = plain,
                              std::string host = "gateway.discord.test") {
        endpoint where;
        where.host = host;
        net::any_stream stream = co_await wires->open(std::move(where));
        net::websocket_options options;
        net::websocket socket = co_await net::websocket::connect(
            std::move(stream), std::move(host), std::move(target), std::move(options));
        co_return std::move(socket);
    }
    task<net::http_response> get(std::string path, std::string token) {
        endpoint where;
        where.host = "api.discord.test";
        net::any_stream stream = co_await wires->open(std::move(where));
        net::http_connection connection{std::move(stream), "api.discord.test"};
        net::http_request request;
        request.target = "/api/v10" + path;
        request.headers.emplace_back("Authorization", "Bot " + token);
        request.headers.emplace_back("User-Agent", "DiscordBot (https://example.test, 1)");
        net::http_response response = co_await connection.exchange(request);
        co_return response;
    }
    json_value next(net::websocket& from) {
        std::string text;
        const auto got = discord.run(from.read(text), 10min);
        REQUIRE_FALSE(got.failure);
        return json_value::parse(text).value();
    }
    void identify(net::websocket& with) {
        discord.run(with.write(
            R"({"op":2,"d":{"token":"emulated-token","properties":{"os":"a","browser":"b","device":"c"},"intents":33281}})"));
    }
};

} // namespace

TEST_CASE("a WebSocket in memory gets Hello, READY, the guild and what is said") {
    visitor v;
    auto& general = v.discord.channel("general");
    net::websocket socket = v.discord.run(v.dial());
    CHECK(v.next(socket).find("op")->integer() == 10);
    v.identify(socket);
    CHECK(v.next(socket).text_of("t") == "READY");
    CHECK(v.next(socket).text_of("t") == "GUILD_CREATE");
    v.discord.user("ada").says("hello", general);
    CHECK(v.next(socket).find("d")->text_of("content") == "hello");
    CHECK(general.count() == 1);
    CHECK(general.last().content == "hello");
    CHECK(general.messages().size() == 1);
    CHECK(v.discord.gateway().identifies() == 1);
    CHECK(v.discord.gateway().connections() == 1);
    v.discord.run(socket.close(1000, {}));
    v.discord.settle();
    CHECK(v.discord.gateway().connections() == 0);
    REQUIRE(v.discord.gateway().closes().size() == 1);
    CHECK(v.discord.gateway().closes()[0].code == 1000);
    CHECK(v.discord.violations().empty());
}

TEST_CASE("REST in memory answers, refuses and is late in virtual time") {
    visitor v;
    const auto good = v.discord.run(v.get("/gateway/bot", "emulated-token"));
    CHECK(good.status == 200);
    CHECK(json_value::parse(good.body)->text_of("url") == "wss://gateway.discord.test");
    CHECK(v.discord.run(v.get("/gateway/bot", "wrong")).status == 401);
    v.discord.rest().delay(90s);
    const auto before = v.discord.clock().elapsed();
    CHECK(v.discord.run(v.get("/gateway", "emulated-token")).status == 200);
    CHECK(v.discord.clock().elapsed() - before == 90s);
    v.discord.rest().refuse();
    CHECK_THROWS_AS(v.discord.run(v.get("/gateway", "emulated-token")), error);
    v.discord.rest().refuse(false);
    v.discord.rest().drop_next();
    CHECK_THROWS_AS(v.discord.run(v.get("/gateway", "emulated-token")), error);
    CHECK(v.discord.rest().requests("GET /gateway/bot").size() == 2);
}

TEST_CASE("connections end as the test asks: code, no code, reset, in mid-frame") {
    visitor v;
    net::websocket socket = v.discord.run(v.dial());
    v.next(socket);
    std::string text;
    SECTION("a code") {
        v.discord.gateway().drop(4009);
        CHECK(v.discord.run(socket.read(text)).failure == errc::connection_closed);
        CHECK(socket.close_code() == 4009);
    }
    SECTION("no code") {
        v.discord.gateway().drop(0);
        CHECK(v.discord.run(socket.read(text)).failure);
        CHECK((socket.close_code() == 0 || socket.close_code() == 1005));
    }
    SECTION("a reset") {
        v.discord.gateway().reset();
        CHECK(v.discord.run(socket.read(text)).failure);
        CHECK(socket.close_code() == 0);
    }
    SECTION("a reset in the middle of a frame") {
        v.discord.gateway().reset_in_frame();
        CHECK(v.discord.run(socket.read(text)).failure);
        CHECK(socket.close_code() == 0);
    }
    v.discord.settle();
    CHECK(v.discord.gateway().connections() == 0);
    CHECK(v.discord.gateway().closes().empty());
}

TEST_CASE("refused connections: by TCP, by HTTP, by host") {
    visitor v;
    v.discord.gateway().refuse_connections(1);
    CHECK_THROWS_AS(v.discord.run(v.dial()), error);
    v.discord.gateway().refuse_connections(1, 503, 7s);
    try {
        v.discord.run(v.dial());
        FAIL("the upgrade was not refused");
    } catch (const error& refused) {
        CHECK(refused.code() == errc::handshake_failed);
        CHECK(refused.details().status == 503);
        CHECK(refused.details().retry_after == std::chrono::milliseconds{7s});
    }
    v.discord.gateway().kill_resume_host();
    CHECK_THROWS_AS(v.discord.run(v.dial(plain, "resume.discord.test")), error);
    CHECK_NOTHROW(v.discord.run(v.dial()));
    CHECK_THROWS_AS(v.discord.run(v.dial(plain, "elsewhere.test")), error);
    CHECK(v.discord.gateway().handshakes().size() == 4);
}

TEST_CASE("frames are compressed as the target asks (GW-COMP-3, GW-COMP-8)") {
    const auto kind = GENERATE(compression::zlib_stream, compression::zstd_stream);
    if (codec::resolve(kind) != kind)
        return;
    visitor v;
    const auto name = std::string{codec::query_value(kind)};
    std::unique_ptr<codec::inflater> in;
    try {
        in = codec::make_inflater(kind, 1U << 20);
    } catch (const error&) {
        return; // not built in
    }
    net::websocket socket = v.discord.run(v.dial(std::string{plain} + "&compress=" + name));
    std::string bytes;
    std::string text;
    error_code failure;
    auto got = v.discord.run(socket.read(bytes));
    CHECK_FALSE(got.text);
    CHECK(in->feed(bytes, text, failure));
    CHECK(json_value::parse(text)->find("op")->integer() == 10);
    v.identify(socket);
    got = v.discord.run(socket.read(bytes));
    CHECK(in->feed(bytes, text, failure));
    CHECK(json_value::parse(text)->text_of("t") == "READY");
}

TEST_CASE("a delayed frame comes in its time") {
    visitor v;
    net::websocket socket = v.discord.run(v.dial());
    v.next(socket);
    v.discord.gateway().delay(2s);
    const auto before = v.discord.clock().elapsed();
    v.discord.gateway().request_heartbeat();
    CHECK(v.next(socket).find("op")->integer() == 1);
    CHECK(v.discord.clock().elapsed() - before == 2s);
}

TEST_CASE("the transport of an emulator that is gone says so") {
    std::shared_ptr<transport> wires;
    {
        testing::discord discord;
        wires = discord.config().transport;
    }
    testing::virtual_clock clock;
    CHECK_THROWS_AS(clock.run(wires->open(endpoint{true, "gateway.discord.test", 443})), error);
}

TEST_CASE("an emulator may go while connections are open and bots of nobody wait") {
    std::optional<testing::discord> discord;
    discord.emplace();
    const auto wires = discord->config().transport;
    const auto stay = [](std::shared_ptr<transport> by) -> task<> {
        endpoint where;
        where.host = "gateway.discord.test";
        net::any_stream stream = co_await by->open(std::move(where));
        net::websocket_options options;
        net::websocket socket = co_await net::websocket::connect(
            std::move(stream), "gateway.discord.test", plain, std::move(options));
        std::string text;
        for (;;) {
            const net::message_read got = co_await socket.read(text);
            if (got.failure)
                co_return;
        }
    };
    discord->clock().spawn(stay(wires));
    discord->settle();
    CHECK(discord->gateway().connections() == 1);
    discord.reset();
}
