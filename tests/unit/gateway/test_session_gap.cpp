#include "support/log_capture.hpp"
#include "support/session_script.hpp"

#include <strandcord/events/session.hpp>

using namespace strandcord;
using namespace strandcord::gateway;
using namespace strandcord::gateway::scripted;

namespace {

/// The gap that READY of the next session announces; it must come before READY itself.
session_gap_data gap_of(script& g) {
    g.opens();
    g.says_hello();
    g.gets_permit();
    const auto out = g.dispatches("READY", 1, scripted::ready_data);
    REQUIRE(out.size() == 2);
    CHECK(std::get<act::emit>(out[1]).type == "READY");
    const auto& text = std::get<act::announce>(out[0]).payload;
    const std::string before = R"({"op":0,"t":"STRANDCORD_SESSION_GAP","s":null,"d":)";
    REQUIRE(text.substr(0, before.size()) == before);
    return from_json<session_gap_data>(text.substr(before.size(), text.size() - before.size() - 1));
}

} // namespace

TEST_CASE("a first start has no gap, nor has a resume") {
    script g;
    g.starts();
    g.opens();
    g.says_hello();
    g.gets_permit();
    CHECK(g.dispatches("READY", 1, scripted::ready_data) ==
          actions{act::emit{"READY", scripted::ready_data, 1}});
    g.loses();
    g.opens();
    g.says_hello();
    CHECK(g.dispatches("RESUMED", std::nullopt).size() == 1);
}

TEST_CASE("a lost session is announced with its cause before the next READY, GW-RES-10 GW-RES-14") {
    script g;
    g.becomes_ready();
    g.dispatches("MESSAGE_CREATE", 41);
    SECTION("op 9 in answer to Resume, after an outage") {
        g.loses();
        g.now += 10min;
        g.opens();
        g.says_hello();
        g.receives(9, "false");
        g.loses(4000);
        g.now += 5s;
        const auto gap = gap_of(g);
        CHECK(gap.cause == "invalid session");
        CHECK(gap.first_missing_sequence == 42);
        CHECK(gap.seconds == 605);
    }
    SECTION("op 9 at once") {
        g.receives(9, "false");
        g.loses(4000);
        g.now += 3s;
        const auto gap = gap_of(g);
        CHECK(gap.cause == "invalid session");
        CHECK(gap.seconds == 3);
    }
    SECTION("a close code that ends sessions") {
        const auto [code, words] = GENERATE(table<std::uint16_t, std::string>(
            {{4007, "invalid sequence"}, {4009, "session timed out"}}));
        g.loses(code);
        const auto gap = gap_of(g);
        CHECK(gap.cause == words);
        CHECK(gap.first_missing_sequence == 42);
        CHECK(gap.seconds == 0);
    }
    SECTION("a session that READY gave nothing to resume") {
        g.receives(9, "false");
        g.loses(4000);
        g.opens();
        g.says_hello();
        g.gets_permit();
        g.dispatches("READY", 1, "{}");
        g.loses();
        const auto gap = gap_of(g);
        CHECK(gap.cause == "nothing to resume with");
        CHECK(gap.first_missing_sequence == 2);
    }
}

TEST_CASE("losing several times before READY is one gap, with the first cause") {
    script g;
    g.becomes_ready();
    g.loses(4009);
    g.opens();
    g.says_hello();
    g.gets_permit();
    g.receives(9, "false");
    g.loses(4000);
    CHECK(gap_of(g).cause == "session timed out");
    g.loses();
    g.opens();
    g.says_hello();
    CHECK(g.dispatches("RESUMED", std::nullopt).size() == 1);
}

TEST_CASE("a session of an earlier process that is gone is a gap from this start, GW-RES-17") {
    auto with = settings();
    const test::log_capture logs;
    with.log = logs.log();
    with.resume = resume_point{"s1", "wss://resume.example", 77, {0, 1}, intents{513}, {}};
    script g{with};
    g.starts();
    g.opens();
    g.says_hello();
    g.receives(9, "false");
    g.loses(4000);
    g.now += 2s;
    const auto gap = gap_of(g);
    CHECK(gap.cause == "invalid session");
    CHECK(gap.first_missing_sequence == 78);
    CHECK(gap.seconds == 2);
    const auto all = logs.at_least(level::warning);
    CHECK(all.back().number("first_missing") == 78);
    CHECK(all.back().string("reason") == "invalid session");
}
