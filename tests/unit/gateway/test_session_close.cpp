// The whole table of close codes, and what a stop does in each phase.

#include "gateway/close_codes.hpp"
#include "support/log_capture.hpp"
#include "support/session_script.hpp"

using namespace strandcord;
using namespace strandcord::gateway;
using namespace strandcord::gateway::scripted;

namespace {

struct row {
    std::uint16_t code;
    after_close next;
    bool waits;
    bool reported = false; ///< as an error: we did something wrong
};

constexpr auto resumes = after_close::resume;
constexpr auto identifies = after_close::identify;
constexpr auto ends = after_close::fatal;

// As in the conformance sheet, GW-CLOSE-1 to GW-CLOSE-30; 0 is a connection that broke.
constexpr row table[] = {
    {0, resumes, false},          {1000, resumes, false},       {1001, resumes, false},
    {1002, resumes, false, true}, {1003, resumes, false, true}, {1005, resumes, false},
    {1006, resumes, false},       {1007, resumes, false, true}, {1008, resumes, false, true},
    {1009, resumes, false, true}, {1011, resumes, false},       {1012, resumes, false},
    {1013, resumes, true},        {1014, resumes, true},        {1015, resumes, false},
    {4000, resumes, false},       {4001, resumes, false, true}, {4002, resumes, false, true},
    {4003, identifies, false},    {4004, ends, false},          {4005, resumes, false, true},
    {4006, identifies, false},    {4007, identifies, false},    {4008, resumes, true, true},
    {4009, identifies, false},    {4010, ends, false},          {4011, ends, false},
    {4012, ends, false},          {4013, ends, false},          {4014, ends, false},
    {1099, resumes, true},        {4020, resumes, true},        {4999, resumes, true},
};

} // namespace

TEST_CASE("every close code after READY does what the sheet says, GW-CLOSE-32") {
    for (const auto& [code, next, waits, reported] : table) {
        INFO("close code " << code);
        test::log_capture logs;
        auto with = settings();
        with.log = logs.log();
        script g{with};
        g.becomes_ready();
        g.now += 2min;
        const auto out = g.loses(code);
        REQUIRE(out.size() == 1);
        CHECK(g.machine.status().last_close == code);
        CHECK(logs.at_least(level::error).empty() != reported);
        if (next == ends) {
            CHECK(std::get<act::finish>(out[0]).why == error_code{static_cast<gateway_errc>(code)});
            CHECK(g.machine.status().state == shard_state::stopped);
            CHECK(g.waits(1h).empty());
            continue;
        }
        CHECK(out[0] == dial(next == resumes ? resume_target : main_target, waits ? 875ms : 0ms));
        g.opens();
        CHECK(g.says_hello() ==
              actions{next == resumes ? resume_frame("1") : action{act::ask_identify{}}});
    }
}

TEST_CASE(
    "every close code before READY identifies again or ends the shard, GW-CLOSE-32 GW-CONN-17") {
    for (const auto& [code, next, waits, reported] : table) {
        INFO("close code " << code);
        test::log_capture logs;
        auto with = settings();
        with.log = logs.log();
        script g{with};
        g.starts();
        g.opens();
        g.says_hello();
        g.gets_permit();
        const auto out = g.loses(code);
        REQUIRE(out.size() == 1);
        CHECK(logs.at_least(level::error).empty() != reported);
        if (next == ends) {
            CHECK(std::get<act::finish>(out[0]).why == error_code{static_cast<gateway_errc>(code)});
            continue;
        }
        CHECK(out[0] == dial(main_target, 875ms));
        g.opens();
        CHECK(g.says_hello() == actions{act::ask_identify{}});
    }
}

TEST_CASE("a fatal close says what to do, without the token, GW-CLOSE-31 GW-INT-2 GW-SHARD-2 "
          "GW-SHARD-8") {
    const auto sentence = [](std::uint16_t code) {
        auto with = settings();
        with.shard = {3, 4};
        with.intents = intent::guilds | intent::guild_members | intent::message_content;
        script g{with};
        g.starts();
        g.opens();
        const auto message = std::get<act::finish>(g.loses(code).at(0)).message;
        CHECK_THAT(message,
                   Catch::Contains(std::to_string(code)) && !Catch::Contains("secret-token"));
        return message;
    };
    CHECK_THAT(sentence(4004), Catch::Contains("token") && Catch::Contains("developer portal"));
    CHECK_THAT(sentence(4010), Catch::Contains("shard 3 of 4") && Catch::Contains("multiple"));
    CHECK_THAT(sentence(4011), Catch::Contains("shard 3 of 4") && Catch::Contains("more shards"));
    CHECK_THAT(sentence(4012), Catch::Contains("update"));
    CHECK_THAT(sentence(4013), Catch::Contains("intents"));
    CHECK_THAT(sentence(4014), Catch::Contains("guild_members") &&
                                   Catch::Contains("message_content") &&
                                   Catch::Contains("developer portal"));
}

TEST_CASE("a close received while we close leads to one reconnect, GW-CLOSE-33") {
    script g;
    g.becomes_ready();
    g.receives(7);
    const std::uint16_t code = GENERATE(0, 1000, 1006, 4000, 4001);
    CHECK(g.loses(code) == actions{dial(resume_target)});
    CHECK(g.loses(code).empty());
}

TEST_CASE("codes 1000 and 1001 are ours only on a stop, GW-BYE-1 GW-BYE-4 GW-CONN-16") {
    const std::uint16_t answer = GENERATE(0, 1000, 4000, 4004);
    script g;
    g.becomes_ready();
    SECTION("for good") {
        CHECK(g.stops() == actions{act::close{1000, "stopping"}});
        CHECK_FALSE(g.machine.resumable());
    }
    SECTION("keeping the session") {
        g.dispatches("A", 9);
        CHECK(g.stops(true) == actions{act::close{4000, "stopping"}});
        REQUIRE(g.machine.resumable());
        CHECK(g.machine.resumable()->sequence == 9);
    }
    CHECK(g.stops().empty());
    CHECK(g.loses(answer) == actions{act::finish{}});
    CHECK(g.machine.status().state == shard_state::stopped);
    CHECK(g.machine.submit("{}", g.now) == errc::shutting_down);
}

TEST_CASE("a stop ends every wait at once, GW-CONN-18") {
    auto with = settings();
    SECTION("before the start") {
        script g{with};
        CHECK(g.stops() == actions{act::finish{}});
        CHECK(g.starts().empty());
    }
    SECTION("asking for the URL") {
        with.gateway_url.clear();
        with.may_ask_url = true;
        script g{with};
        g.starts();
        CHECK(g.stops() == actions{act::finish{}});
        g.machine.on_url(std::string{main_url}, g.now);
        CHECK(g.drain().empty());
    }
    SECTION("waiting before a dial") {
        script g{with};
        g.starts();
        g.fails_to_open();
        CHECK(g.stops() == actions{act::finish{}});
        CHECK(g.opens().empty());
    }
    SECTION("dialing") {
        script g{with};
        g.starts();
        g.dials();
        CHECK(g.stops() == actions{act::finish{}});
        g.machine.on_connect_failed(errc::cancelled, {}, g.now);
        CHECK(g.drain().empty());
    }
    SECTION("waiting for Hello") {
        script g{with};
        g.starts();
        g.opens();
        CHECK(g.stops() == actions{act::close{1000, "stopping"}});
        CHECK(g.loses(1000) == actions{act::finish{}});
    }
    SECTION("identifying") {
        script g{with};
        g.starts();
        g.opens();
        g.says_hello();
        g.gets_permit();
        CHECK(g.stops() == actions{act::close{1000, "stopping"}});
        CHECK(g.loses() == actions{act::finish{}});
    }
    SECTION("resuming") {
        script g{with};
        g.becomes_ready();
        g.loses();
        g.opens();
        g.says_hello();
        CHECK(g.stops() == actions{act::close{1000, "stopping"}});
        CHECK(g.loses() == actions{act::finish{}});
    }
    SECTION("closing for a reconnect") {
        script g{with};
        g.becomes_ready();
        g.receives(7);
        CHECK(g.stops().empty());
        CHECK(g.loses(4000) == actions{act::finish{}});
    }
}

TEST_CASE("no failure leads to a tight loop of connections, GW-SAFE-1 GW-SAFE-2") {
    // Each way to fail, without end; a connection takes no time at all.
    const auto kind = GENERATE(range(0, 9));
    const auto random = GENERATE(0.0, 0.5, 0.999);
    INFO("way to fail " << kind << ", random source " << random);
    script g{settings(), random};
    g.starts();
    std::vector<time_point> dials{g.now};
    for (int time = 0; time < 200; ++time) {
        actions out;
        const auto hello = [&] {
            g.opens();
            const auto first = g.says_hello();
            if (first == actions{act::ask_identify{}}) {
                g.gets_permit();
                g.dispatches("READY", 1, ready_data);
            } else {
                g.dispatches("RESUMED", {});
            }
        };
        switch (kind) {
        case 0:
            out = g.fails_to_open();
            break;
        case 1:
            g.opens(), out = g.loses(0);
            break;
        case 2:
            g.opens(), g.receives(7), out = g.loses(4000);
            break;
        case 3:
            hello(), out = g.loses(1001);
            break;
        case 4:
            hello(), g.receives(7), out = g.loses(4000);
            break;
        case 5:
            hello(), g.receives(9, "true"), out = g.loses(4000);
            break;
        case 6:
            hello(), g.receives(9, "false"), out = g.loses(4000);
            break;
        case 7:
            hello(), out = g.loses(4009);
            break;
        default:
            hello(), g.machine.on_stream_error(errc::decompression_failed, g.now), g.drain(),
                out = g.loses();
            break;
        }
        REQUIRE(out.size() == 1);
        g.now += std::get<act::connect>(out[0]).after;
        dials.push_back(g.now);
    }
    std::size_t busiest = 0;
    for (std::size_t first = 0, last = 0; last < dials.size(); ++last) {
        while (dials[last] - dials[first] >= 60s)
            ++first;
        busiest = std::max(busiest, last - first + 1);
    }
    CHECK(busiest <= 12);
}
