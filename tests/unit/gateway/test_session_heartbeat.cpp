#include "support/session_script.hpp"

using namespace strandcord;
using namespace strandcord::gateway;
using namespace strandcord::gateway::scripted;

TEST_CASE("the first beat comes after interval times jitter, then one each interval, GW-HB-2 "
          "GW-HB-3 GW-HB-19") {
    script g;
    g.becomes_ready();
    const auto hello = g.now;
    CHECK(*g.machine.deadline() - hello == 10s);
    for (int beats = 0; beats < 100; ++beats) {
        CHECK(g.jumps_to_deadline() == actions{beat_frame("1")});
        CHECK(g.now - hello == 10s + beats * 40s);
        CHECK(g.waits(50ms).empty());
        CHECK(g.acknowledges().empty());
    }
}

TEST_CASE("each connection draws its jitter anew, GW-HB-2") {
    script g;
    g.becomes_ready();
    g.loses();
    g.jitter = 0.5;
    g.resumes();
    CHECK(*g.machine.deadline() - g.now == 20s);
}

TEST_CASE("a beat carries the last sequence, or null before any dispatch, GW-HB-4 GW-HB-5 GW-PAY-5 "
          "GW-PAY-6 GW-PAY-7") {
    script g;
    g.starts();
    g.opens();
    g.says_hello();
    CHECK(g.receives(1) == actions{beat_frame("null")});
    g.gets_permit();
    g.dispatches("READY", 1, ready_data);
    CHECK(g.receives(1) == actions{beat_frame("1")});
    g.dispatches("A", 5);
    CHECK(g.dispatches("B", 3).empty());
    CHECK(g.dispatches("C", std::nullopt).size() == 1);
    g.acknowledges();
    CHECK(g.receives(1) == actions{beat_frame("5")});
    g.dispatches("D", 4294967297);
    CHECK(g.receives(1) == actions{beat_frame("4294967297")});
    g.loses();
    g.opens();
    CHECK(g.says_hello() == actions{resume_frame("4294967297")});
    CHECK(g.receives(1) == actions{beat_frame("4294967297")});
    g.loses(4009);
    g.identifies_and_becomes_ready();
    CHECK(g.receives(1) == actions{beat_frame("1")});
}

TEST_CASE("a beat nobody acknowledged closes with 4000 and resumes, GW-HB-8 GW-HB-9 GW-BYE-3") {
    script g;
    g.becomes_ready();
    CHECK(g.jumps_to_deadline() == actions{beat_frame("1")});
    CHECK(g.jumps_to_deadline() == actions{act::close{4000, "heartbeat not acknowledged"}});
    CHECK(g.loses(0) == actions{dial(resume_target)});
    g.opens();
    CHECK(g.says_hello() == actions{resume_frame("1")});
}

TEST_CASE("dispatches are no acknowledgement, GW-HB-10") {
    script g;
    g.becomes_ready();
    g.jumps_to_deadline();
    g.dispatches("MESSAGE_CREATE", 2);
    CHECK(g.jumps_to_deadline() == actions{act::close{4000, "heartbeat not acknowledged"}});
}

TEST_CASE(
    "a beat that the server asks for is sent at once and changes nothing else, GW-HB-11 GW-HB-12") {
    script g;
    g.becomes_ready();
    const auto due = *g.machine.deadline();
    CHECK(g.receives(1, "null") == actions{beat_frame("1")});
    CHECK(g.receives(1, "null") == actions{beat_frame("1")});
    CHECK(*g.machine.deadline() == due);
    SECTION("unanswered, it makes no zombie") {
        CHECK(g.jumps_to_deadline() == actions{beat_frame("1")});
        g.acknowledges();
        CHECK(g.jumps_to_deadline() == actions{beat_frame("1")});
    }
    SECTION("it is sent while a scheduled one is outstanding too") {
        g.jumps_to_deadline();
        CHECK(g.receives(1) == actions{beat_frame("1")});
        CHECK(g.jumps_to_deadline() == actions{act::close{4000, "heartbeat not acknowledged"}});
    }
}

TEST_CASE("latency is from a beat to its acknowledgement, on this connection, GW-HB-7 GW-HB-14") {
    script g;
    g.becomes_ready();
    CHECK_FALSE(g.machine.status().latency);
    g.jumps_to_deadline();
    g.waits(120ms);
    g.acknowledges();
    CHECK(g.machine.status().latency == 120ms);
    g.waits(1s);
    g.acknowledges();
    CHECK(g.machine.status().latency == 120ms);
    g.loses();
    g.opens();
    CHECK_FALSE(g.machine.status().latency);
}

TEST_CASE("a long stall is followed by one beat, GW-HB-15") {
    script g;
    g.becomes_ready();
    CHECK(g.waits(10min) == actions{beat_frame("1")});
    CHECK(*g.machine.deadline() - g.now == 40s);
    CHECK(g.waits(10min) == actions{act::close{4000, "heartbeat not acknowledged"}});
}

TEST_CASE("nothing is due once the connection is gone, GW-HB-16") {
    script g;
    g.becomes_ready();
    g.receives(7);
    CHECK_FALSE(g.machine.deadline());
    CHECK(g.waits(1h).empty());
    CHECK(g.receives(1).empty());
    CHECK(g.dispatches("MESSAGE_CREATE", 2).empty());
    CHECK(g.machine.resumable()->sequence == 1);
    g.loses();
    CHECK_FALSE(g.machine.deadline());
}

TEST_CASE("a second Hello replaces the interval and identifies no more, GW-HB-17 GW-ID-1") {
    script g;
    g.becomes_ready();
    CHECK(g.says_hello(R"({"heartbeat_interval":8000})").empty());
    CHECK(*g.machine.deadline() - g.now == 2s);
    g.jumps_to_deadline();
    CHECK(*g.machine.deadline() - g.now == 8s);
}

TEST_CASE("an override beats faster, never slower") {
    auto with = settings();
    SECTION("faster") {
        with.options.heartbeat_interval = 4s;
        script g{with};
        g.becomes_ready();
        CHECK(*g.machine.deadline() - g.now == 1s);
    }
    SECTION("slower") {
        with.options.heartbeat_interval = 400s;
        script g{with};
        g.becomes_ready();
        CHECK(*g.machine.deadline() - g.now == 10s);
    }
}

TEST_CASE("a Hello that names no sensible interval gets the usual one, GW-SAFE-4") {
    const auto data =
        GENERATE(as<std::string>{}, "null", "{}", R"({"heartbeat_interval":0})",
                 R"({"heartbeat_interval":-5})", R"({"heartbeat_interval":"soon"})", "");
    script g{settings(), 0.0};
    g.starts();
    g.opens();
    CHECK(g.says_hello(data) == actions{act::ask_identify{}});
    g.jumps_to_deadline();
    CHECK(*g.machine.deadline() - g.now == 41250ms);
}

TEST_CASE("an interval of many years is cut") {
    script g{settings(), 0.5};
    g.starts();
    g.opens();
    g.says_hello(R"({"heartbeat_interval":9000000000000000000})");
    CHECK(*g.machine.deadline() - g.now == 30min);
}

TEST_CASE("while reading is paused a missing acknowledgement is forgiven for one interval, GW-HB-8 "
          "GW-DISP-7") {
    script g;
    g.becomes_ready();
    g.jumps_to_deadline();
    g.machine.on_reading(true, g.now);
    SECTION("paused throughout") {
        CHECK(g.jumps_to_deadline() == actions{beat_frame("1")});
        CHECK(g.jumps_to_deadline() == actions{act::close{4000, "heartbeat not acknowledged"}});
    }
    SECTION("reading goes on just before the beat") {
        g.machine.on_reading(false, g.now);
        CHECK(g.jumps_to_deadline() == actions{beat_frame("1")});
        g.acknowledges();
        CHECK(g.jumps_to_deadline() == actions{beat_frame("1")});
        CHECK(g.jumps_to_deadline() == actions{act::close{4000, "heartbeat not acknowledged"}});
    }
}
