// From nothing to READY: finding the URL, dialing, Hello, Identify.

#include "support/log_capture.hpp"
#include "support/session_script.hpp"

using namespace strandcord;
using namespace strandcord::gateway;
using namespace strandcord::gateway::scripted;

TEST_CASE("a shard dials, waits for Hello and a permit, identifies and becomes ready, GW-HB-1 "
          "GW-ID-1 GW-ID-2 GW-ID-9 GW-READY-1") {
    script g;
    CHECK(g.machine.status().state == shard_state::waiting);
    CHECK(g.starts() == actions{dial(main_target)});
    CHECK(g.dials().empty());
    CHECK(g.machine.status().state == shard_state::connecting);
    g.machine.on_open(g.now);
    CHECK(g.drain().empty());
    CHECK(g.says_hello() == actions{act::ask_identify{}});
    CHECK(g.machine.status().state == shard_state::identifying);
    CHECK(g.gets_permit() == actions{identify_frame()});
    CHECK_FALSE(g.machine.resumable());
    CHECK(g.dispatches("READY", 1, ready_data) == actions{act::emit{"READY", ready_data, 1}});
    CHECK(g.machine.status().state == shard_state::ready);
    CHECK(g.machine.status().identifies == 1);
    REQUIRE(g.machine.resumable());
    CHECK(g.machine.resumable()->session_id == "s1");
    CHECK(g.machine.resumable()->resume_url == "wss://resume.example");
    CHECK(g.machine.resumable()->sequence == 1);
}

TEST_CASE(
    "the URL is asked for when none is known, and once for many sessions, GW-CONN-1 GW-CONN-2") {
    auto with = settings();
    with.gateway_url.clear();
    with.may_ask_url = true;
    script g{with};
    CHECK(g.starts() == actions{act::ask_url{}});
    g.machine.on_url("wss://main.example/", g.now);
    CHECK(g.drain() == actions{dial(main_target)});
    g.identifies_and_becomes_ready();
    for (int session = 0; session < 2; ++session) {
        g.waits(2min);
        g.acknowledges();
        CHECK(g.loses(4009) == actions{dial(main_target)});
        g.identifies_and_becomes_ready();
    }
    g.now += 2min;
    CHECK(g.loses(4009) == actions{dial(main_target)});
    CHECK(g.fails_to_open() == actions{act::ask_url{875ms}});
    g.machine.on_url_failed(errc::timed_out, g.now);
    CHECK(g.drain() == actions{act::ask_url{1750ms}});
    g.machine.on_url("not a url", g.now);
    CHECK(g.drain() == actions{act::ask_url{3500ms}});
    g.machine.on_url("wss://other.example", g.now);
    CHECK(g.drain() == actions{dial("wss://other.example/?v=10&encoding=json")});
}

TEST_CASE("a refused token ends the shard while it asks for the URL") {
    auto with = settings();
    with.gateway_url.clear();
    with.may_ask_url = true;
    script g{with};
    g.starts();
    g.machine.on_url_failed(errc::unauthorized, g.now);
    const auto done = g.drain();
    REQUIRE(done.size() == 1);
    const auto& end = std::get<act::finish>(done[0]);
    CHECK(end.why == errc::unauthorized);
    CHECK_THAT(end.message, Catch::Contains("token") && Catch::Contains("developer portal"));
    CHECK(g.machine.status().state == shard_state::stopped);
}

TEST_CASE("failed handshakes back off with jitter up to 60 s, and READY resets it, GW-CONN-12") {
    script g;
    g.starts();
    std::vector<duration> waits;
    for (int attempt = 0; attempt < 9; ++attempt) {
        const auto out = g.fails_to_open();
        REQUIRE(out.size() == 1);
        waits.push_back(std::get<act::connect>(out[0]).after);
    }
    CHECK(waits ==
          std::vector<duration>{875ms, 1750ms, 3500ms, 7s, 14s, 28s, 52500ms, 52500ms, 52500ms});
    g.jitter = 0;
    CHECK(g.fails_to_open() == actions{dial(main_target, 60s)});
    g.identifies_and_becomes_ready();
    g.now += 2min;
    g.loses(4009);
    CHECK(g.fails_to_open() == actions{dial(main_target, 1s)});
}

TEST_CASE("Retry-After of a refused handshake is honoured, within reason, GW-CONN-12") {
    script g;
    g.starts();
    CHECK(g.fails_to_open(errc::handshake_failed, 17s) == actions{dial(main_target, 17s)});
    CHECK(g.fails_to_open(errc::handshake_failed, 1ms) == actions{dial(main_target, 1750ms)});
    CHECK(g.fails_to_open(errc::handshake_failed, 48h) == actions{dial(main_target, 1h)});
}

TEST_CASE("a certificate that does not verify at the first connection ends the shard, GW-CONN-8") {
    script g;
    g.starts();
    g.machine.on_connecting(g.now);
    g.machine.on_connect_failed(errc::certificate_invalid, {}, g.now,
                                "The certificate of main.example has expired.");
    CHECK(g.drain() == actions{act::finish{errc::certificate_invalid,
                                           "The certificate of main.example has expired."}});
}

TEST_CASE("a certificate that went bad later is tried again, GW-CONN-12") {
    script g;
    g.becomes_ready();
    g.now += 2min;
    g.loses(4009);
    CHECK(g.fails_to_open(errc::certificate_invalid) == actions{dial(main_target, 875ms)});
}

TEST_CASE("a server that says nothing is left after the Hello deadline, GW-CONN-13") {
    script g;
    g.starts();
    g.opens();
    REQUIRE(g.machine.deadline());
    CHECK(*g.machine.deadline() - g.now == 20s);
    CHECK(g.waits(19999ms).empty());
    CHECK(g.waits(1ms) == actions{act::close{4000, "no Hello"}});
    CHECK_FALSE(g.machine.deadline());
    CHECK(g.loses(4000) == actions{dial(main_target, 875ms)});
}

TEST_CASE("READY may take any time, heartbeats go on meanwhile, GW-ID-20 GW-HB-6") {
    script g;
    g.starts();
    g.opens();
    g.says_hello();
    for (int beats = 0; beats < 10; ++beats) {
        CHECK(g.jumps_to_deadline() == actions{beat_frame("null")});
        g.acknowledges();
    }
    CHECK(g.gets_permit() == actions{identify_frame()});
    for (int beats = 0; beats < 15; ++beats) {
        CHECK(g.jumps_to_deadline() == actions{beat_frame("null")});
        g.acknowledges();
    }
    g.dispatches("READY", 1, ready_data);
    CHECK(g.machine.status().state == shard_state::ready);
}

TEST_CASE("a permit that is not needed is returned, GW-ID-16") {
    script g;
    g.starts();
    g.opens();
    g.says_hello();
    SECTION("the connection is lost while waiting") {
        CHECK(g.loses() == actions{act::return_permit{}, dial(main_target, 875ms)});
        CHECK(g.gets_permit() == actions{act::return_permit{}});
    }
    SECTION("the machine closes while waiting") {
        CHECK(g.receives(7) ==
              actions{act::return_permit{}, act::close{4000, "reconnect was asked for"}});
        CHECK(g.loses(4000) == actions{dial(main_target, 875ms)});
    }
    SECTION("the shard is stopped while waiting") {
        CHECK(g.stops() == actions{act::return_permit{}, act::close{1000, "stopping"}});
    }
    CHECK(g.machine.status().identifies == 0);
}

TEST_CASE("READY without a usable resume URL or session id is not resumed, GW-RES-2") {
    const auto data =
        GENERATE(as<std::string>{}, R"({"session_id":"s1"})",
                 R"({"session_id":"s1","resume_gateway_url":"http://resume.example"})",
                 R"({"resume_gateway_url":"wss://resume.example"})", R"([1])", "");
    script g;
    g.starts();
    g.opens();
    g.says_hello();
    g.gets_permit();
    CHECK(g.dispatches("READY", 1, data).size() == 1);
    CHECK(g.machine.status().state == shard_state::ready);
    CHECK_FALSE(g.machine.resumable());
    g.now += 2min;
    CHECK(g.loses() == actions{dial(main_target)});
}

TEST_CASE("a guild of another shard in READY is one warning, GW-READY-8") {
    test::log_capture captured;
    auto with = settings();
    with.shard = {0, 2};
    with.log = captured.log();
    script g{with};
    g.starts();
    g.opens();
    g.says_hello();
    g.gets_permit();
    g.dispatches("READY", 1,
                 R"({"session_id":"s1","resume_gateway_url":"wss://resume.example","guilds":)"
                 R"([{"id":"8388608","unavailable":true},{"id":"4194304"},{"id":"12582912"}]})");
    CHECK(g.machine.status().state == shard_state::ready);
    REQUIRE(captured.at_least(level::warning).size() == 1);
    CHECK(captured.at_least(level::warning)[0].number("guild") == 4194304);
}

TEST_CASE("READY of 2500 guilds, with members that nobody knows, is read whole, GW-READY-4 "
          "GW-READY-6") {
    std::string guilds;
    for (int guild = 0; guild < 2500; ++guild)
        guilds += std::string{guild == 0 ? "" : ","} + R"({"id":")" +
                  std::to_string(81384788765712384ULL + static_cast<unsigned>(guild)) +
                  R"(","unavailable":true})";
    test::log_capture logs;
    auto with = settings();
    with.log = logs.log();
    script g{with};
    g.starts();
    g.opens();
    g.says_hello();
    g.gets_permit();
    const auto data = R"({"_trace":["[\"a\",{\"micros\":0}]"],"relationships":[],"guilds":[)" +
                      guilds +
                      R"(],"v":10,"session_type":"normal","resume_gateway_url":)"
                      R"("wss://resume.example","session_id":"s1","shard":[0,1]})";
    CHECK(g.dispatches("READY", 1, data) == actions{act::emit{"READY", data, 1}});
    REQUIRE(g.machine.resumable());
    CHECK(g.machine.resumable()->session_id == "s1");
    CHECK(logs.records().back().number("guilds") == 2500);
    CHECK(logs.at_least(level::warning).empty());
}

TEST_CASE("READY that comes twice rewinds nothing, GW-RES-15") {
    script g;
    g.becomes_ready();
    g.dispatches("A", 2);
    CHECK(g.dispatches("READY", 1, ready_data).empty());
    CHECK(g.machine.status().sequence == 2);
    g.now += 2min;
    g.loses();
    g.opens();
    CHECK(g.says_hello() == actions{resume_frame("2")});
}

TEST_CASE("settings that cannot work end the shard before it dials, GW-ID-6 GW-ID-7 GW-ID-11") {
    auto with = settings();
    std::string about;
    SECTION("no token") {
        with.token.clear(), about = "token";
    }
    SECTION("a token that makes Identify too long") {
        with.token.assign(4096, 't'), about = "4096";
    }
    SECTION("shard out of range") {
        with.shard = {2, 2}, about = "Shard 2 of 2";
    }
    SECTION("negative shard") {
        with.shard = {-1, 2}, about = "Shard -1 of 2";
    }
    SECTION("large_threshold below") {
        with.options.large_threshold = 49, about = "49";
    }
    SECTION("large_threshold above") {
        with.options.large_threshold = 251, about = "251";
    }
    SECTION("a bad URL") {
        with.gateway_url = "https://h", about = "https://h";
    }
    SECTION("no URL") {
        with.gateway_url.clear(), about = "URL";
    }
    script g{with};
    const auto out = g.starts();
    REQUIRE(out.size() == 1);
    const auto& end = std::get<act::finish>(out[0]);
    CHECK(end.why == errc::invalid_configuration);
    CHECK_THAT(end.message, Catch::Contains(about));
    CHECK(end.message.find("secret-token") == std::string::npos);
}

TEST_CASE("neither the token nor a session id is ever logged, GW-ID-22 GW-SAFE-5") {
    test::log_capture captured;
    auto with = settings();
    with.log = captured.log();
    script g{with};
    g.becomes_ready();
    g.machine.on_malformed(R"({"op":0,"t":"READY","d":{"session_id":"s1")", g.now);
    g.machine.on_malformed(R"({"token":"other-secret")", g.now);
    g.drain();
    g.loses();
    g.resumes();
    g.loses(4004);
    CHECK_FALSE(captured.contains("secret-token"));
    CHECK_FALSE(captured.contains("other-secret"));
    CHECK_FALSE(captured.contains("s1\""));
}
