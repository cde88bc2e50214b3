// What a bot sends over the gateway.

#include "fixture.hpp"

#include "codec/envelope.hpp"

#include <algorithm>
#include <set>

using namespace strandcord;
using namespace strandcord::test;

namespace {

std::string presence_frame(const char* status) {
    return std::string{R"({"op":3,"d":{"since":null,"activities":[],"status":")"} + status +
           R"(","afk":false}})";
}

void with_intents(bot_config& config) {
    config.privileged = intent::guild_members | intent::guild_presences;
}

/// Runs a call on the loop and gives its error; empty when it had none.
template <class T>
error_code error_of(ping_bot& t, task<T> call) {
    try {
        t.discord.run(std::move(call));
    } catch (const boost::system::system_error& e) {
        return e.code();
    }
    return {};
}

/// A call under way: `result` when it ended.
template <class T>
struct started {
    started(ping_bot& t, task<T> call) {
        task<result<T>> trying = attempt(std::move(call));
        t.discord.clock().spawn(keep(std::move(trying), end));
    }
    static task<> keep(task<result<T>> trying, std::optional<result<T>>& into) {
        result<T> got = co_await std::move(trying);
        into.emplace(std::move(got));
    }
    std::optional<result<T>> end;
};

std::string nonce_of(const std::string& frame) {
    const auto at = frame.find("\"nonce\":\"") + 9;
    return frame.substr(at, frame.find('"', at) - at);
}

} // namespace

TEST_CASE("2500 members come as one answer, and the id of a stranger apart (GW-CHUNK-1, "
          "GW-CHUNK-5)") {
    ping_bot t{{}, with_intents};
    auto& guild = t.discord.guild("big");
    guild.populate(2500);
    t.connect();
    const auto shard = t.the_bot().shard_of(guild.id());
    const auto all = t.discord.run(shard.request_members(member_request::all(guild.id())));
    CHECK(all.members.size() == guild.member_count());
    CHECK(all.members.size() > 2500);
    std::vector<snowflake> wanted{all.members.front().user->id, 123123};
    const auto some =
        t.discord.run(shard.request_members(member_request::by_ids(guild.id(), wanted)));
    REQUIRE(some.members.size() == 1);
    CHECK(some.members.front().user->id == wanted.front());
    CHECK(some.not_found == std::vector<snowflake>{123123});
    const auto name = all.members.back().user->username;
    const auto named =
        t.discord.run(shard.request_members(member_request::by_name(guild.id(), name, 5)));
    CHECK(named.members.size() >= 1);
    CHECK(named.members.size() <= 5);
    CHECK(t.discord.violations().empty());
}

TEST_CASE("a handler that waits for members does not hold up the frames that bring them") {
    ping_bot t{{}, [](bot_config& config) {
                   config.privileged = intent::guild_members | intent::message_content;
                   config.handlers.in_flight = 1;
               }};
    auto& guild = t.discord.guild("big");
    guild.populate(1500);
    std::size_t members = 0;
    t.the_bot().on<message_create>([&](auto message) -> task<> {
        if (message->content != "!members")
            co_return;
        const auto shard = t.the_bot().shard_of(guild.id());
        task<member_list> asking = shard.request_members(member_request::all(guild.id()));
        const member_list all = co_await std::move(asking);
        members = all.members.size();
    });
    t.connect();
    t.ada.says("!members", t.general);
    t.discord.advance(5s);
    CHECK(members == guild.member_count());
}

TEST_CASE("two requests for all members of a guild are spaced, so Discord refuses none (GW-REQ-7, "
          "GW-REQ-8)") {
    ping_bot t{{}, with_intents};
    auto& guild = t.discord.guild("one");
    auto& other = t.discord.guild("two");
    t.connect();
    const auto shard = t.the_bot().shard(0);
    t.discord.run(shard.request_members(member_request::all(guild.id())));
    t.discord.advance(10s);
    const auto begin = t.discord.clock().elapsed();
    t.discord.run(shard.request_members(member_request::all(other.id())));
    t.discord.run(shard.request_members(member_request::by_name(guild.id(), "a")));
    CHECK(t.discord.clock().elapsed() == begin);
    t.discord.run(shard.request_members(member_request::all(guild.id())));
    CHECK(t.discord.clock().elapsed() - begin == 20s);
    CHECK(t.discord.gateway().frames(8).size() == 4);
    CHECK(t.counters->value(counter::command_waits_members) == 1);
    CHECK(t.discord.violations().empty());
}

TEST_CASE("130 member requests stay within 120 payloads a minute and are all answered "
          "(GW-REQ-9, GW-SEND-3)") {
    ping_bot t{{}, with_intents};
    t.connect();
    const auto guild = t.general.guild_id();
    const auto shard = t.the_bot().shard_of(guild);
    std::vector<std::unique_ptr<started<member_list>>> calls;
    const std::vector<snowflake> wanted{t.ada.id()};
    for (int i = 0; i < 130; ++i)
        calls.push_back(std::make_unique<started<member_list>>(
            t, shard.request_members(member_request::by_ids(guild, wanted))));
    t.discord.settle();
    CHECK(t.discord.gateway().frames(8).size() < 120);
    t.discord.advance(2min);
    for (const auto& call : calls)
        CHECK((call->end && *call->end));
    const auto frames = t.discord.gateway().frames();
    CHECK(t.discord.gateway().frames(8).size() == 130);
    for (std::size_t first = 0, last = 0; last < frames.size(); ++last) {
        while (frames[last].at - frames[first].at >= 60s)
            ++first;
        REQUIRE(last - first + 1 <= 120);
    }
    CHECK(t.counters->value(counter::command_waits_rate_limit) > 0);
    CHECK(t.discord.violations().empty());
}

TEST_CASE("RATE_LIMITED becomes a wait, and its number the next heartbeat's (GW-RL-1, GW-RL-2, "
          "GW-RL-4)") {
    ping_bot t{{}, with_intents};
    int heard = 0;
    t.the_bot().on<rate_limited>([&heard](auto limit) -> task<> {
        ++heard;
        CHECK(limit->opcode == 8);
        CHECK(limit->retry_after == 100.5);
        co_return;
    });
    t.connect();
    const auto guild = t.general.guild_id();
    t.discord.gateway().limit_member_requests(100'500ms);
    started<member_list> call{t, t.the_bot().shard(0).request_members(member_request::all(guild))};
    t.discord.settle();
    CHECK(heard == 1);
    const auto sequence = t.the_bot().status().front().sequence;
    t.discord.advance(1min);
    CHECK(t.texts(1).back() == R"({"op":1,"d":)" + std::to_string(sequence) + "}");
    CHECK(t.discord.gateway().frames(8).size() == 1);
    t.discord.advance(41s);
    REQUIRE(call.end);
    CHECK(*call.end);
    const auto frames = t.texts(8);
    REQUIRE(frames.size() == 2);
    CHECK(frames[0] == frames[1]);
}

TEST_CASE("an answer that stops in the middle brings what came (GW-CHUNK-9)") {
    ping_bot t{{}, with_intents};
    t.connect();
    t.discord.gateway().withhold_answers();
    const auto guild = t.general.guild_id();
    const auto shard = t.the_bot().shard(0);
    started<member_list> call{t, shard.request_members(member_request::all(guild).patience(10s))};
    t.discord.settle();
    t.discord.gateway().dispatch(
        "GUILD_MEMBERS_CHUNK",
        R"({"guild_id":")" + to_string(guild) + R"(","members":[{"user":{"id":"77"}}],)" +
            R"("chunk_index":1,"chunk_count":2,"nonce":")" + nonce_of(t.texts(8).back()) + "\"}",
        guild);
    t.discord.advance(11s);
    REQUIRE(call.end);
    CHECK(call.end->error().code() == errc::timed_out);
    CHECK_THAT(call.end->error().what(), Catch::Contains("1 of 2 parts came, with 1 members"));

    // The same as an exception, with the members.
    std::size_t received = 0;
    const auto waits = [&](strandcord::shard by) -> task<> {
        try {
            member_list none =
                co_await by.request_members(member_request::by_name(guild, "a").patience(10s));
            FAIL(none.members.size());
        } catch (const incomplete_members& e) {
            received = e.received().members.size() + 1;
            CHECK(e.code() == errc::timed_out);
        }
    };
    t.discord.run(waits(shard));
    CHECK(received == 1);
}

TEST_CASE("a lost session fails requests and drops voice, but keeps the presence (GW-SEND-7, "
          "GW-CHUNK-9, GW-RES-16)") {
    ping_bot t{{}, with_intents};
    t.connect();
    t.discord.gateway().withhold_answers();
    const auto guild = t.general.guild_id();
    const auto shard = t.the_bot().shard(0);
    t.discord.run(shard.update_presence(presence_draft::dnd()));
    CHECK(t.texts(3) == std::vector<std::string>{presence_frame("dnd")});
    started<member_list> members{t, shard.request_members(member_request::all(guild))};
    started<channel_info_data> info{t, shard.request_channel_info(guild)};
    t.discord.settle();

    // Resumed: nothing is sent again, and whoever waits goes on waiting.
    t.discord.gateway().drop(4000);
    t.discord.advance(5s);
    CHECK(t.discord.gateway().resumes() == 1);
    CHECK(t.texts(3).size() == 1);
    CHECK_FALSE(members.end);

    started<void> voice{t, shard.update_voice_state(guild, t.general.id())};
    t.discord.settle();
    CHECK((voice.end && *voice.end));
    t.discord.gateway().invalidate(false);
    t.discord.settle();
    REQUIRE(members.end);
    REQUIRE(info.end);
    CHECK(members.end->error().code() == errc::session_lost);
    CHECK(info.end->error().code() == errc::session_lost);
    t.discord.advance(20s);
    CHECK(t.discord.gateway().identifies() == 2);
    CHECK(t.texts(3) == std::vector<std::string>(2, presence_frame("dnd")));
    CHECK(t.texts(8).size() == 1);
    CHECK(t.texts(4).size() == 1);
}

TEST_CASE("joining a voice channel gives what a voice library needs (GW-SEND-13, GW-SEND-14)") {
    ping_bot t;
    t.the_bot().on<voice_state_update>([](auto) -> task<> { co_return; });
    t.connect();
    const auto guild = t.general.guild_id();
    const auto shard = t.the_bot().shard_of(guild);
    const auto got = t.discord.run(shard.join_voice(guild, t.general.id(), true));
    CHECK(got.address() == "wss://voice.discord.test:443?v=8");
    CHECK(got.session_id == "emulated-voice-session");
    CHECK(got.token == "emulated-voice-token");
    CHECK(got.channel_id == t.general.id());
    t.discord.run(shard.update_voice_state(guild, std::nullopt));
    CHECK_THAT(t.texts(4).back(), Catch::Contains(R"("channel_id":null)"));
    CHECK_FALSE(t.logs.contains("emulated-voice"));
    CHECK(t.discord.violations().empty());
}

TEST_CASE("a voice channel that is full ends the wait (GW-SEND-15)") {
    ping_bot t;
    t.connect();
    t.discord.gateway().withhold_answers();
    const auto guild = t.general.guild_id();
    const auto begin = t.discord.clock().elapsed();
    CHECK(error_of(t, t.the_bot().shard(0).join_voice(guild, t.general.id())) == errc::timed_out);
    CHECK(t.discord.clock().elapsed() - begin == 10s);
}

TEST_CASE("READY tells the bot who it is, so that joining voice asks nobody (GW-SEND-14)") {
    ping_bot t;
    t.the_bot().on<voice_state_update>([](auto) -> task<> { co_return; });
    t.connect();
    t.discord.run(t.the_bot().shard(0).join_voice(t.general.guild_id(), t.general.id()));
    CHECK(t.discord.rest().requests("GET /users/@me").empty());
}

TEST_CASE("a process that resumed asks once who it is before it joins voice (GW-SEND-14)") {
    ping_bot t;
    t.the_bot().on<voice_state_update>([](auto) -> task<> { co_return; });
    t.connect();
    bot_config config = t.discord.config();
    config.intents = t.the_bot().effective_intents();
    config.resume = t.discord.run(t.the_bot().hand_over());
    bot next{t.discord.executor(), std::move(config)};
    t.discord.connect(next);
    CHECK(t.discord.gateway().resumes() == 1);
    const auto shard = next.shard(0);
    const auto got = t.discord.run(shard.join_voice(t.general.guild_id(), t.general.id()));
    CHECK(got.session_id == "emulated-voice-session");
    t.discord.run(shard.join_voice(t.general.guild_id(), t.general.id()));
    CHECK(t.discord.rest().requests("GET /users/@me").size() == 1);
    t.discord.stop(next);
}

TEST_CASE("sounds and channel info are asked for by guild (GW-SEND-19, GW-SEND-20, GW-SEND-21)") {
    ping_bot t;
    auto& other = t.discord.guild("other");
    t.connect();
    const auto guild = t.general.guild_id();
    const auto shard = t.the_bot().shard(0);
    const auto sounds = t.discord.run(shard.request_soundboard_sounds({guild, other.id()}));
    REQUIRE(sounds.size() == 2);
    CHECK(sounds[0].guild_id == guild);
    t.discord.gateway().withhold_answers();
    started<channel_info_data> one{t, shard.request_channel_info(guild)};
    started<channel_info_data> two{t,
                                   shard.request_channel_info(guild, channel_info_fields::status)};
    t.discord.settle();
    t.discord.gateway().dispatch("CHANNEL_INFO",
                                 R"({"guild_id":")" + to_string(guild) +
                                     R"(","channels":[{"id":"5","status":"busy"}]})",
                                 guild);
    t.discord.settle();
    REQUIRE(one.end);
    REQUIRE(two.end);
    CHECK((*one.end)->channels.at(0).status == "busy");
    CHECK((*two.end)->channels.at(0).status == "busy");
    CHECK(t.discord.violations().empty());
}

TEST_CASE("ten presence changes in a second are at most five frames in 20 s, the last one wins "
          "(GW-SEND-11)") {
    ping_bot t;
    t.connect();
    for (int i = 0; i < 10; ++i) {
        t.the_bot().update_presence(
            presence_draft::online().with(activity_draft::playing("n" + std::to_string(i))));
        t.discord.advance(100ms);
    }
    CHECK(t.texts(3).size() == 5);
    t.discord.advance(15s);
    CHECK(t.texts(3).size() == 5);
    t.discord.advance(10s);
    CHECK(t.texts(3).size() == 6);
    CHECK_THAT(t.texts(3).back(), Catch::Contains("n9"));
    CHECK(t.counters->value(counter::command_waits_presence) == 1);
    CHECK(t.discord.violations().empty());
}

TEST_CASE("a presence goes to every shard, also to those that start later (GW-SHARD-12, GW-ID-8)") {
    ping_bot t{{.recommended_shards = 4}, [](bot_config& config) {
                   config.presence = [](shard_id which) -> std::optional<presence_draft> {
                       if (which.index == 3)
                           return std::nullopt;
                       return which.index == 0 ? presence_draft::idle() : presence_draft::dnd();
                   };
               }};
    SECTION("set while all run") {
        t.connect();
        const auto identifies = t.texts(2);
        REQUIRE(identifies.size() == 4);
        CHECK_THAT(identifies[0], Catch::Contains(R"("status":"idle","afk":false}}})"));
        CHECK_THAT(identifies[1], Catch::Contains(R"("status":"dnd","afk":false}}})"));
        CHECK_THAT(identifies[3], !Catch::Contains("presence"));
        t.the_bot().update_presence(presence_draft::invisible());
        t.discord.settle();
        std::set<int> shards;
        for (const auto& frame : t.discord.gateway().frames(3))
            shards.insert(frame.shard);
        CHECK(shards == std::set<int>{0, 1, 2, 3});
        CHECK(t.texts(3) == std::vector<std::string>(4, presence_frame("invisible")));
    }
    SECTION("set before any starts") {
        t.the_bot().update_presence(presence_draft::invisible());
        t.connect();
        for (const auto& identify : t.texts(2))
            CHECK_THAT(identify, Catch::Contains(R"("status":"invisible","afk":false}}})"));
    }
    CHECK(t.discord.violations().empty());
}

TEST_CASE("a presence too long is said before anything connects (GW-ID-11)") {
    ping_bot t{{}, [](bot_config& config) {
                   config.presence = [](shard_id) {
                       return std::optional{presence_draft::online().with(
                           activity_draft::playing(std::string(5000, 'x')))};
                   };
               }};
    t.discord.start(t.the_bot());
    t.discord.advance(1min);
    CHECK(t.failure() == errc::invalid_configuration);
    CHECK_THAT(t.failure_text(), Catch::Contains("the presence is too long"));
    CHECK(t.discord.gateway().handshakes().empty());
}

TEST_CASE("bad input to each call is a typed error, and nothing is lost (GW-SEND-2, GW-SEND-8)") {
    ping_bot t{{.recommended_shards = 2}};
    CHECK_THROWS_AS(t.the_bot().shard(0), error);
    t.connect();
    const auto guild = t.general.guild_id();
    const auto right = t.the_bot().shard_of(guild);
    CHECK(right.id() == shard_of(guild, 2));
    const auto wrong = t.the_bot().shard(1 - right.id().index);
    const auto room = t.general.id();
    CHECK_THROWS_AS(t.the_bot().shard(2), error);
    CHECK_THROWS_AS(t.the_bot().shard(-1), error);

    const auto long_one =
        presence_draft::online().with(activity_draft::playing(std::string(5000, 'x')));
    CHECK(error_of(t, right.update_presence(long_one)) == errc::payload_too_large);
    CHECK_THROWS_AS(t.the_bot().update_presence(long_one), error);
    const auto stream =
        presence_draft::online().with(activity_draft::streaming("x", "https://example.com"));
    CHECK(error_of(t, right.update_presence(stream)) == errc::invalid_argument);
    CHECK_THROWS_AS(t.the_bot().update_presence(stream), error);

    CHECK(error_of(t, wrong.update_voice_state(guild, room)) == errc::invalid_argument);
    CHECK(error_of(t, wrong.join_voice(guild, room)) == errc::invalid_argument);
    CHECK(error_of(t, right.join_voice(guild, room, false, false, 0ms)) == errc::invalid_argument);
    CHECK(error_of(t, wrong.request_members(member_request::by_name(guild, "a"))) ==
          errc::invalid_argument);
    CHECK(error_of(t, right.request_members(member_request::all(guild))) == errc::invalid_argument);
    std::vector<snowflake> many(101, snowflake{5});
    CHECK(error_of(t, right.request_members(member_request::by_ids(guild, many))) ==
          errc::invalid_argument);
    CHECK(error_of(t, wrong.request_soundboard_sounds({guild})) == errc::invalid_argument);
    CHECK(error_of(t, right.request_soundboard_sounds({})) == errc::invalid_argument);
    CHECK(error_of(t, right.request_soundboard_sounds(std::vector<snowflake>(300, guild))) ==
          errc::payload_too_large);
    CHECK(error_of(t, wrong.request_channel_info(guild)) == errc::invalid_argument);
    CHECK(error_of(t, right.send("no JSON")) == errc::malformed_payload);
    CHECK(error_of(t, right.send(R"({"op":2,"d":{}})")) == errc::invalid_argument);
    CHECK(error_of(t, right.send(std::string(4097, 'x'))) == errc::payload_too_large);
    CHECK(error_of(t, wrong.send(R"({"op":4,"d":{"guild_id":")" + to_string(guild) + "\"}}")) ==
          errc::invalid_argument);

    for (const int op : {3, 4, 8, 31, 43})
        CHECK(t.texts(op).empty());
    CHECK(error_of(t, right.send(presence_frame("dnd"))) == error_code{});
    CHECK(t.discord.violations().empty());
}

TEST_CASE("more than a thousand waiting commands are refused one by one (GW-SEND-6)") {
    ping_bot t;
    t.connect();
    const auto shard = t.the_bot().shard(0);
    t.discord.gateway().refuse_connections(-1);
    t.discord.gateway().drop(4000);
    t.discord.settle();
    const auto leave = R"({"op":4,"d":{"guild_id":")" + to_string(t.general.guild_id()) +
                       R"(","channel_id":null,"self_mute":false,"self_deaf":false}})";
    std::vector<std::unique_ptr<started<void>>> calls;
    for (int i = 0; i < 1001; ++i)
        calls.push_back(std::make_unique<started<void>>(t, shard.send(leave)));
    t.discord.settle();
    CHECK_FALSE(calls.front()->end);
    REQUIRE(calls.back()->end);
    CHECK(calls.back()->end->error().code() == errc::queue_full);
    CHECK(t.counters->value(counter::commands_refused) == 1);
    calls.pop_back();
    t.discord.gateway().refuse_connections(0);
    t.discord.advance(12min);
    for (const auto& call : calls)
        REQUIRE((call->end && *call->end));
    CHECK(t.texts(4).size() == 1000);
    CHECK(t.discord.violations().empty());
}

TEST_CASE("a call that is cancelled is given up, and a stopped shard says so") {
    ping_bot t{{}, with_intents};
    t.connect();
    t.discord.gateway().withhold_answers();
    const auto guild = t.general.guild_id();
    const auto shard = t.the_bot().shard(0);
    task<member_list> asking = shard.request_members(member_request::by_name(guild, "a"));
    CHECK(error_of(t, with_timeout(std::move(asking), 3s)) == errc::timed_out);
    CHECK(t.discord.clock().elapsed() < 1min);
    started<member_list> waiting{t, shard.request_members(member_request::by_name(guild, "b"))};
    t.discord.settle();
    t.discord.stop(t.the_bot());
    REQUIRE(waiting.end);
    CHECK(waiting.end->error().code() == errc::shutting_down);
    CHECK(error_of(t, shard.send("{}")) == errc::shutting_down);
    CHECK(shard.status().state == shard_state::stopped);
}

TEST_CASE("a client sends by its shard, and a handler may ask and wait (GW-CHUNK-1)") {
    testing::discord discord;
    auto& ada = discord.user("ada");
    auto& general = discord.channel("general");
    client one{discord.executor(), discord.client_config()};
    CHECK_THROWS_AS(one.shard(), error);
    std::size_t found = 0;
    one.on<message_create>([&](auto message) -> task<> {
        const auto shard = one.shard();
        member_list list =
            co_await shard.request_members(member_request::by_name(*message->guild_id, "ada"));
        found = list.members.size();
    });
    discord.connect(one);
    ada.says("hi", general);
    CHECK(found == 1);
    discord.stop(one);
    CHECK(discord.violations().empty());
}

TEST_CASE("what a client sends is never compressed, and its ids are strings (GW-SEND-22, "
          "GW-SEND-23)") {
    for (const auto kind :
         {compression::none, compression::zlib_stream, compression::zstd_stream}) {
        ping_bot t{{}, [&](bot_config& config) {
                       with_intents(config);
                       config.gateway.compress = kind;
                   }};
        t.connect();
        const auto guild = t.general.guild_id();
        const auto shard = t.the_bot().shard(0);
        const std::vector<snowflake> wanted{t.ada.id()};
        t.discord.run(shard.request_members(member_request::by_ids(guild, wanted)));
        t.discord.run(shard.request_soundboard_sounds({guild}));
        t.discord.run(shard.request_channel_info(guild));
        t.discord.run(shard.update_voice_state(guild, t.general.id()));
        t.discord.run(shard.update_presence(presence_draft::idle()));
        t.discord.advance(1min);
        std::set<int> ops;
        codec::frame_parser parser;
        for (const auto& frame : t.discord.gateway().frames()) {
            ops.insert(frame.op);
            std::string text = frame.text;
            codec::envelope parsed;
            CHECK_FALSE(parser.parse(text, parsed));
            CHECK(parsed.op == frame.op);
            for (const auto id : {guild, t.general.id(), t.ada.id()})
                for (auto at = text.find(to_string(id)); at != std::string::npos;
                     at = text.find(to_string(id), at + 1))
                    CHECK(text[at - 1] == '"');
        }
        CHECK(ops == std::set<int>{1, 2, 3, 4, 8, 31, 43});
        CHECK(t.discord.violations().empty()); // it refuses binary frames
    }
}
