#include "fixture.hpp"

#include <stdexcept>

using namespace strandcord;
using namespace strandcord::test;

using texts = std::vector<std::string>;
using codes = std::vector<std::uint16_t>;

namespace {

/// After whatever happened the bot answers, on the session it had, and lost nothing.
void still_answers(ping_bot& t) {
    t.discord.advance(2min);
    t.ada.says("!ping", t.general);
    CHECK(t.general.last().content == "pong");
    CHECK(t.the_bot().status().front().state == shard_state::ready);
}

bot_config& compressed(bot_config& config, compression kind) {
    config.gateway.compress = kind;
    return config;
}

} // namespace

TEST_CASE("malformed JSON is skipped and the connection goes on (GW-PAY-9)") {
    ping_bot t;
    t.connect();
    for (const char* text :
         {"{", "not json", "", "[]", "{\"op\":\"x\"}", "{\"op\":0,\"d\":{\"a\":"})
        t.discord.gateway().send_raw(text);
    still_answers(t);
    CHECK(t.discord.gateway().handshakes().size() == 1);
    CHECK(t.counters->value(counter::malformed_payloads) >= 4);
}

TEST_CASE("malformed JSON without end closes with a resumable code (GW-PAY-9)") {
    ping_bot t;
    t.connect();
    for (int i = 0; i < 100; ++i)
        t.discord.gateway().send_raw("{{{");
    still_answers(t);
    // Each connection had its share of the hundred.
    CHECK(t.close_codes() == codes(t.close_codes().size(), 4000));
    CHECK(t.discord.gateway().resumes() == t.close_codes().size());
    CHECK(t.discord.gateway().identifies() == 1);
}

TEST_CASE("an unknown op and an unknown event are ignored, the event reaches on_any (GW-PAY-3, "
          "GW-DISP-1)") {
    ping_bot t;
    texts unknown;
    t.the_bot().on_raw("BRAND_NEW_EVENT", [&](auto event) -> task<> {
        unknown.emplace_back(event.raw());
        co_return;
    });
    t.connect();
    t.discord.gateway().send_raw(R"({"op":99,"d":{"x":1},"s":null,"t":null})");
    t.discord.gateway().dispatch("BRAND_NEW_EVENT", R"({"x":1})");
    CHECK(unknown == texts{R"({"x":1})"});
    still_answers(t);
    CHECK(t.discord.gateway().handshakes().size() == 1);
}

TEST_CASE("JSON nested 100000 deep costs that event at most (GW-SAFE-4)") {
    ping_bot t;
    t.connect();
    const std::string deep = std::string(100000, '[') + std::string(100000, ']');
    t.discord.gateway().dispatch("DEEP", "{\"a\":" + deep + "}");
    t.discord.gateway().send_raw(std::string(100000, '{'));
    still_answers(t);
}

TEST_CASE("a flipped byte, a cut payload and a bomb in the compressed stream are survived "
          "(GW-COMP-11, GW-COMP-12)") {
    for (const auto kind : {compression::zlib_stream, compression::zstd_stream}) {
        for (const int fault : {0, 1, 2}) {
            INFO(static_cast<int>(kind) << " fault " << fault);
            ping_bot t{{}, [&](bot_config& config) {
                           compressed(config, kind).gateway.maximum_payload = 1024 * 1024;
                       }};
            t.connect();
            if (fault == 0)
                t.discord.gateway().corrupt_next();
            else if (fault == 1)
                t.discord.gateway().truncate_next();
            else
                t.discord.gateway().bomb(64U * 1024 * 1024);
            t.ada.says("hit", t.general);
            t.ada.says("behind", t.general);
            still_answers(t);
            CHECK(t.discord.gateway().identifies() == 1);
            CHECK(t.discord.gateway().resumes() >= 1);
            CHECK(t.close_codes().front() == 4000);
            CHECK(t.contents == texts{"hit", "behind", "!ping"});
        }
    }
}

TEST_CASE("an oversized payload without compression is survived too") {
    ping_bot t{{}, [&](bot_config& config) {
                   compressed(config, compression::none).gateway.maximum_payload = 64 * 1024;
               }};
    t.connect();
    t.discord.gateway().bomb(1024 * 1024);
    still_answers(t);
    CHECK(t.discord.gateway().identifies() == 1);
}

TEST_CASE("TCP reset, also in the middle of a frame, is resumed (GW-RES-1, GW-CLOSE-6, GW-HB-20)") {
    for (const bool in_frame : {false, true}) {
        ping_bot t;
        t.connect();
        t.ada.says("before", t.general);
        if (in_frame)
            t.discord.gateway().reset_in_frame();
        else
            t.discord.gateway().reset();
        t.ada.says("during", t.general);
        still_answers(t);
        CHECK(t.contents == texts{"before", "during", "!ping"});
        CHECK(t.discord.gateway().identifies() == 1);
        CHECK(t.discord.gateway().resumes() == 1);
    }
}

TEST_CASE("a throwing handler costs nobody else anything (GW-DISP-6)") {
    ping_bot t;
    std::size_t reports = 0;
    t.the_bot().on<message_create>([](auto) -> task<> {
        throw std::runtime_error{"always"};
        co_return;
    });
    t.the_bot().on_error([&](const event_failures& all) {
        ++reports;
        CHECK(all.event == "MESSAGE_CREATE");
    });
    t.connect();
    for (int i = 0; i < 5; ++i)
        t.ada.says("hi", t.general);
    CHECK(reports == 5);
    still_answers(t);
    CHECK(t.discord.gateway().handshakes().size() == 1);
}

TEST_CASE(
    "a handler that never ends holds up neither events nor heartbeats nor the stop (GW-HB-18)") {
    ping_bot t;
    t.the_bot().on<message_create>([](auto) -> task<> { co_await sleep_for(24h * 365); });
    t.connect();
    t.ada.says("one", t.general);
    t.discord.advance(10min);
    CHECK(t.discord.gateway().heartbeats() >= 13);
    t.ada.says("!ping", t.general);
    CHECK(t.general.last().content == "pong");
    const auto before = t.discord.clock().elapsed();
    t.discord.stop(t.the_bot());
    CHECK(t.discord.clock().elapsed() - before <= 4s);
    CHECK(t.counters->value(counter::handlers_cancelled) == 3); // the pong is a message too
}

TEST_CASE("full of handlers, the connection is read no further, beats on, and loses nothing "
          "(GW-DISP-7, GW-HB-18)") {
    ping_bot t{{}, [](bot_config& config) { config.handlers.in_flight = 4; }};
    texts started;
    std::size_t done = 0;
    t.the_bot().on<message_create>([&](auto message) -> task<> {
        started.push_back(message->content);
        co_await sleep_for(1min);
        ++done;
    });
    t.connect();
    texts all;
    for (int i = 0; i < 40; ++i) {
        all.push_back("n" + std::to_string(i));
        t.ada.says(all.back(), t.general);
    }
    t.discord.advance(30min);
    CHECK(started == all);
    CHECK(done == all.size());
    CHECK(t.discord.gateway().heartbeats() >= 10);
    CHECK(t.counters->value(counter::events_dropped) == 0);
    still_answers(t);
}

TEST_CASE("REST faults: 429, 5xx and dropped connections are tried again, the reply arrives once") {
    ping_bot t;
    t.connect();
    t.discord.rest().fail_next("POST /channels", 429, 2s);
    t.ada.says("!ping", t.general);
    CHECK(t.general.count() == 1);
    t.discord.advance(3s);
    CHECK(t.general.count() == 2);
    t.discord.rest().fail_next("POST /channels", 502);
    t.ada.says("!ping", t.general);
    t.discord.advance(10s);
    CHECK(t.general.count() == 4);
    CHECK(t.discord.violations().empty());
}

TEST_CASE("a revoked token ends the bot with one sentence and is not sent again") {
    ping_bot t;
    t.discord.rest().revoke_token();
    t.discord.start(t.the_bot());
    t.discord.advance(1h);
    CHECK_FALSE(t.discord.running(t.the_bot()));
    CHECK(t.failure() == cause::unauthorized);
    CHECK(t.discord.rest().requests().size() == 1);
    CHECK(t.discord.gateway().handshakes().empty());
    CHECK_FALSE(t.logs.contains("emulated-token"));
}

TEST_CASE("no secret reaches the log in a life with faults (GW-ID-22, GW-SAFE-5)") {
    ping_bot t;
    t.connect();
    t.discord.gateway().drop(4000);
    t.discord.advance(10s);
    t.discord.gateway().invalidate(false);
    t.discord.advance(20s);
    t.discord.gateway().send_raw(R"({"token":"emulated-token)");
    t.discord.settle();
    CHECK(t.logs.size() > 5);
    CHECK_FALSE(t.logs.contains("emulated-token"));
    for (const auto& session : t.sessions)
        CHECK_FALSE(t.logs.contains(session));
}
