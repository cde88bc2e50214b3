#include "fixture.hpp"

using namespace strandcord;
using namespace strandcord::test;

TEST_CASE("a message travels to its handler and the reply comes back") {
    ping_bot t;
    t.connect();
    t.ada.says("!ping", t.general);
    CHECK(t.general.count() == 2);
    CHECK(t.general.last().content == "pong");
    REQUIRE(t.general.last().message_reference);
    CHECK(t.general.last().message_reference->message_id == t.general.messages().front().id);
    CHECK(t.discord.violations().empty());
}

TEST_CASE("the bot identifies once, with its own intents, shard and properties (GW-ID-1, GW-ID-2, "
          "GW-ID-4)") {
    ping_bot t;
    t.connect();
    const auto frames = t.texts(2);
    REQUIRE(frames.size() == 1);
    CHECK(frames[0].find(R"("token":"emulated-token")") != std::string::npos);
    CHECK(frames[0].find(R"("shard":[0,1])") != std::string::npos);
    CHECK(frames[0].find(R"("browser":"strandcord")") != std::string::npos);
    CHECK(frames[0].find('$') == std::string::npos);
    const auto bits =
        (intent::guild_messages | intent::direct_messages | intent::message_content).bits();
    CHECK(frames[0].find("\"intents\":" + std::to_string(bits)) != std::string::npos);
}

TEST_CASE("direct messages come on shard 0 and are answered (GW-SHARD-4, GW-DISP-9)") {
    ping_bot t{{.recommended_shards = 2}};
    t.connect();
    t.ada.whispers("!ping");
    CHECK(t.ada.direct_messages().last().content == "pong");
}

TEST_CASE("a slash command is answered through its interaction") {
    ping_bot t;
    t.the_bot().on<interaction_create>(
        [](auto call) -> task<> { co_await call.reply("rolled 4"); });
    t.connect();
    t.ada.runs("roll", t.general);
    const auto answers = t.discord.rest().answers();
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].type == 4);
    CHECK(answers[0].data.find("rolled 4") != std::string::npos);
}

TEST_CASE("all shards of an automatic plan start within the identify limit, the canary first "
          "(GW-ID-12, GW-SHARD-3, GW-SHARD-6, GW-SHARD-9)") {
    ping_bot t{{.recommended_shards = 6, .max_concurrency = 2}};
    t.connect();
    const auto frames = t.discord.gateway().frames(2);
    REQUIRE(frames.size() == 6);
    CHECK(frames[0].text.find(R"("shard":[0,6])") != std::string::npos);
    for (std::size_t i = 2; i < frames.size(); ++i)
        CHECK(frames[i].at - frames[i - 2].at >= 5s);
    CHECK(t.discord.violations().empty());
    const auto status = t.the_bot().status();
    REQUIRE(status.size() == 6);
    for (int i = 0; i < 6; ++i) {
        CHECK(status[static_cast<std::size_t>(i)].shard == shard_id{i, 6});
        CHECK(status[static_cast<std::size_t>(i)].state == shard_state::ready);
    }
}

TEST_CASE("a range runs only its own shards (GW-SHARD-10)") {
    ping_bot t{{}, [](bot_config& config) { config.shards = shard_plan::range(2, 3, 8); }};
    t.connect();
    const auto frames = t.texts(2);
    REQUIRE(frames.size() == 2);
    CHECK(frames[0].find(R"("shard":[2,8])") != std::string::npos);
    CHECK(frames[1].find(R"("shard":[3,8])") != std::string::npos);
}

TEST_CASE("every compression carries the same conversation (GW-COMP-1, GW-COMP-14, "
          "GW-ID-9, GW-SEND-23)") {
    for (const auto kind :
         {compression::none, compression::zlib_stream, compression::zstd_stream}) {
        ping_bot t{{}, [&](bot_config& config) { config.gateway.compress = kind; }};
        t.connect();
        t.ada.says("!ping \xF0\x9F\x91\x8D", t.general);
        t.ada.says("!ping", t.general);
        CHECK(t.contents == std::vector<std::string>{"!ping \xF0\x9F\x91\x8D", "!ping"});
        CHECK(t.general.last().content == "pong");
        const auto target = t.discord.gateway().handshakes().front().target;
        CHECK(target.find("v=10&encoding=json") != std::string::npos);
        CHECK((target.find("compress=") != std::string::npos) == (kind != compression::none));
        CHECK(t.texts(2).front().find("compress") == std::string::npos);
        CHECK(t.discord.violations().empty());
    }
}

TEST_CASE("a client is one shard without a bot") {
    testing::discord discord;
    auto& general = discord.channel("general");
    client one{discord.executor(), discord.client_config()};
    std::vector<std::string> seen;
    one.on<message_create>([&](auto message) -> task<> {
        seen.push_back(message->content);
        co_return;
    });
    discord.connect(one);
    discord.user("ada").says("hello", general);
    CHECK(seen == std::vector<std::string>{"hello"});
    CHECK(one.status().state == shard_state::ready);
    discord.stop(one);
    CHECK(one.status().state == shard_state::stopped);
}

TEST_CASE("two bots in one process never meet") {
    testing::discord discord;
    auto& general = discord.channel("general");
    int first = 0;
    int second = 0;
    bot a{discord.executor(), discord.config()};
    bot b{discord.executor(), discord.config()};
    a.on<message_create>([&](auto) -> task<> {
        ++first;
        co_return;
    });
    b.on<message_create>([&](auto) -> task<> {
        ++second;
        co_return;
    });
    discord.connect(a);
    discord.connect(b);
    discord.user("ada").says("hello", general);
    discord.stop(a);
    discord.user("ada").says("hello again", general);
    CHECK(first == 1);
    CHECK(second == 2);
}

TEST_CASE("the payload hook sees every payload in and out") {
    std::vector<std::string> received;
    std::vector<std::string> sent;
    ping_bot t{{}, [&](bot_config& config) {
                   config.gateway.on_payload = [&](int shard, payload_direction direction,
                                                   std::string_view text) {
                       CHECK(shard == 0);
                       (direction == payload_direction::sent ? sent : received).emplace_back(text);
                   };
               }};
    t.connect();
    REQUIRE(received.size() >= 2);
    CHECK(received[0].find("\"op\":10") != std::string::npos);
    CHECK(received[1].find("\"READY\"") != std::string::npos);
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].find("\"op\":2") != std::string::npos);
}

TEST_CASE("of presences sent early the latest goes out, after READY, to every shard (GW-SEND-6, "
          "GW-SHARD-12)") {
    ping_bot t{{.recommended_shards = 2}};
    t.discord.gateway().withhold_ready();
    t.discord.start(t.the_bot());
    t.the_bot().broadcast(
        R"({"op":3,"d":{"since":null,"activities":[],"status":"dnd","afk":false}})");
    t.the_bot().broadcast(
        R"({"op":3,"d":{"since":null,"activities":[],"status":"online","afk":false}})");
    t.discord.gateway().withhold_ready(false);
    t.discord.advance(20s);
    const auto frames = t.discord.gateway().frames(3);
    REQUIRE(frames.size() == 2);
    CHECK(frames[0].shard + frames[1].shard == 1);
    for (const auto& frame : frames)
        CHECK(frame.text.find("online") != std::string::npos);
    CHECK(t.discord.violations().empty());
}

TEST_CASE("a stream has the messages of every shard, and ends when the bot stops") {
    ping_bot t{{.recommended_shards = 2}};
    std::vector<std::string> seen;
    auto messages = t.the_bot().stream<message_create>();
    const auto read = [](auto& from, auto& into) -> task<> {
        while (auto message = co_await from.next())
            into.push_back((*message)->content + " on " + std::to_string((*message).shard().index));
        into.push_back("end");
    };
    t.discord.clock().spawn(read(messages, seen));
    t.connect();
    std::vector<std::string> expected;
    for (int i = 0; i < 4; ++i) {
        auto& guild = t.discord.guild("guild " + std::to_string(i));
        t.ada.says("hello", guild.channel("general"));
        expected.push_back("hello on " + std::to_string(shard_of(guild.id(), 2).index));
    }
    CHECK(seen == expected);
    t.discord.stop(t.the_bot());
    expected.push_back("end");
    CHECK(seen == expected);
}

TEST_CASE("a bot that is stopped by who judges an event ends that wait with it") {
    ping_bot t;
    t.connect();
    std::string out;
    const auto wait = [](bot& one, std::string& into) -> task<> {
        auto found = co_await one.wait_for<message_create>(
            [&](const auto&) {
                one.stop();
                return true;
            },
            30s);
        into = found ? (*found)->content : "nothing";
    };
    t.discord.clock().spawn(wait(t.the_bot(), out));
    t.discord.settle();
    t.ada.says("that is all", t.general);
    CHECK(out == "that is all");
    t.discord.advance(5s);
    CHECK_FALSE(t.discord.running(t.the_bot()));
}

TEST_CASE("a handled event's way is measured from the last byte read to the last handler's end") {
    ping_bot t;
    t.connect();
    const auto before = t.counters->value(timing::event_total).count();
    t.ada.says("!ping", t.general);
    // The message, and the bot's own answer.
    CHECK(t.counters->value(timing::event_total).count() == before + 2);
    CHECK(t.counters->value(timing::event_inflate).count() >= before + 2);
    t.ada.types(t.general); // nobody handles it
    CHECK(t.counters->value(timing::event_total).count() == before + 2);
}
