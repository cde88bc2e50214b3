// What follows a lost connection: Resume, Reconnect, Invalid Session.

#include "support/log_capture.hpp"
#include "support/session_script.hpp"

using namespace strandcord;
using namespace strandcord::gateway;
using namespace strandcord::gateway::scripted;

TEST_CASE("a broken connection is resumed at the URL of READY, with replay, GW-RES-1 GW-RES-3 "
          "GW-RES-4 GW-RES-5 GW-RES-6 GW-RES-13 GW-READY-1") {
    script g;
    g.becomes_ready();
    g.dispatches("MESSAGE_CREATE", 2);
    CHECK(g.loses(0) == actions{dial(resume_target)});
    CHECK(g.opens().empty());
    CHECK(g.says_hello() == actions{resume_frame("2")});
    CHECK(g.machine.status().state == shard_state::resuming);
    CHECK(g.dispatches("A", 3) == actions{act::emit{"A", "{}", 3}});
    CHECK(g.dispatches("B", 4) == actions{act::emit{"B", "{}", 4}});
    CHECK(g.machine.status().state == shard_state::resuming);
    CHECK(g.dispatches("RESUMED", std::nullopt, "null") ==
          actions{act::emit{"RESUMED", "null", 0}});
    CHECK(g.machine.status().state == shard_state::ready);
    CHECK(g.machine.status().resumes == 1);
    CHECK(g.machine.status().identifies == 1);
    CHECK(g.machine.resumable()->sequence == 4);
}

TEST_CASE("RESUMED is understood in every form, GW-RES-8") {
    const auto data = GENERATE(as<std::string>{}, "", "null", "{}", R"({"_trace":["x"]})");
    script g;
    g.becomes_ready();
    g.loses();
    g.opens();
    g.says_hello();
    g.dispatches("RESUMED", GENERATE(std::optional<std::int64_t>{}, std::optional<std::int64_t>{2}),
                 data);
    CHECK(g.machine.status().state == shard_state::ready);
}

TEST_CASE("Resume carries the compression of the first connection, GW-READY-3 GW-CONN-4") {
    auto with = settings();
    with.options.compress = compression::zlib_stream;
    script g{with};
    CHECK(g.starts() ==
          actions{dial("wss://main.example/?v=10&encoding=json&compress=zlib-stream")});
    g.identifies_and_becomes_ready();
    CHECK(g.loses() ==
          actions{dial("wss://resume.example/?v=10&encoding=json&compress=zlib-stream")});
}

TEST_CASE("op 7 closes with 4000 at once and resumes without a wait, GW-REC-1 GW-REC-3") {
    script g;
    g.becomes_ready();
    CHECK(g.receives(7, "null") == actions{act::close{4000, "reconnect was asked for"}});
    CHECK(g.loses(4000) == actions{dial(resume_target)});
    g.opens();
    CHECK(g.says_hello() == actions{resume_frame("1")});
}

TEST_CASE("op 7 in place of Hello backs off, more each time, GW-REC-2 GW-REC-4") {
    script g;
    g.starts();
    std::vector<duration> waits;
    for (int time = 0; time < 5; ++time) {
        g.opens();
        CHECK(g.receives(7) == actions{act::close{4000, "reconnect was asked for"}});
        waits.push_back(std::get<act::connect>(g.loses(4000).at(0)).after);
    }
    CHECK(waits == std::vector<duration>{875ms, 1750ms, 3500ms, 7s, 14s});
}

TEST_CASE("op 9 true resumes, GW-INV-2") {
    script g;
    g.becomes_ready();
    CHECK(g.receives(9, "true") == actions{act::close{4000, "session invalidated"}});
    CHECK(g.loses(4000) == actions{dial(resume_target)});
    g.opens();
    CHECK(g.says_hello() == actions{resume_frame("1")});
    SECTION("again and again it backs off, GW-SAFE-2") {
        CHECK(g.receives(9, "true") == actions{act::close{4000, "session invalidated"}});
        CHECK(g.loses(4000) == actions{dial(resume_target, 875ms)});
        g.opens();
        g.says_hello();
        g.receives(9, "true");
        CHECK(g.loses(4000) == actions{dial(resume_target, 1750ms)});
    }
}

TEST_CASE("op 9 with anything but true forgets the session and identifies after 1 to 5 s, GW-INV-3 "
          "GW-INV-4 GW-INV-5 GW-INV-7 GW-READY-2") {
    const auto data = GENERATE(as<std::string>{}, "false", "null", "", "1", R"("true")");
    const auto random = GENERATE(0.0, 0.25, 0.999);
    script g;
    g.becomes_ready();
    g.jitter = random;
    CHECK(g.receives(9, data) == actions{act::close{4000, "session invalidated"}});
    CHECK_FALSE(g.machine.resumable());
    const auto next = g.loses(4000);
    REQUIRE(next.size() == 1);
    const auto& again = std::get<act::connect>(next[0]);
    CHECK(again.url == main_target);
    CHECK(again.after >= 1s);
    CHECK(again.after <= 5s);
    g.jitter = 0.25;
    g.opens();
    CHECK(g.says_hello() == actions{act::ask_identify{}});
    CHECK(g.gets_permit() == actions{identify_frame()});
}

TEST_CASE("op 9 false in answer to Resume loses the session, GW-RES-10 GW-RES-14 GW-INV-6") {
    script g;
    g.becomes_ready();
    g.loses();
    g.opens();
    g.says_hello();
    CHECK(g.receives(9, "false") == actions{act::close{4000, "session invalidated"}});
    CHECK(g.loses(4000) == actions{dial(main_target, 2s)});
    g.opens();
    CHECK(g.says_hello() == actions{act::ask_identify{}});
}

TEST_CASE("op 9 in answer to every Identify costs few of them, GW-ID-17 GW-INV-8 GW-SAFE-3") {
    script g;
    g.starts();
    std::vector<duration> waits;
    duration passed{};
    int identifies = 0;
    while (passed < 24h) {
        g.opens();
        g.says_hello();
        CHECK(g.gets_permit() == actions{identify_frame()});
        ++identifies;
        CHECK(g.receives(9, "false") == actions{act::close{4000, "session invalidated"}});
        waits.push_back(std::get<act::connect>(g.loses(4000).at(0)).after);
        passed += waits.back();
        g.now += waits.back();
    }
    CHECK(std::is_sorted(waits.begin(), waits.end()));
    CHECK(waits.front() == 2s);
    CHECK(waits.at(9) > 5min);
    CHECK(identifies < 200);
}

TEST_CASE(
    "READY followed by the loss of the session, again and again, costs few Identifies, GW-SAFE-3") {
    script g;
    g.starts();
    int identifies = 0;
    for (duration passed{}; passed < 24h; ++identifies) {
        g.identifies_and_becomes_ready();
        const auto wait = std::get<act::connect>(g.loses(4009).at(0)).after;
        passed += wait;
        g.now += wait;
    }
    CHECK(identifies < 200);
}

TEST_CASE("close 4007 in answer to Resume identifies at the main URL, GW-RES-11") {
    script g;
    g.becomes_ready();
    g.loses();
    g.opens();
    g.says_hello();
    CHECK(g.loses(4007) == actions{dial(main_target, 875ms)});
    g.opens();
    CHECK(g.says_hello() == actions{act::ask_identify{}});
}

TEST_CASE("a resume host that is dead gives way to the main one, GW-RES-12") {
    script g;
    g.becomes_ready();
    g.loses();
    CHECK(g.fails_to_open() == actions{dial(resume_target, 875ms)});
    CHECK(g.fails_to_open() == actions{dial(main_target, 1750ms)});
    CHECK(g.opens().empty());
    CHECK(g.says_hello() == actions{resume_frame("1")});
    SECTION("Resume works there, and the URL of READY is used again for the next") {
        g.dispatches("RESUMED", 2);
        CHECK(g.loses() == actions{dial(resume_target)});
    }
    SECTION("a Resume that comes to nothing there is repeated, but not for ever") {
        const bool by_op_9 = GENERATE(false, true);
        const auto fails = [&] {
            if (!by_op_9)
                return g.loses();
            g.receives(9, "true");
            return g.loses(4000);
        };
        CHECK(fails() == actions{dial(main_target, 3500ms)});
        g.now += 9min;
        g.opens();
        CHECK(g.says_hello() == actions{resume_frame("1")});
        CHECK(fails() == actions{dial(main_target, 7s)});
        if (GENERATE(false, true)) { // what the replay brought before it broke counts
            g.opens();
            g.says_hello();
            g.dispatches("MISSED", 2);
            fails();
            g.now += 9min;
            g.opens();
            CHECK(g.says_hello() == actions{resume_frame("2")});
            return;
        }
        g.now += 1min;
        g.opens();
        CHECK(g.says_hello() == actions{resume_frame("1")});
        CHECK(fails() == actions{dial(main_target, 14s)});
        g.opens();
        CHECK(g.says_hello() == actions{act::ask_identify{}});
    }
}

TEST_CASE("a session of an earlier process is resumed, GW-RES-17") {
    auto with = settings();
    with.token_hash = "aa11";
    with.resume = resume_point{"s1", "wss://resume.example", 77, {0, 1}, intents{513}, "aa11"};
    SECTION("of the same shard, intents and token") {
        script g{with};
        CHECK(g.machine.resumable() == with.resume); // before it starts: a stop loses nothing
        CHECK(g.starts() == actions{dial(resume_target)});
        g.opens();
        CHECK(g.says_hello() == actions{resume_frame("77")});
        CHECK(g.receives(1) == actions{beat_frame("77")});
    }
    const auto refused = [&with](std::string_view reason) {
        const test::log_capture logs;
        with.log = logs.log();
        script g{with};
        CHECK(g.starts() == actions{dial(main_target)});
        CHECK_FALSE(g.machine.resumable());
        const auto warnings = logs.at_least(level::warning);
        REQUIRE(warnings.size() == 1);
        CHECK(warnings[0].string("reason") == reason);
        CHECK_FALSE(logs.contains("s1"));
        g.identifies_and_becomes_ready();
        CHECK(g.machine.resumable()->token_hash == "aa11");
        CHECK(g.machine.resumable()->intents == intents{513});
    };
    SECTION("not of another shard") {
        with.resume->shard = {0, 2};
        refused("it is of another shard");
    }
    SECTION("not with other intents") {
        with.resume->intents = intents{512};
        refused("it was started with other intents");
    }
    SECTION("not with another token") {
        with.resume->token_hash = "bb22";
        refused("it was started with another token");
    }
    SECTION("not in part") {
        with.resume->resume_url.clear();
        refused("it is incomplete");
    }
}

TEST_CASE("a deliberate stop ends the session or keeps it, GW-BYE-4") {
    script g;
    g.becomes_ready();
    SECTION("ends it: 1000") {
        CHECK(g.stops(false) == actions{act::close{1000, "stopping"}});
        CHECK_FALSE(g.machine.resumable());
    }
    SECTION("keeps it: 4000") {
        CHECK(g.stops(true) == actions{act::close{4000, "stopping"}});
        CHECK(g.loses(4000) == actions{act::finish{{}, {}}});
        CHECK(g.machine.resumable()->sequence == 1);
    }
    SECTION("keeps it between two connections") {
        g.loses();
        CHECK(g.stops(true) == actions{act::finish{{}, {}}});
        CHECK(g.machine.resumable());
    }
}

TEST_CASE("unknown opcodes and events are no reason to close, GW-PAY-3 GW-PAY-10") {
    script g;
    g.becomes_ready();
    CHECK(g.receives(99, "{}").empty());
    CHECK(g.receives(-1).empty());
    CHECK(g.dispatches("ready", 2) == actions{act::emit{"ready", "{}", 2}});
    CHECK(g.machine.status().state == shard_state::ready);
}

TEST_CASE("malformed frames are skipped, ten in a row close with 4000, GW-PAY-9") {
    script g;
    g.becomes_ready();
    for (int frame = 0; frame < 9; ++frame)
        g.machine.on_malformed("garbage", g.now);
    CHECK(g.drain().empty());
    g.dispatches("MESSAGE_CREATE", 2);
    for (int frame = 0; frame < 9; ++frame)
        g.machine.on_malformed("garbage", g.now);
    CHECK(g.drain().empty());
    g.machine.on_malformed("garbage", g.now);
    CHECK(g.drain() == actions{act::close{4000, "too many malformed frames"}});
    CHECK(g.loses(4000) == actions{dial(resume_target)});
}

TEST_CASE("an event in a frame that could not be read is asked for again, twice, GW-PAY-9") {
    script g;
    g.becomes_ready();
    g.machine.on_malformed("garbage", g.now);
    CHECK(g.dispatches("A", 2).size() == 1); // it was none
    for (int time = 0; time < 2; ++time) {
        g.machine.on_malformed("garbage", g.now);
        CHECK(g.dispatches("C", 4) == actions{act::close{4000, "an event could not be read"}});
        g.now += 2min;
        CHECK(g.loses(4000) == actions{dial(resume_target)});
        g.opens();
        CHECK(g.says_hello() == actions{resume_frame("2")});
        g.dispatches("RESUMED", std::nullopt);
    }
    SECTION("it comes") {
        CHECK(g.dispatches("B", 3).size() == 1);
        CHECK(g.dispatches("C", 4).size() == 1);
    }
    SECTION("it never will") {
        g.machine.on_malformed("garbage", g.now);
        CHECK(g.dispatches("C", 4).size() == 1);
        g.machine.on_malformed("garbage", g.now);
        CHECK(g.dispatches("E", 6) == actions{act::close{4000, "an event could not be read"}});
    }
}

TEST_CASE("a damaged stream closes with 4000 and resumes; a payload that never fits costs the "
          "session, GW-COMP-11") {
    script g;
    g.becomes_ready();
    g.machine.on_stream_error(errc::decompression_failed, g.now);
    CHECK(g.drain() == actions{act::close{4000, "unreadable stream"}});
    CHECK(g.loses(4000) == actions{dial(resume_target)});
    for (int time = 0; time < 2; ++time) {
        REQUIRE(g.machine.resumable());
        g.opens();
        CHECK(g.says_hello() == actions{resume_frame("1")});
        g.machine.on_stream_error(errc::payload_too_large, g.now);
        g.drain();
        g.loses(4000);
    }
    CHECK_FALSE(g.machine.resumable());
    g.opens();
    CHECK(g.says_hello() == actions{act::ask_identify{}});
}
