// Rules of the protocol that need a whole bot to be seen.

#include "fixture.hpp"

#include <algorithm>

using namespace strandcord;
using namespace strandcord::test;

using texts = std::vector<std::string>;

TEST_CASE("a bot that starts again asks anew how many shards there should be (GW-CONN-3)") {
    testing::discord discord;
    {
        bot first{discord.executor(), discord.config()};
        discord.connect(first);
        CHECK(first.status().size() == 1);
        discord.stop(first);
    }
    discord.rest().recommend_shards(3);
    discord.rest().max_concurrency(3);
    bot second{discord.executor(), discord.config()};
    discord.connect(second);
    CHECK(second.status().size() == 3);
    CHECK(discord.rest().requests("/gateway/bot").size() == 2);
}

TEST_CASE("text and binary frames are each read for what they are (GW-PAY-4)") {
    const auto kind = GENERATE(compression::none, compression::zlib_stream);
    const bool binary = GENERATE(false, true);
    ping_bot t{{}, [&](bot_config& config) { config.gateway.compress = kind; }};
    t.connect();
    if (kind != compression::none && binary)
        t.discord.gateway().send_raw(R"({"op":1,"d":null})"); // compressed, as it must be
    else
        t.discord.gateway().send_bytes(R"({"op":1,"d":null})", binary);
    CHECK(t.texts(1) == texts{R"({"op":1,"d":1})"});
    CHECK(t.discord.gateway().handshakes().size() == 1);
}

TEST_CASE("Identify refused, Resume refused, live session ended: each leads to a new session "
          "(GW-INV-1, GW-ID-17)") {
    ping_bot t;
    t.discord.gateway().fail_identify(false, 2);
    t.connect();
    CHECK(t.discord.gateway().identifies() == 3);

    t.discord.gateway().forget_sessions();
    t.discord.gateway().drop(4000);
    t.discord.advance(1min);
    CHECK(t.discord.gateway().resumes() == 1);
    CHECK(t.discord.gateway().identifies() == 4);

    t.discord.gateway().invalidate(false);
    t.discord.advance(1min);
    CHECK(t.discord.gateway().identifies() == 5);
    CHECK(t.sessions.size() == 3);
    t.ada.says("!ping", t.general);
    CHECK(t.general.last().content == "pong");
    CHECK(t.discord.violations().empty());
}

TEST_CASE("ten shards resume at once, though one may identify at a time (GW-ID-21)") {
    ping_bot t{{.recommended_shards = 10}};
    t.connect();
    t.discord.gateway().drop(4000);
    t.discord.advance(1s);
    CHECK(t.discord.gateway().resumes() == 10);
    CHECK(t.discord.gateway().identifies() == 10);
    for (const auto& shard : t.the_bot().status())
        CHECK(shard.state == shard_state::ready);
}

TEST_CASE("guilds load without being asked for, and not again after a resume (GW-GUILD-1, "
          "GW-GUILD-7)") {
    ping_bot t;
    int loaded = 0;
    t.the_bot().on<guild_create>([&](auto) -> task<> {
        ++loaded;
        co_return;
    });
    t.discord.guild("another");
    t.connect();
    CHECK(loaded == 2);
    t.discord.gateway().drop(4000);
    t.discord.advance(2min);
    CHECK(t.discord.gateway().resumes() == 1);
    CHECK(loaded == 2);
    for (const auto& frame : t.discord.gateway().frames())
        CHECK((frame.op == 1 || frame.op == 2 || frame.op == 6));
}

TEST_CASE("each shard has a session, a sequence and a connection of its own (GW-SHARD-5)") {
    ping_bot t{{.recommended_shards = 2}};
    t.connect();
    const auto guild_shard = shard_of(t.general.guild_id(), 2).index;
    for (int i = 0; i < 5; ++i)
        t.ada.says("hi", t.general);
    t.discord.gateway().drop(4000, guild_shard);
    t.discord.advance(10s);
    const auto status = t.the_bot().status();
    const auto& hit = status.at(static_cast<std::size_t>(guild_shard));
    const auto& other = status.at(static_cast<std::size_t>(1 - guild_shard));
    CHECK(hit.resumes == 1);
    CHECK(hit.sequence >= 6);
    CHECK(other.resumes == 0);
    CHECK(other.sequence == 1);
    CHECK(t.discord.gateway().handshakes().size() == 3);
    REQUIRE(t.sessions.size() == 2);
    CHECK(t.sessions[0] != t.sessions[1]);
}

TEST_CASE("a handler that comes later changes no session's intents (GW-INT-1)") {
    ping_bot t;
    t.connect();
    t.the_bot().on<guild_create>([](auto) -> task<> { co_return; });
    t.discord.gateway().invalidate(false);
    t.discord.advance(1min);
    const auto identifies = t.texts(2);
    REQUIRE(identifies.size() == 2);
    CHECK(identifies[0] == identifies[1]);
}

TEST_CASE("what REST refuses is the call's error, and no matter of the gateway (GW-INT-3)") {
    ping_bot t;
    error_code refused;
    t.the_bot().on<message_create>([&](auto message) -> task<> {
        if (message->content != "members")
            co_return;
        try {
            co_await message.reply("they are");
        } catch (const error& e) {
            refused = e.code();
        }
    });
    t.connect();
    t.discord.rest().fail_next("POST /channels", 403);
    t.ada.says("members", t.general);
    CHECK(refused == cause::forbidden);
    CHECK(t.the_bot().status().front().state == shard_state::ready);
    CHECK(t.discord.gateway().handshakes().size() == 1);
}

TEST_CASE("without any intent READY and interactions come all the same (GW-INT-4)") {
    ping_bot t{{}, [](bot_config& config) { config.intents = intents{}; }};
    t.the_bot().on<interaction_create>([](auto call) -> task<> { co_await call.reply("here"); });
    t.connect();
    CHECK(t.sessions.size() == 1);
    CHECK(t.texts(2).front().find(R"("intents":0)") != std::string::npos);
    t.ada.runs("hello", t.general);
    CHECK(t.discord.rest().answers().size() == 1);
    t.ada.says("!ping", t.general);
    CHECK(t.contents.empty());
}

TEST_CASE("an interaction is answered at once while other handlers are slow (GW-DISP-8)") {
    ping_bot t;
    t.the_bot().on<message_create>([](auto) -> task<> { co_await sleep_for(1h); });
    t.the_bot().on<interaction_create>([](auto call) -> task<> { co_await call.reply("quick"); });
    t.connect();
    for (int i = 0; i < 500; ++i)
        t.ada.says("slow", t.general);
    t.ada.runs("now", t.general);
    CHECK(t.discord.rest().answers().size() == 1);
    CHECK(t.discord.violations().empty());
}

TEST_CASE("an ephemeral message comes without guild and member (GW-DISP-10)") {
    ping_bot t;
    std::vector<message_create::data> seen;
    t.the_bot().on<message_create>([&](auto message) -> task<> {
        seen.push_back(*message);
        co_return;
    });
    t.connect();
    t.discord.gateway().dispatch(
        "MESSAGE_CREATE",
        R"({"id":"1","channel_id":"2","flags":64,"content":"only you","author":{"id":"3"}})");
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].flags->has(message_flag::ephemeral));
    CHECK_FALSE(seen[0].guild_id);
    CHECK_FALSE(seen[0].member);
}

TEST_CASE("an event that comes twice reaches handlers once (GW-RES-15, GW-DISP-4)") {
    ping_bot t;
    t.connect();
    t.discord.gateway().duplicate_next(3);
    for (const char* text : {"one", "two", "three", "four"})
        t.ada.says(text, t.general);
    CHECK(t.contents == texts{"one", "two", "three", "four"});
    CHECK(t.counters->value(counter::events_repeated) == 3);
    t.discord.gateway().drop(4000);
    t.discord.advance(10s);
    t.ada.says("five", t.general);
    CHECK(t.contents.back() == "five");
    CHECK(t.contents.size() == 5);
}

TEST_CASE("the bot's own member comes without GUILD_MEMBERS, others do not (GW-DISP-21)") {
    ping_bot t;
    texts own;
    std::string self;
    t.the_bot().on<ready>([&](auto event) -> task<> {
        self = to_string(event->user.id);
        co_return;
    });
    t.the_bot().on_raw("GUILD_MEMBER_UPDATE", [&](auto event) -> task<> {
        own.emplace_back(event.raw());
        co_return;
    });
    t.connect();
    const auto update = [](const std::string& who) {
        return R"({"user":{"id":")" + who + R"("},"nick":"new"})";
    };
    t.discord.gateway().dispatch("GUILD_MEMBER_UPDATE", update(self), t.general.guild_id());
    t.discord.gateway().dispatch("GUILD_MEMBER_UPDATE", update("42"), t.general.guild_id());
    CHECK(own == texts{update(self)});
}
