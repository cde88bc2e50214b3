// Commands of the user on their way out.

#include "gateway/gateway_url.hpp"
#include "support/log_capture.hpp"
#include "support/session_script.hpp"

using namespace strandcord;
using namespace strandcord::gateway;
using namespace strandcord::gateway::scripted;

namespace {

std::string command(int number) {
    return R"({"op":8,"d":{"n":)" + std::to_string(number) + "}}";
}
std::string presence(const char* status) {
    return std::string{R"({"op":3,"d":{"status":")"} + status + R"("}})";
}

} // namespace

TEST_CASE("commands wait for READY and keep their order, GW-SEND-6 GW-ID-10") {
    script g;
    CHECK(g.submits(command(1)).empty());
    g.starts();
    g.opens();
    CHECK(g.submits(command(2)).empty());
    g.says_hello();
    g.gets_permit();
    CHECK(g.submits(command(3)).empty());
    CHECK(g.dispatches("READY", 1, ready_data) ==
          actions{act::emit{"READY", ready_data, 1}, act::send{command(1)}, act::send{command(2)},
                  act::send{command(3)}});
    CHECK(g.submits(command(4)) == actions{act::send{command(4)}});
}

TEST_CASE("commands wait for RESUMED and survive the loss of a connection, GW-RES-9 GW-SEND-7") {
    script g;
    g.becomes_ready();
    g.loses();
    CHECK(g.submits(command(1)).empty());
    g.opens();
    g.says_hello();
    CHECK(g.dispatches("A", 2).size() == 1);
    CHECK(g.dispatches("RESUMED", 3).back() == action{act::send{command(1)}});
}

TEST_CASE("a lost session keeps the latest presence only, GW-SEND-7 GW-RES-16") {
    test::log_capture captured;
    auto with = settings();
    with.log = captured.log();
    script g{with};
    g.becomes_ready();
    g.submits(presence("idle"));
    SECTION("sent before") {}
    SECTION("still waiting, with others") {
        g.loses();
        g.submits(command(1));
        g.submits(presence("dnd"));
        g.submits(command(2));
        g.opens();
        g.says_hello();
        g.receives(9, "false");
        g.loses(4000);
        CHECK(captured.contains("dropped"));
        g.opens();
        g.says_hello();
        g.gets_permit();
        const auto out = g.dispatches("READY", 1, ready_data);
        REQUIRE(out.size() == 3); // the loss and READY come first
        CHECK(out[2] == action{act::send{presence("dnd")}});
        return;
    }
    g.loses();
    g.opens();
    g.says_hello();
    CHECK(g.dispatches("RESUMED", 2).size() == 1);
    g.loses(4009);
    g.opens();
    g.says_hello();
    g.gets_permit();
    CHECK(g.dispatches("READY", 1, ready_data).back() == action{act::send{presence("idle")}});
}

TEST_CASE("a payload is at most 4096 bytes, not characters, GW-SEND-2") {
    script g;
    const auto of = [](std::size_t letters, const char* letter) {
        std::string text = R"({"op":8,"d":{"query":")";
        for (std::size_t i = 0; i < letters; ++i)
            text += letter;
        return text + "\"}}";
    };
    const std::size_t frame = of(0, "").size();
    CHECK_FALSE(g.machine.submit(of(4096 - frame, "x"), g.now));
    CHECK(g.machine.submit(of(4097 - frame, "x"), g.now) == errc::payload_too_large);
    CHECK_FALSE(g.machine.submit(of((4096 - frame) / 2, "\xC3\xA9"), g.now));
    CHECK(g.machine.submit(of((4096 - frame) / 2 + 1, "\xC3\xA9"), g.now) ==
          errc::payload_too_large);
}

TEST_CASE(
    "what Discord would close on or ignore is refused before it is sent, GW-SEND-1 GW-SEND-8") {
    const auto numbers = std::make_shared<registry>();
    auto with = settings();
    with.shard = {1, 2};
    with.metrics = numbers;
    script g{with};
    g.becomes_ready();
    for (const auto* text : {"", "hello", "[]", "{\"op\":3", "\"op\""})
        CHECK(g.machine.submit(text, g.now) == errc::malformed_payload);
    for (const auto* text : {"{}", R"({"op":1,"d":1})", R"({"op":2,"d":{}})", R"({"op":6,"d":{}})"})
        CHECK(g.machine.submit(text, g.now) == errc::invalid_argument);
    // Guild 1 << 22 is on shard 1 of 2, guild 2 << 22 on shard 0.
    CHECK(g.machine.submit(R"({"op":4,"d":{"guild_id":"8388608"}})", g.now) ==
          errc::invalid_argument);
    CHECK(g.drain().empty());
    CHECK(g.submits(R"({"op":4,"d":{"guild_id":"4194304"}})").size() == 1);
    CHECK(g.submits(R"({"op":99,"d":null})").size() == 1);
    CHECK(numbers->value(counter::commands_refused) == 10);
}

TEST_CASE("Identify carries the presence of the moment, GW-ID-8 GW-ID-11") {
    test::log_capture captured;
    std::string presence = R"({"since":null,"activities":[],"status":"dnd","afk":false})";
    auto with = settings();
    with.log = captured.log();
    with.presence = [&] { return std::optional{presence}; };
    script g{with};
    g.starts();
    g.opens();
    g.says_hello();
    const auto sent = [&] { return std::get<act::send>(g.gets_permit().back()).text; };
    CHECK_THAT(sent(), Catch::EndsWith(R"("shard":[0,1],"presence":)" + presence + "}}"));
    const auto again = [&] {
        g.dispatches("READY", 1, ready_data);
        g.loses(4009);
        g.opens();
        g.says_hello();
        return sent();
    };
    presence = R"({"since":null,"activities":[],"status":"idle","afk":false})";
    CHECK_THAT(again(), Catch::EndsWith(presence + "}}"));
    // Too long by now: the shard does without.
    presence = R"({"status":")" + std::string(4096, 'x') + "\"}";
    CHECK(act::send{again(), true} == std::get<act::send>(identify_frame()));
    CHECK(captured.contains("presence is too long"));
}

TEST_CASE("a presence too long for Identify is said before anything connects, GW-ID-11") {
    auto with = settings();
    with.presence = [] { return std::optional{R"({"status":")" + std::string(4096, 'x') + "\"}"}; };
    script g{with};
    const auto out = g.starts();
    REQUIRE(out.size() == 1);
    const auto end = std::get<act::finish>(out.front());
    CHECK(end.why == errc::invalid_configuration);
    CHECK_THAT(end.message, Catch::Contains("the presence is too long"));
}

TEST_CASE("callers learn what became of their commands, GW-SEND-7") {
    using outcomes = std::vector<outbox::outcome>;
    script g;
    CHECK_FALSE(g.machine.submit(command(1), g.now, 7));
    g.becomes_ready();
    CHECK(g.machine.take_outcomes() == outcomes{{7, {}}});
    g.loses();
    CHECK_FALSE(g.machine.submit(command(2), g.now, 8));
    CHECK_FALSE(g.machine.submit(R"({"op":4,"d":{}})", g.now, 9));
    CHECK_FALSE(g.machine.submit(presence("dnd"), g.now, 10));
    CHECK_FALSE(g.machine.submit(command(3), g.now, 11));
    g.machine.withdraw(11);
    CHECK(g.machine.sessions_lost() == 0);
    g.opens();
    g.says_hello();
    g.receives(9, "false");
    CHECK(g.machine.sessions_lost() == 1);
    CHECK(g.machine.take_outcomes() == outcomes{{8, errc::session_lost}, {9, errc::session_lost}});
    g.loses();
    g.opens();
    g.says_hello();
    g.gets_permit();
    CHECK(g.dispatches("READY", 1, ready_data).back() == action{act::send{presence("dnd")}});
    CHECK(g.machine.take_outcomes() == outcomes{{10, {}}});
}

TEST_CASE("waits are counted by their reason, GW-SEND-3 GW-SEND-11") {
    const auto numbers = std::make_shared<registry>();
    test::log_capture captured;
    auto with = settings();
    with.log = captured.log();
    with.metrics = numbers;
    script g{with};
    g.becomes_ready();
    for (int number = 0; number < 6; ++number)
        g.submits(presence(number % 2 ? "idle" : "dnd"));
    CHECK(numbers->value(counter::command_waits_presence) == 1);
    CHECK(numbers->value(counter::command_waits_rate_limit) == 0);
    CHECK(captured.contains("presence limit"));
    for (int number = 0; number < 200; ++number)
        g.submits(command(number));
    CHECK(numbers->value(counter::command_waits_rate_limit) == 1);
}

TEST_CASE("2000 commands never exceed 120 payloads in 60 s, beats stay on time, GW-SEND-3 "
          "GW-SEND-5 GW-HB-13") {
    const auto interval = GENERATE(as<std::string>{}, "10000", "41250");
    script g;
    g.starts();
    g.opens();
    g.says_hello(R"({"heartbeat_interval":)" + interval + "}");
    g.gets_permit();
    std::vector<time_point> sent{g.now};
    g.dispatches("READY", 1, ready_data);
    int commands = 0;
    int beats = 0;
    const auto note = [&](const actions& out) {
        for (const auto& one : out) {
            REQUIRE(std::holds_alternative<act::send>(one));
            sent.push_back(g.now);
            if (one == beat_frame("1")) {
                ++beats;
                g.acknowledges();
            } else {
                CHECK(one == action{act::send{command(commands++)}});
            }
        }
    };
    const auto begin = g.now;
    for (int number = 0; number < 2000; ++number) {
        while (number - commands >= 900)
            note(g.jumps_to_deadline());
        note(g.submits(command(number)));
    }
    while (commands < 2000)
        note(g.jumps_to_deadline());
    const auto length = std::chrono::milliseconds{std::stoi(interval)};
    CHECK(beats == (g.now - begin - length / 4) / length + 1);
    for (std::size_t first = 0, last = 0; last < sent.size(); ++last) {
        while (sent[last] - sent[first] >= 60s)
            ++first;
        REQUIRE(last - first + 1 <= 120);
    }
}

TEST_CASE(
    "the limiter starts anew with each connection and its waits are logged, GW-SEND-4 GW-RES-18") {
    test::log_capture captured;
    auto with = settings();
    with.log = captured.log();
    script g{with};
    g.becomes_ready();
    std::size_t first = 0;
    for (int number = 0; number < 200; ++number)
        first += g.submits(command(number)).size();
    CHECK(first >= 110);
    CHECK(first < 120);
    const auto records = captured.records();
    const auto limited = std::count_if(records.begin(), records.end(), [](const auto& record) {
        return record.has("reason") && record.string("reason") == "rate limit" &&
               record.has("wait_ms");
    });
    CHECK(limited == 1);
    g.loses();
    g.opens();
    g.says_hello();
    CHECK(g.dispatches("RESUMED", 2).size() == 1 + 200 - first);
}

TEST_CASE("every payload counts in metrics") {
    const auto numbers = std::make_shared<registry>();
    auto with = settings();
    with.metrics = numbers;
    script g{with};
    g.becomes_ready();
    CHECK(numbers->value(gauge::shards_ready) == 1);
    g.jumps_to_deadline();
    g.jumps_to_deadline();
    g.loses();
    CHECK(numbers->value(gauge::shards_ready) == 0);
    g.resumes();
    CHECK(numbers->value(counter::connects) == 2);
    CHECK(numbers->value(counter::disconnects) == 1);
    CHECK(numbers->value(counter::zombies) == 1);
    CHECK(numbers->value(counter::identifies) == 1);
    CHECK(numbers->value(counter::resumes) == 1);
    CHECK(numbers->value(counter::heartbeats_sent) == 1);
    CHECK(numbers->value(counter::payloads_sent) == 3);
    CHECK(numbers->value(counter::events_received) == 2);
    CHECK(numbers->value(gauge::shards_ready) == 1);
}

TEST_CASE("every URL gets its parameters once, with one slash before the query, GW-CONN-4 "
          "GW-CONN-5 GW-CONN-6 GW-DISP-17 GW-INT-5") {
    struct row {
        const char* given;
        compression compress;
        const char* expected;
    };
    const row rows[] = {
        {"wss://h", compression::none, "wss://h/?v=10&encoding=json"},
        {"wss://h/", compression::none, "wss://h/?v=10&encoding=json"},
        {"wss://h:8443", compression::none, "wss://h:8443/?v=10&encoding=json"},
        {"ws://h/p?x=1", compression::none, "ws://h/p/?x=1&v=10&encoding=json"},
        {"wss://h?v=6&y=2", compression::none, "wss://h/?y=2&v=10&encoding=json"},
        {"wss://h/#part", compression::none, "wss://h/?v=10&encoding=json"},
        {"wss://h", compression::zlib_stream, "wss://h/?v=10&encoding=json&compress=zlib-stream"},
        {"wss://h/?compress=x", compression::zstd_stream,
         "wss://h/?v=10&encoding=json&compress=zstd-stream"},
    };
    for (const auto& [given, compress, expected] : rows)
        CHECK(connection_url(given, compress) == expected);
    for (const auto* good : {"wss://h", "ws://127.0.0.1:8080/x", "wss://[::1]:9"})
        CHECK(is_gateway_url(good));
    for (const auto* bad :
         {"", "wss://", "https://h", "h", "wss://:80", "wss:///x", "wss://a b", "wss://h\r\n"})
        CHECK_FALSE(is_gateway_url(bad));
}
