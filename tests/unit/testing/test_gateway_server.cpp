#include "wire.hpp"

#include <catch2/catch.hpp>

using namespace strandcord::testing;
using namespace std::chrono_literals;
using strandcord::intents;
using strings = std::vector<std::string>;

TEST_CASE("a connection begins with Hello and its interval (GW-HB-1)") {
    wire w;
    const auto c = w.open();
    const auto got = w.received(c);
    REQUIRE(got.size() == 1);
    CHECK(got[0].find("op")->integer() == 10);
    CHECK(got[0].find("d")->find("heartbeat_interval")->integer() == 41250);
    CHECK(w.violations().empty());
}

TEST_CASE("the target is checked (GW-CONN-4, GW-CONN-6)") {
    wire w;
    w.open("/?v=10&encoding=json&compress=zlib-stream");
    CHECK(w.violations().empty());
    w.open("/?v=10&encoding=json&shiny=1");
    w.open("/?v=10");
    w.open("/?v=10&encoding=json&compress=brotli");
    CHECK(w.violations().size() == 3);
    const auto old = w.open("/?v=6&encoding=json");
    CHECK(w.received(old).empty());
    CHECK(w.code == 4012);
}

TEST_CASE(
    "Identify opens a session: READY with 1, then the shard's guilds (GW-READY-1, GW-GUILD-1)") {
    wire w;
    const auto guild = w.state.add_guild("home");
    const auto c = w.open();
    w.received(c);
    w.identify(c);
    const auto got = w.received(c);
    REQUIRE(got.size() == 2);
    const auto& ready = *got[0].find("d");
    CHECK(got[0].text_of("t") == "READY");
    CHECK(got[0].find("s")->integer() == 1);
    CHECK(ready.text_of("session_id") == w.session_of(c));
    CHECK(ready.text_of("resume_gateway_url") == "wss://resume.test");
    CHECK(ready.find("user")->find("bot")->truth());
    CHECK(ready.find("application")->find("id")->id() == w.state.application_id());
    REQUIRE(ready.find("guilds")->items().size() == 1);
    CHECK(ready.find("guilds")->items()[0].find("unavailable")->truth());
    CHECK(got[1].text_of("t") == "GUILD_CREATE");
    CHECK(got[1].find("d")->find("id")->id() == guild);
    CHECK(w.violations().empty());
}

TEST_CASE("guilds can come later than READY") {
    emulator_options options;
    options.guild_load_delay = 2s;
    wire w{options};
    w.state.add_guild("home");
    const auto c = w.open();
    w.identify(c);
    CHECK(w.heard(c) == strings{"op10", "READY@1"});
    CHECK(w.gateway.guilds_due() == 1);
    CHECK(w.gateway.deadline() == 2s);
    w.wait(2s);
    CHECK(w.heard(c) == strings{"GUILD_CREATE@2"});
}

TEST_CASE("Identify is checked strictly (GW-ID-1 to GW-ID-7)") {
    struct row {
        const char* data;
        int code;
    };
    const auto [data, code] = GENERATE(
        row{R"({"token":"wrong","properties":{"os":"a","browser":"b","device":"c"},"intents":0})",
            4004},
        row{R"({"token":"Bot emulated-token","properties":{"os":"a","browser":"b","device":"c"},"intents":0})",
            4004},
        row{R"({"token":"emulated-token","properties":{"os":"a","browser":"b","device":"c"}})",
            4001},
        row{R"({"token":"emulated-token","intents":0})", 4001},
        row{R"({"token":"emulated-token","properties":{"os":"a","browser":"b"},"intents":0})",
            4001},
        row{R"({"token":"emulated-token","properties":{"os":"a","browser":"b","device":"c"},"intents":"0"})",
            4001},
        row{R"({"token":"emulated-token","properties":{"os":"a","browser":"b","device":"c"},"intents":131072})",
            4013},
        row{R"({"token":"emulated-token","properties":{"os":"a","browser":"b","device":"c"},"intents":32768})",
            4014},
        row{R"({"token":"emulated-token","properties":{"os":"a","browser":"b","device":"c"},"intents":0,"shard":[2,2]})",
            4010},
        row{R"({"token":"emulated-token","properties":{"os":"a","browser":"b","device":"c"},"intents":0,"large_threshold":49})",
            4001},
        row{R"({"token":"emulated-token","properties":{"os":"a","browser":"b","device":"c"},"intents":0,"presence":{"status":"busy","afk":false,"since":null,"activities":[]}})",
            4001},
        row{"[]", 4002});
    emulator_options options;
    options.privileged = {};
    wire w{options};
    const auto c = w.open();
    w.received(c);
    INFO(data);
    w.send(c, R"({"op":2,"d":)" + std::string{data} + "}");
    CHECK(w.received(c).empty());
    CHECK(w.code == code);
    CHECK_FALSE(w.violations().empty());
}

TEST_CASE("a good Identify with everything passes without a word") {
    wire w;
    const auto c = w.open();
    w.send(
        c,
        R"({"op":2,"d":{"token":"emulated-token","properties":{"os":"a","browser":"b","device":"c"},)"
        R"("intents":53608447,"compress":false,"large_threshold":250,"shard":[1,4],)"
        R"("presence":{"since":null,"activities":[],"status":"online","afk":false}}})");
    CHECK(w.heard(c) == strings{"op10", "READY@1"});
    CHECK(w.violations().empty());
}

TEST_CASE("odd members and a second Identify are noted (GW-ID-1, GW-ID-4)") {
    wire w;
    const auto c = w.open();
    w.send(
        c,
        R"({"op":2,"d":{"token":"emulated-token","properties":{"os":"a","browser":"b","device":"c","$os":"a"},"intents":0}})");
    CHECK(w.violations().size() == 1);
    CHECK(w.heard(c) == strings{"op10", "READY@1"});
    w.identify(c);
    w.received(c);
    CHECK(w.code == 4005);
}

TEST_CASE("one Identify per key in 5 seconds, else op 9 (GW-ID-12, GW-ID-17)") {
    emulator_options options;
    options.max_concurrency = 2;
    wire w{options};
    const auto a = w.open();
    const auto b = w.open();
    const auto c = w.open();
    w.identify(a, 0, 4);
    w.identify(b, 1, 4);
    CHECK(w.heard(a) == strings{"op10", "READY@1"});
    CHECK(w.heard(b) == strings{"op10", "READY@1"});
    w.wait(4999ms);
    w.identify(c, 2, 4);
    CHECK(w.heard(c) == strings{"op10", "op9 false"});
    CHECK(w.violations().size() == 1);
    w.wait(5s);
    const auto d = w.open();
    w.identify(d, 2, 4);
    CHECK(w.heard(d) == strings{"op10", "READY@1"});
    CHECK(w.gateway.start_remaining() == 996);
}

TEST_CASE("Identify again on an invalidated connection is refused (GW-INV-6)") {
    wire w;
    const auto c = w.open();
    w.identify(c);
    w.gateway.invalidate(false, 0);
    CHECK(w.heard(c) == strings{"op10", "READY@1", "op9 false"});
    w.wait(6s);
    w.identify(c);
    w.received(c);
    CHECK(w.code == 4003);
}

TEST_CASE("heartbeats are acknowledged and their number is checked (GW-HB-4, GW-HB-7)") {
    wire w;
    const auto c = w.open();
    w.send(c, R"({"op":1,"d":null})");
    w.identify(c);
    w.send(c, R"({"op":1,"d":1})");
    CHECK(w.heard(c) == strings{"op10", "op11", "READY@1", "op11"});
    CHECK(w.violations().empty());
    w.send(c, R"({"op":1,"d":99})");
    CHECK(w.violations().size() == 1);
    w.gateway.set_acknowledging(false);
    w.send(c, R"({"op":1,"d":1})");
    CHECK(w.heard(c) == strings{"op11"});
    CHECK(w.gateway.observed().heartbeats == 4);
    w.send(c, R"({"op":1})");
    w.received(c);
    CHECK(w.code == 4001);
}

TEST_CASE("a client that does not beat is dropped without a code (GW-HB-20)") {
    wire w;
    const auto c = w.open();
    w.received(c);
    w.wait(82501ms);
    w.received(c);
    CHECK(w.code == 0);
}

TEST_CASE("bad frames close with the code that fits (GW-PAY-4, GW-SEND-1, GW-SEND-2)") {
    struct row {
        std::string text;
        int code;
    };
    const auto [text, code] = GENERATE(
        row{"{", 4002}, row{"[]", 4002}, row{R"({"d":1})", 4001}, row{R"({"op":5,"d":{}})", 4001},
        row{R"({"op":99,"d":{}})", 4001}, row{R"({"op":3,"d":{}})", 4001},
        row{R"({"op":3,"d":{"since":null,"activities":[],"status":"idle","afk":false}})", 4003},
        row{R"({"op":1,"d":")" + std::string(4096, 'x') + "\"}", 4002});
    wire w;
    const auto c = w.open();
    w.received(c);
    w.send(c, text);
    w.received(c);
    CHECK(w.code == code);
}

TEST_CASE("4096 bytes and 120 payloads a minute are the limit (GW-SEND-2, GW-SEND-3)") {
    wire w;
    const auto c = w.open();
    w.identify(c);
    const std::string head = R"({"op":3,"d":{"since":null,"activities":[{"name":")";
    const std::string tail = R"("}],"status":"idle","afk":false}})";
    w.send(c, head + std::string(4096 - head.size() - tail.size(), 'x') + tail);
    for (int i = 0; i < 118; ++i)
        w.send(c, R"({"op":1,"d":1})");
    w.received(c);
    CHECK_FALSE(w.code);
    w.send(c, R"({"op":1,"d":1})");
    w.received(c);
    CHECK(w.code == 4008);
}

TEST_CASE("a Resume replays what was missed, then says so (GW-RES-4, GW-RES-6)") {
    wire w;
    const auto guild = w.state.add_guild("home");
    const auto channel = w.state.add_channel(guild, "general");
    const auto ada = w.state.add_user("ada");
    const auto c = w.open();
    w.identify(c);
    w.received(c);
    const auto session = w.session_of(c);
    message_parts parts;
    parts.author = ada;
    parts.channel = channel;
    parts.content = "one";
    w.state.send(parts);
    CHECK(w.heard(c) == strings{"MESSAGE_CREATE@3"});
    w.gateway.drop(4000, every_shard);
    parts.content = "two";
    w.state.send(parts);
    w.received(c);
    CHECK(w.code == 4000);
    parts.content = "three";
    w.state.send(parts);

    const auto d = w.open();
    w.resume(d, session, 3);
    CHECK(w.heard(d) == strings{"op10", "MESSAGE_CREATE@4", "MESSAGE_CREATE@5", "RESUMED@5"});
    w.state.send(parts);
    CHECK(w.heard(d) == strings{"MESSAGE_CREATE@6"});
    CHECK(w.violations().empty());
    CHECK(w.gateway.observed().resumes == 1);

    w.gateway.drop(4000, every_shard);
    w.received(d);
    const auto e = w.open();
    w.resume(e, session, 2);
    CHECK(w.heard(e) == strings{"op10", "MESSAGE_CREATE@3", "MESSAGE_CREATE@4", "MESSAGE_CREATE@5",
                                "MESSAGE_CREATE@6", "RESUMED@6"});
}

TEST_CASE("a Resume of what is gone gets op 9, of what never was 4007 (GW-RES-10, GW-RES-11, "
          "GW-RES-14)") {
    emulator_options options;
    options.session_lifetime = 3min;
    wire w{options};
    const auto lose = [&w](std::uint16_t code) {
        w.wait(5s);
        const auto c = w.open();
        w.identify(c);
        w.received(c);
        auto session = w.session_of(c);
        w.gateway.on_closed(c, code, {}, w.now);
        return session;
    };
    const auto unknown = w.open();
    w.resume(unknown, "never-was", 1);
    CHECK(w.heard(unknown) == strings{"op10", "op9 false"});

    const auto ended = lose(1000);
    const auto after_end = w.open();
    w.resume(after_end, ended, 1);
    CHECK(w.heard(after_end) == strings{"op10", "op9 false"});

    const auto kept = lose(4000);
    const auto ahead = w.open();
    w.resume(ahead, kept, 2);
    CHECK(w.heard(ahead) == strings{"op10"});
    CHECK(w.code == 4007);

    const auto old = lose(0);
    w.wait(3min + 1s);
    const auto late = w.open();
    w.resume(late, old, 1);
    CHECK(w.heard(late) == strings{"op10", "op9 false"});
}

TEST_CASE("a Resume from before the kept events gets op 9") {
    emulator_options options;
    options.replay_limit = 3;
    wire w{options};
    const auto c = w.open();
    w.identify(c);
    const auto session = w.session_of(c);
    w.gateway.on_closed(c, 0, {}, w.now);
    for (int i = 0; i < 4; ++i)
        w.state.publish({"USER_UPDATE", "{}"});
    const auto d = w.open();
    w.resume(d, session, 1);
    CHECK(w.heard(d) == strings{"op10", "op9 false"});
}

TEST_CASE("an invalidated session is gone or kept as the server says (GW-INV-2, GW-INV-3)") {
    const bool resumable = GENERATE(true, false);
    wire w;
    const auto c = w.open();
    w.identify(c);
    const auto session = w.session_of(c);
    w.gateway.invalidate(resumable, 0);
    w.received(c);
    w.gateway.on_closed(c, 4000, {}, w.now);
    const auto d = w.open();
    w.resume(d, session, 1);
    CHECK(w.heard(d) == (resumable ? strings{"op10", "RESUMED@1"} : strings{"op10", "op9 false"}));
}

TEST_CASE(
    "events go to the guild's shard, others to shard 0, all by intents (GW-SHARD-1, GW-SHARD-4)") {
    wire w;
    std::vector<strandcord::snowflake> guilds;
    for (int i = 0; i < 2; ++i)
        guilds.push_back(w.state.add_guild("g"));
    const auto a = w.open();
    const auto b = w.open();
    w.identify(a, 0, 2, intents::all().bits());
    w.wait(5s);
    w.identify(b, 1, 2, 1);
    w.received(a);
    w.received(b);
    for (const auto guild : guilds)
        w.state.publish({"GUILD_UPDATE", "{}", guild});
    CHECK(w.heard(a) == strings{"GUILD_UPDATE@3"});
    CHECK(w.heard(b) == strings{"GUILD_UPDATE@3"});
    for (const auto guild : guilds)
        w.state.publish({"MESSAGE_CREATE", "{}", guild});
    w.state.publish({"MESSAGE_CREATE", "{}"});
    w.state.publish({"INTERACTION_CREATE", "{}", guilds[0]});
    w.state.publish({"INTERACTION_CREATE", "{}", guilds[1]});
    CHECK(w.heard(a) == strings{"MESSAGE_CREATE@4", "MESSAGE_CREATE@5", "INTERACTION_CREATE@6"});
    CHECK(w.heard(b) == strings{"INTERACTION_CREATE@4"});
}

TEST_CASE("message content is withheld without its intent (GW-DISP-20)") {
    wire w;
    const auto guild = w.state.add_guild("home");
    const auto c = w.open();
    w.identify(c, 0, 1, 513);
    w.received(c);
    w.state.publish({"MESSAGE_CREATE", R"({"content":"x"})", guild});
    event open{"MESSAGE_CREATE", R"({"content":"x"})", guild};
    open.content_for_all = true;
    w.state.publish(open);
    const auto got = w.received(c);
    REQUIRE(got.size() == 2);
    CHECK(got[0].find("d")->text_of("content").empty());
    CHECK(got[1].find("d")->text_of("content") == "x");
}

TEST_CASE("an outage, a removal and a return are told (GW-GUILD-2, GW-GUILD-4, GW-GUILD-5)") {
    wire w;
    const auto guild = w.state.add_guild("home");
    const auto c = w.open();
    w.identify(c);
    w.received(c);
    w.state.set_down(guild, true);
    auto got = w.received(c);
    CHECK(got[0].text_of("t") == "GUILD_DELETE");
    CHECK(got[0].find("d")->find("unavailable")->truth());
    w.state.set_down(guild, false);
    CHECK(w.heard(c) == strings{"GUILD_CREATE@4"});
    w.state.set_bot_inside(guild, false);
    got = w.received(c);
    CHECK(got[0].find("d")->find("unavailable") == nullptr);
    w.state.publish({"MESSAGE_CREATE", "{}", guild});
    CHECK(w.heard(c).empty());
    w.state.set_bot_inside(guild, true);
    CHECK(w.heard(c) == strings{"GUILD_CREATE@6"});
}

TEST_CASE("members are given in chunks, all of them only every 30 seconds (GW-REQ-7, GW-CHUNK-1)") {
    wire w;
    const auto guild = w.state.add_guild("home");
    w.state.populate(guild, 1500);
    const auto c = w.open();
    w.identify(c, 0, 1, intents::all().bits());
    w.received(c);
    const auto ask = R"({"op":8,"d":{"guild_id":")" + to_string(guild) +
                     R"(","query":"","limit":0,"nonce":"n"}})";
    w.send(c, ask);
    const auto got = w.received(c);
    REQUIRE(got.size() == 2);
    CHECK(got[0].find("d")->find("members")->items().size() == 1000);
    CHECK(got[1].find("d")->find("chunk_index")->integer() == 1);
    CHECK(got[1].find("d")->text_of("nonce") == "n");
    w.send(c, ask);
    CHECK(w.heard(c) == strings{"RATE_LIMITED@5"});
    w.send(c, R"({"op":8,"d":{"guild_id":")" + to_string(guild) +
                  R"(","user_ids":["1"],"query":""}})");
    w.received(c);
    CHECK(w.code == 4001);
}

TEST_CASE("what the test asks for happens") {
    wire w;
    w.gateway.reconnect_before_hello(1);
    const auto early = w.open();
    CHECK(w.heard(early) == strings{"op7"});
    w.gateway.withhold_hello(true);
    const auto c = w.open();
    CHECK(w.heard(c).empty());
    w.gateway.withhold_hello(false);
    CHECK(w.heard(c) == strings{"op10"});
    w.gateway.withhold_ready(true);
    w.identify(c);
    CHECK(w.heard(c).empty());
    w.wait(5s);
    w.gateway.withhold_ready(false);
    CHECK(w.heard(c) == strings{"READY@1"});
    w.gateway.fail_identify(true, 1);
    w.gateway.close_on_identify(4014, 1);
    w.wait(5s);
    const auto d = w.open();
    w.identify(d);
    CHECK(w.heard(d) == strings{"op10"});
    CHECK(w.code == 4014);
    w.wait(5s);
    const auto e = w.open();
    w.identify(e);
    CHECK(w.heard(e) == strings{"op10", "op9 true"});
}

TEST_CASE("READY may be withheld for long (GW-ID-20)") {
    wire w;
    const auto c = w.open();
    w.gateway.withhold_ready(true);
    w.identify(c);
    for (int i = 0; i < 20; ++i) {
        w.wait(41250ms);
        w.send(c, R"({"op":1,"d":null})");
    }
    w.received(c);
    w.gateway.withhold_ready(false);
    CHECK(w.heard(c) == strings{"READY@1"});
    CHECK_FALSE(w.code);
}

TEST_CASE("refused connections, dead hosts, delayed and doubled frames") {
    wire w;
    w.gateway.kill_host("resume.test", true);
    CHECK(w.gateway.on_dial("resume.test", "/", w.now)->status == 0);
    CHECK_FALSE(w.gateway.on_dial("main.test", "/", w.now));
    w.gateway.refuse_connections(1, {503, 7s});
    CHECK_FALSE(w.gateway.refuses_tcp("main.test", w.now));
    CHECK(w.gateway.on_dial("main.test", "/", w.now)->status == 503);
    CHECK_FALSE(w.gateway.on_dial("main.test", "/", w.now));
    CHECK(w.gateway.observed().handshakes.size() == 2);

    const auto c = w.open();
    w.identify(c);
    w.received(c);
    w.gateway.duplicate_next(1, 0);
    w.state.publish({"USER_UPDATE", "{}"});
    w.state.publish({"USER_UPDATE", "{}"});
    CHECK(w.heard(c) == strings{"USER_UPDATE@2", "USER_UPDATE@2", "USER_UPDATE@3"});
    w.gateway.delay(500ms, 0);
    w.state.publish({"USER_UPDATE", "{}"});
    CHECK(w.heard(c).empty());
    CHECK(w.gateway.deadline() == 500ms);
    w.wait(500ms);
    CHECK(w.heard(c) == strings{"USER_UPDATE@4"});
}
