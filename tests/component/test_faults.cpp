#include "fixture.hpp"

using namespace strandcord;
using namespace strandcord::test;

using texts = std::vector<std::string>;
using codes = std::vector<std::uint16_t>;

TEST_CASE("a zombie connection is closed with 4000 and resumed (GW-HB-8, GW-BYE-3)") {
    ping_bot t;
    t.connect();
    t.ada.says("one", t.general);
    t.discord.gateway().stop_acknowledging();
    t.discord.advance(2 * 41250ms);
    t.discord.gateway().stop_acknowledging(false);
    t.discord.advance(5s);
    CHECK(t.close_codes() == codes{4000});
    CHECK(t.texts(6) == texts{t.resume_frame(2)});
    CHECK(t.texts(1).front() == R"({"op":1,"d":2})");
    CHECK(t.discord.gateway().identifies() == 1);
    t.ada.says("!ping", t.general);
    CHECK(t.general.last().content == "pong");
    CHECK(t.discord.violations().empty());
}

TEST_CASE("events that arrive while the connection is down are replayed once and in order "
          "(GW-RES-4, GW-RES-6, GW-RES-7, GW-RES-13)") {
    ping_bot t;
    t.connect();
    t.ada.says("one", t.general);
    t.discord.gateway().drop(4000);
    for (const char* text : {"two", "three", "four"})
        t.ada.says(text, t.general);
    t.discord.advance(5s);
    t.ada.says("five", t.general);
    CHECK(t.contents == texts{"one", "two", "three", "four", "five"});
    REQUIRE(t.texts(6).size() == 1);
    CHECK(t.discord.gateway().resumes() == 1);
    CHECK(t.discord.gateway().identifies() == 1);
    CHECK(t.discord.gateway().handshakes().back().host == "resume.discord.test");
}

TEST_CASE("op 7 closes with 4000 and resumes at once (GW-REC-1, GW-REC-3)") {
    ping_bot t;
    t.connect();
    t.discord.gateway().request_reconnect();
    t.discord.advance(1s);
    CHECK(t.close_codes() == codes{4000});
    CHECK(t.texts(6) == texts{t.resume_frame(1)});
    CHECK(t.the_bot().status().front().state == shard_state::ready);
}

TEST_CASE("op 9 with true resumes the session (GW-INV-2)") {
    ping_bot t;
    t.connect();
    t.discord.gateway().invalidate(true);
    t.discord.advance(10s);
    CHECK(t.close_codes() == codes{4000});
    CHECK(t.texts(6) == texts{t.resume_frame(1)});
    CHECK(t.texts(2).size() == 1);
}

TEST_CASE("op 9 with false makes a new session at the main host after 1 to 5 seconds (GW-INV-3, "
          "GW-INV-5, GW-INV-6, GW-INV-7, GW-READY-2)") {
    ping_bot t;
    t.connect();
    const auto before = t.discord.gateway().frames(2).front().at;
    t.discord.advance(1min);
    t.discord.gateway().invalidate(false);
    t.discord.advance(10s);
    CHECK(t.texts(6).empty());
    const auto identifies = t.discord.gateway().frames(2);
    REQUIRE(identifies.size() == 2);
    CHECK(identifies[0].text == identifies[1].text);
    CHECK(identifies[0].connection != identifies[1].connection);
    const auto wait = identifies[1].at - before - 1min;
    CHECK(wait >= 1s);
    CHECK(wait <= 5s + 250ms);
    CHECK(t.discord.gateway().handshakes().back().host == "gateway.discord.test");
    REQUIRE(t.sessions.size() == 2);
    CHECK(t.sessions[0] != t.sessions[1]);
    t.ada.says("!ping", t.general);
    CHECK(t.general.last().content == "pong");
}

TEST_CASE("each fatal close code ends the bot with a typed error and no retry (GW-CLOSE-31, "
          "GW-CONN-17)") {
    for (const auto code : {gateway_errc::authentication_failed, gateway_errc::invalid_shard,
                            gateway_errc::sharding_required, gateway_errc::invalid_api_version,
                            gateway_errc::invalid_intents, gateway_errc::disallowed_intents}) {
        for (const bool before_ready : {false, true}) {
            ping_bot t;
            const auto number = static_cast<std::uint16_t>(code);
            if (before_ready) {
                t.discord.gateway().close_on_identify(number);
                t.discord.start(t.the_bot());
            } else {
                t.connect();
                t.discord.gateway().drop(number);
            }
            t.discord.advance(1h);
            INFO(number << (before_ready ? " before READY" : " after READY"));
            CHECK_FALSE(t.discord.running(t.the_bot()));
            CHECK(t.failure() == code);
            CHECK_FALSE(t.failure_text().empty());
            CHECK(t.failure_text().find("emulated-token") == std::string::npos);
            CHECK(t.discord.gateway().handshakes().size() == 1);
        }
    }
}

TEST_CASE("4014 names the privileged intents that were asked for (GW-INT-2, GW-CLOSE-29)") {
    ping_bot t{{.privileged = {}},
               [](bot_config& config) { config.privileged = intent::message_content; }};
    t.discord.start(t.the_bot());
    t.discord.advance(1min);
    CHECK(t.failure() == gateway_errc::disallowed_intents);
    CHECK(t.failure_text().find("message_content") != std::string::npos);
}

TEST_CASE("a fatal close on one shard stops the starting of the others (GW-SHARD-11)") {
    ping_bot t{{.recommended_shards = 4}};
    t.discord.gateway().close_on_identify(4014);
    t.discord.start(t.the_bot());
    t.discord.advance(1min);
    CHECK(t.failure() == gateway_errc::disallowed_intents);
    CHECK(t.discord.gateway().identifies() <= 1);
    CHECK(t.discord.gateway().handshakes().size() == 1);
}

TEST_CASE("a dead resume host is given up for the main one (GW-RES-12)") {
    ping_bot t;
    t.connect();
    t.discord.gateway().kill_resume_host();
    t.discord.gateway().drop(4000);
    t.ada.says("meanwhile", t.general);
    t.discord.advance(2min);
    CHECK(t.the_bot().status().front().state == shard_state::ready);
    CHECK(t.discord.gateway().handshakes().back().host == "gateway.discord.test");
    t.ada.says("!ping", t.general);
    CHECK(t.general.last().content == "pong");
    CHECK(t.discord.violations().empty());
}

TEST_CASE("a resume host that takes the connection and says nothing is given up too (GW-RES-12)") {
    ping_bot t;
    t.connect();
    t.discord.gateway().withhold_hello();
    t.discord.gateway().drop(4000);
    t.discord.advance(5min);
    t.discord.gateway().withhold_hello(false);
    t.discord.advance(2min);
    CHECK(t.the_bot().status().front().state == shard_state::ready);
    CHECK(t.discord.gateway().handshakes().back().host == "gateway.discord.test");
}

TEST_CASE("the whole table of close codes: resume, identify (GW-CLOSE-32, GW-HB-20)") {
    for (const std::uint16_t code :
         {0,    1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 1014,
          1099, 4000, 4001, 4002, 4003, 4005, 4006, 4007, 4008, 4009, 4020, 4999}) {
        ping_bot t;
        t.connect();
        t.discord.gateway().drop(code);
        t.discord.advance(2min);
        INFO(code);
        const bool identifies = code == 4003 || code == 4006 || code == 4007 || code == 4009;
        CHECK(t.texts(6).size() == (identifies ? 0U : 1U));
        CHECK(t.texts(2).size() == (identifies ? 2U : 1U));
        CHECK(t.the_bot().status().front().state == shard_state::ready);
    }
}

TEST_CASE(
    "a session that is gone when the bot resumes is replaced (GW-RES-10, GW-RES-14, GW-INV-1)") {
    ping_bot t;
    t.connect();
    t.discord.gateway().forget_sessions();
    t.discord.gateway().drop(4000);
    t.discord.advance(1min);
    CHECK(t.texts(6).size() == 1);
    CHECK(t.texts(2).size() == 2);
    CHECK(t.the_bot().status().front().state == shard_state::ready);
}

TEST_CASE("refused connections are tried again with growing waits (GW-CONN-12, GW-SAFE-2)") {
    ping_bot t;
    t.discord.gateway().refuse_connections(5, 503);
    t.connect();
    const auto tries = t.discord.gateway().handshakes();
    REQUIRE(tries.size() == 6);
    for (std::size_t i = 1; i < tries.size(); ++i) {
        const auto wait = tries[i].at - tries[i - 1].at;
        const auto full = 1s * (1 << (i - 1));
        CHECK(wait >= full / 2);
        CHECK(wait <= full + 1s);
    }
}

TEST_CASE(
    "a gateway that says nothing after the handshake is left after the deadline (GW-CONN-13)") {
    ping_bot t;
    t.discord.gateway().withhold_hello();
    t.discord.start(t.the_bot());
    t.discord.advance(25s);
    t.discord.gateway().withhold_hello(false);
    t.discord.advance(30s);
    CHECK(t.discord.gateway().handshakes().size() >= 2);
    CHECK(t.the_bot().status().front().state == shard_state::ready);
}

TEST_CASE("READY after ten minutes is accepted; heartbeats go on meanwhile (GW-ID-20, GW-HB-6)") {
    ping_bot t;
    t.discord.gateway().withhold_ready();
    t.discord.start(t.the_bot());
    t.discord.advance(10min);
    CHECK(t.discord.gateway().heartbeats() >= 13);
    t.discord.gateway().withhold_ready(false);
    t.discord.advance(1min);
    CHECK(t.texts(2).size() == 1);
    CHECK(t.the_bot().status().front().state == shard_state::ready);
}

TEST_CASE("a heartbeat asked for by the server is sent at once (GW-HB-11)") {
    ping_bot t;
    t.connect();
    t.discord.gateway().request_heartbeat();
    t.discord.gateway().request_heartbeat();
    CHECK(t.texts(1) == texts{R"({"op":1,"d":1})", R"({"op":1,"d":1})"});
    CHECK(t.close_codes().empty());
}

TEST_CASE("latency is known after a heartbeat and forgotten with the connection (GW-HB-14)") {
    ping_bot t;
    t.connect();
    CHECK_FALSE(t.the_bot().status().front().latency);
    t.discord.advance(1min);
    CHECK(t.the_bot().status().front().latency);
    t.discord.gateway().drop(4000);
    t.discord.settle();
    CHECK(t.discord.gateway().resumes() == 1);
    CHECK_FALSE(t.the_bot().status().front().latency);
}

TEST_CASE("when a session is lost, the log says what happened before") {
    ping_bot t;
    t.connect();
    t.ada.says("private words", t.general);
    t.discord.gateway().invalidate(false);
    t.discord.advance(1min);
    const auto all = t.logs.records();
    const auto found = std::find_if(all.begin(), all.end(), [](const captured_record& one) {
        return one.text == "Flight record follows.";
    });
    REQUIRE(found != all.end());
    CHECK(found->severity == level::warning);
    CHECK(found->string("reason") == "invalid session");
    const auto has_line = [&](const std::string& part) {
        return std::any_of(found, all.end(), [&](const captured_record& one) {
            return one.text.find(part) != std::string::npos;
        });
    };
    CHECK(has_line("received op 0 MESSAGE_CREATE s "));
    CHECK(has_line("received op 9 {"));
    CHECK_FALSE(t.logs.contains("private words"));
    CHECK_FALSE(t.logs.contains("emulated-token"));
}

TEST_CASE("what a shard did lately can be asked for, and is told when it ends with an error") {
    ping_bot t;
    t.connect();
    t.ada.says("private words", t.general);
    const auto lines = t.discord.run(t.the_bot().shard(0).flight_record());
    REQUIRE_FALSE(lines.empty());
    CHECK_THAT(lines.back(), Catch::Contains("received op 0 MESSAGE_CREATE s "));
    CHECK_FALSE(t.logs.contains("Flight record follows."));

    t.discord.gateway().drop(4004);
    t.discord.settle();
    CHECK(t.failure() == gateway_errc::authentication_failed);
    const auto all = t.logs.records();
    const auto found = std::find_if(all.begin(), all.end(), [](const captured_record& one) {
        return one.text == "Flight record follows.";
    });
    REQUIRE(found != all.end());
    CHECK_THAT(found->string("reason"), Catch::Contains("4004"));
}
