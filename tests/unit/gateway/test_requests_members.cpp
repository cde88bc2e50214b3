#include "request_script.hpp"

#include <strandcord/events/session.hpp>

using namespace strandcord;
using namespace strandcord::gateway;
using namespace strandcord::gateway::asked;

using ids = std::vector<std::uint64_t>;
using texts = std::vector<std::string>;

TEST_CASE(
    "a request is complete when each part has come once, in any order, GW-CHUNK-1 GW-CHUNK-2") {
    script t;
    const auto id = t.asks(member_request::all(home));
    const auto nonce = nonce_of(t.sends().at(0));
    for (const int index : {1, 0, 0}) {
        t.hears("GUILD_MEMBERS_CHUNK", chunk(index, 3, 100 + index, nonce));
        CHECK(t.ends().empty());
    }
    t.hears("GUILD_MEMBERS_CHUNK", chunk(2, 3, 102, nonce));
    const auto end = t.end();
    CHECK(end.id == id);
    CHECK_FALSE(end.why);
    CHECK(ids_of(std::get<member_list>(end.got)) == ids{101, 100, 102});
    CHECK(t.machine.empty());
}

TEST_CASE("answers find their request by nonce, else by guild, GW-CHUNK-3") {
    script t;
    const auto first = t.asks(member_request::by_name(home, "a"));
    const auto second = t.asks(member_request::by_name(home, "b"));
    const auto third = t.asks(member_request::by_name(away, "c"));
    const auto frames = t.sends();
    REQUIRE(frames.size() == 3);
    t.hears("GUILD_MEMBERS_CHUNK", chunk(0, 2, 20, nonce_of(frames[1])));
    t.hears("GUILD_MEMBERS_CHUNK", chunk(0, 2, 10, nonce_of(frames[0])));
    t.hears("GUILD_MEMBERS_CHUNK", chunk(1, 2, 21, nonce_of(frames[1])));
    auto end = t.end();
    CHECK(end.id == second);
    CHECK(ids_of(std::get<member_list>(end.got)) == ids{20, 21});
    t.hears("GUILD_MEMBERS_CHUNK", chunk(0, 1, 30, "", away));
    end = t.end();
    CHECK(end.id == third);
    t.hears("GUILD_MEMBERS_CHUNK", chunk(1, 2, 11, ""));
    end = t.end();
    CHECK(end.id == first);
    CHECK(ids_of(std::get<member_list>(end.got)) == ids{10, 11});
}

TEST_CASE("a part that nobody asked for, or that cannot be, disturbs no open request") {
    script t;
    t.asks(member_request::all(home));
    const auto nonce = nonce_of(t.sends().at(0));
    t.hears("GUILD_MEMBERS_CHUNK", chunk(0, 1, 5, "somebody else's"));
    t.hears("GUILD_MEMBERS_CHUNK", chunk(0, 1, 5, nonce, away));
    t.hears("GUILD_MEMBERS_CHUNK", chunk(2, 2, 5, nonce));
    t.hears("GUILD_MEMBERS_CHUNK", chunk(-1, 2, 5, nonce));
    t.hears("GUILD_MEMBERS_CHUNK", chunk(0, 0, 5, nonce));
    t.hears("GUILD_MEMBERS_CHUNK", chunk(0, 2000000000, 5, nonce));
    t.hears("GUILD_MEMBERS_CHUNK", "[]");
    CHECK(t.ends().empty());
    CHECK(t.logs.contains("A part of no answer"));
    CHECK(t.logs.contains("cannot be read"));
    t.hears("GUILD_MEMBERS_CHUNK", chunk(0, 1, 6, nonce));
    CHECK(ids_of(std::get<member_list>(t.end().got)) == ids{6});
}

TEST_CASE("no match is one empty part, and strangers come back apart, GW-CHUNK-4 GW-CHUNK-5 "
          "GW-CHUNK-8") {
    script t;
    t.asks(member_request::by_ids(home, {5, 123123}));
    const std::string begin = R"({"guild_id":")" + to_string(home) +
                              R"(","members":[],"chunk_index":0,"chunk_count":1,"nonce":")" +
                              nonce_of(t.sends().at(0)) + "\"";
    SECTION("nobody") {
        t.hears("GUILD_MEMBERS_CHUNK", begin + "}");
        const auto end = t.end();
        CHECK_FALSE(end.why);
        CHECK(std::get<member_list>(end.got).members.empty());
    }
    SECTION("strangers, as strings and as numbers") {
        t.hears("GUILD_MEMBERS_CHUNK", begin + R"(,"not_found":[123123,"5"]})");
        CHECK(std::get<member_list>(t.end().got).not_found == std::vector<snowflake>{123123, 5});
    }
    SECTION("presences") {
        t.hears("GUILD_MEMBERS_CHUNK",
                begin + R"(,"presences":[{"user":{"id":"5"},"status":"dnd"}]})");
        const auto list = std::get<member_list>(t.end().got);
        REQUIRE(list.presences.size() == 1);
        CHECK(list.presences[0].status == "dnd");
    }
}

TEST_CASE("silence is measured anew after each part, and what came is not lost, GW-CHUNK-9") {
    script t;
    const auto id = t.asks(member_request::all(home).patience(10s));
    CHECK_FALSE(t.machine.deadline(id)); // not sent yet
    t.waits(1h);
    const auto nonce = nonce_of(t.sends().at(0));
    CHECK(t.machine.deadline(id) == t.now + 10s);
    t.waits(9s);
    t.hears("GUILD_MEMBERS_CHUNK", chunk(0, 2, 7, nonce));
    CHECK(t.machine.deadline(id) == t.now + 10s);
    t.waits(10s - 1ns);
    CHECK(t.ends().empty());
    t.waits(1ns);
    const auto end = t.end();
    CHECK(end.why == errc::timed_out);
    CHECK_THAT(end.message, Catch::Contains("1 of 2 parts came, with 1 members"));
    CHECK(ids_of(std::get<member_list>(end.got)) == ids{7});
}

TEST_CASE("a lost session fails what was asked of it, GW-CHUNK-9 GW-SEND-7") {
    script t;
    t.asks(member_request::all(home));
    t.asks(member_request::all(home)); // waits its turn
    t.opens(sounds_request{{home}, 10s});
    t.opens(channel_info_request{home, channel_info_fields::both, 10s});
    t.opens(voice_request{home, 9, false, false, 10s});
    const auto plain = t.opens(plain_request{"{}"});
    t.machine.next();
    t.machine.on_session_lost();
    const auto ends = t.ends();
    CHECK(ends.size() == 5);
    for (const auto& end : ends)
        CHECK(end.why == errc::session_lost);
    CHECK(t.sends() == texts{"{}"}); // the outbox decides about it
    CHECK(t.end().id == plain);
    t.waits(1min);
    CHECK(t.sends().empty());
}

TEST_CASE(
    "all members of a guild are asked for once in 30 s, the rest at once, GW-REQ-7 GW-REQ-8") {
    script t;
    t.asks(member_request::all(home));
    CHECK(t.sends().size() == 1);
    t.waits(10s);
    const auto second = t.asks(member_request::all(home));
    CHECK(t.sends().empty());
    CHECK(t.machine.deadline(second) == t.now + 20s);
    CHECK(t.counters->value(counter::command_waits_members) == 1);
    const auto wait = t.logs.records().back();
    CHECK(wait.has("wait_ms"));
    CHECK(wait.has("reason"));
    t.asks(member_request::all(away));
    t.asks(member_request::by_name(home, "a"));
    t.asks(member_request::by_ids(home, {5}));
    CHECK(t.sends().size() == 3);
    t.waits(20s - 1ns);
    CHECK(t.sends().empty());
    t.waits(1ns);
    CHECK(t.sends().size() == 1);
    CHECK(t.counters->value(counter::command_waits_members) == 1);
}

TEST_CASE("the 30 s count from when a request goes out, and requests keep their order, GW-REQ-7") {
    script t;
    const auto first = t.asks(member_request::all(home));
    const auto second = t.asks(member_request::all(home));
    t.asks(member_request::all(home));
    const auto command = t.machine.next();
    REQUIRE(command);
    CHECK(command->id == first);
    CHECK_FALSE(t.machine.next());
    t.waits(1min); // behind the rate limit
    CHECK_FALSE(t.machine.next());
    t.machine.on_outcome(first, {}, t.now);
    CHECK(t.machine.deadline(second) == t.now + 30s);
    t.waits(30s);
    CHECK(t.machine.next()->id == second);
    CHECK_FALSE(t.machine.next());
    // Nobody waits for the second any more before it went out.
    t.machine.give_up(second);
    t.waits(1s);
    CHECK(t.sends().size() == 1);
}

TEST_CASE("RATE_LIMITED delays the request it names and sends it again, GW-RL-1 GW-RL-2") {
    script t;
    const std::string seconds = GENERATE(as<std::string>{}, "12", "12.5");
    const auto length = seconds == "12" ? 12'000ms : 12'500ms;
    const auto by_name = t.asks(member_request::by_name(home, "a").patience(10s));
    const auto all = t.asks(member_request::all(home).patience(10s));
    const auto frames = t.sends();
    REQUIRE(frames.size() == 2);
    SECTION("by nonce") {
        t.hears("RATE_LIMITED", limited(seconds, nonce_of(frames[1])));
    }
    SECTION("without one: the request for all of that guild") {
        t.hears("RATE_LIMITED", limited(seconds, ""));
    }
    t.hears("RATE_LIMITED", limited(seconds, "somebody else's"));
    t.hears("RATE_LIMITED", limited(seconds, "", away));
    CHECK(t.machine.deadline(all) == t.now + length);
    CHECK(t.machine.deadline(by_name) == t.now + 10s); // not delayed
    CHECK(t.counters->value(counter::command_waits_members) == 1);
    t.hears("GUILD_MEMBERS_CHUNK", chunk(0, 1, 1, nonce_of(frames[0])));
    CHECK(t.end().id == by_name);
    t.waits(length - 1ns);
    CHECK(t.sends().empty());
    CHECK(t.ends().empty()); // the wait is no silence
    t.waits(1ns);
    CHECK(t.sends() == texts{frames[1]});
    CHECK(t.machine.deadline(all) == t.now + 10s);
    t.hears("GUILD_MEMBERS_CHUNK", chunk(0, 1, 2, nonce_of(frames[1])));
    CHECK(t.end().id == all);
}

TEST_CASE("RATE_LIMITED of another opcode, or one that makes no sense, changes nothing, GW-RL-3") {
    script t;
    const auto id = t.asks(member_request::all(home));
    t.sends();
    const auto due = t.machine.deadline(id);
    t.hears("RATE_LIMITED", R"({"opcode":99,"retry_after":5,"meta":{"x":[1]}})");
    t.hears("RATE_LIMITED", R"({"opcode":99,"retry_after":5,"meta":17})");
    t.hears("RATE_LIMITED", R"({"opcode":8,"retry_after":5})");
    t.hears("RATE_LIMITED", R"({"opcode":8,"retry_after":5,"meta":null})");
    t.hears("RATE_LIMITED", R"({"opcode":8,"retry_after":5,"meta":[1]})");
    CHECK(t.machine.deadline(id) == due);
    // As data of the event the meta is what came.
    const auto event =
        from_json<rate_limited_data>(R"({"opcode":99,"retry_after":0.25,"meta":{"x":[1]}})");
    CHECK(event.meta.text == R"({"x":[1]})");
    CHECK(event.retry_after == 0.25);
}

TEST_CASE("a request that Discord keeps refusing waits at most an hour at a time, GW-RL-2") {
    script t;
    const auto id = t.asks(member_request::all(home));
    const auto frame = t.sends().at(0);
    t.hears("RATE_LIMITED", limited("1e300", nonce_of(frame)));
    CHECK(t.machine.deadline(id) == t.now + 1h);
    t.waits(1h);
    CHECK(t.sends().size() == 1);
    t.hears("RATE_LIMITED", limited("-3", nonce_of(frame)));
    CHECK(t.machine.deadline(id) == t.now + 1s);
}

TEST_CASE("a request that Discord limits for ever is given up, GW-RL-2") {
    script t;
    const auto id = t.asks(member_request::all(home));
    for (int time = 0; time < 10; ++time) {
        t.hears("RATE_LIMITED", limited("1", nonce_of(t.sends().at(0))));
        CHECK(t.ends().empty());
        t.waits(1s);
    }
    t.hears("RATE_LIMITED", limited("1", nonce_of(t.sends().at(0))));
    const auto end = t.end();
    CHECK(end.id == id);
    CHECK(end.why == errc::timed_out);
}

TEST_CASE("nonces are our own, differ, and fit 32 bytes, GW-REQ-6 GW-CHUNK-3") {
    script t;
    std::set<std::string> all;
    for (int i = 0; i < 300; ++i)
        t.asks(member_request::by_ids(home, {5}));
    for (const auto& frame : t.sends()) {
        const auto nonce = nonce_of(frame);
        CHECK(nonce.size() <= 32);
        CHECK(all.insert(nonce).second);
    }
    CHECK(all.size() == 300);
    CHECK(std::string{"ffffffff-ffffffffffffffff"}.size() <= 32); // the longest form there is
    // Another process has others.
    requests elsewhere{{0, 1}, intents::all(), 7, {}, {}};
    elsewhere.open(member_request::by_ids(home, {5}), t.now);
    CHECK(all.count(nonce_of(elsewhere.next()->text)) == 0);
}

TEST_CASE("what Discord would not answer is refused here, GW-REQ-1 GW-REQ-2 "
          "GW-REQ-3 GW-REQ-4 GW-REQ-5 GW-SEND-8") {
    script t{intents::defaults()};
    const auto refuses = [&t](member_request what, const char* words) {
        try {
            t.asks(std::move(what));
            FAIL("taken: " << words);
        } catch (const error& e) {
            CHECK(e.code() == errc::invalid_argument);
            CHECK_THAT(e.what(), Catch::Contains(words));
        }
    };
    refuses(member_request::all(home), "guild_members");
    refuses(member_request::by_name(home, "", 5), "guild_members");
    refuses(member_request::by_name(home, "a", 0), "1 to 100, not 0");
    refuses(member_request::by_name(home, "a", 101), "1 to 100, not 101");
    refuses(member_request::by_ids(home, {}), "1 to 100 ids, not 0");
    refuses(member_request::by_ids(home, std::vector<snowflake>(101, snowflake{5})),
            "1 to 100 ids, not 101");
    refuses(member_request::by_ids(home, {5}).with_presences(), "guild_presences");
    refuses(member_request::by_ids(home, {5}).patience(0ms), "patience");
    refuses(member_request::by_ids({}, {5}), "id is missing");
    CHECK(t.machine.empty());
    CHECK(t.sends().empty());
    t.asks(member_request::by_name(home, "a", 100));
    t.asks(member_request::by_ids(home, std::vector<snowflake>(100, snowflake{5})));
    CHECK(t.sends().size() == 2);

    script second{intents::all(), {0, 2}};
    CHECK_THROWS_AS(second.asks(member_request::all(home)), error);
    CHECK(shard_of(home, 2).index == 1);
}

TEST_CASE("a request is written as Discord's documentation has it, GW-REQ-1 GW-SEND-22") {
    script t;
    t.asks(member_request::all(home));
    t.asks(member_request::by_name(home, "a\"b", 7).with_presences());
    t.asks(member_request::by_ids(home, {5, 6}));
    const auto frames = t.sends();
    const std::string head = R"({"op":8,"d":{"guild_id":"41771983444115456",)";
    CHECK(frames == texts{head + R"("query":"","limit":0,"nonce":"abcdef01-1"}})",
                          head + R"("query":"a\"b","limit":7,"presences":true,)" +
                              R"("nonce":"abcdef01-2"}})",
                          head + R"("user_ids":["5","6"],"nonce":"abcdef01-3"}})"});
}

TEST_CASE("a request that could not be sent ends with the reason, and the next one has its turn") {
    script t;
    const auto first = t.asks(member_request::all(home));
    const auto second = t.asks(member_request::all(home));
    CHECK(t.machine.next()->id == first);
    t.machine.on_outcome(first, errc::queue_full, t.now);
    const auto end = t.end();
    CHECK(end.id == first);
    CHECK(end.why == errc::queue_full);
    CHECK(t.machine.next()->id == second);
}
