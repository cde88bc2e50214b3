#include "fixture.hpp"

using namespace strandcord;
using namespace strandcord::test;

using codes = std::vector<std::uint16_t>;

namespace {

/// Brings a started bot into one phase of its life.
struct phase {
    const char* name;
    std::function<void(ping_bot&)> reach;
};

const std::vector<phase> phases{
    {"before anything", [](ping_bot&) {}},
    {"asking for the URL", [](ping_bot& t) { t.discord.rest().delay(1min); }},
    {"waiting after a refused URL", [](ping_bot& t) { t.discord.rest().refuse(); }},
    {"waiting after a refused connection",
     [](ping_bot& t) { t.discord.gateway().refuse_connections(1000, 503); }},
    {"waiting for Hello", [](ping_bot& t) { t.discord.gateway().withhold_hello(); }},
    {"waiting for READY", [](ping_bot& t) { t.discord.gateway().withhold_ready(); }},
    {"waiting for an identify slot",
     [](ping_bot& t) { t.discord.rest().start_limit(0, 1000, 1h); }},
    {"ready", [](ping_bot& t) { t.discord.advance(1s); }},
    {"waiting after an invalid session",
     [](ping_bot& t) {
         t.discord.settle();
         t.discord.gateway().invalidate(false);
     }},
    {"resuming at a dead host",
     [](ping_bot& t) {
         t.discord.settle();
         t.discord.gateway().kill_resume_host();
         t.discord.gateway().kill_main_host();
         t.discord.gateway().drop(4000);
     }},
    {"with a zombie connection", [](ping_bot& t) {
         t.discord.settle();
         t.discord.gateway().stop_acknowledging();
         t.discord.advance(30s);
     }}};

} // namespace

TEST_CASE("stop ends the bot within 5 seconds in every phase and leaks nothing (GW-CONN-18, "
          "GW-CONN-15)") {
    for (const auto& one : phases) {
        for (const auto later : {0s, 3s}) {
            INFO(one.name << ", " << later.count() << " s later");
            ping_bot t;
            one.reach(t);
            t.discord.start(t.the_bot());
            one.reach(t);
            t.discord.advance(later);
            const auto asked = t.discord.clock().elapsed();
            t.discord.stop(t.the_bot());
            CHECK(t.discord.clock().elapsed() - asked <= 5s);
            CHECK_FALSE(t.discord.running(t.the_bot()));
            CHECK(t.failure() == error_code{});
            CHECK(t.discord.gateway().connections() == 0);
        }
    }
}

TEST_CASE("a stop closes every shard with 1000 (GW-CONN-16, GW-BYE-1)") {
    ping_bot t{{.recommended_shards = 3, .max_concurrency = 3}};
    t.connect();
    t.discord.stop(t.the_bot());
    CHECK(t.close_codes() == codes{1000, 1000, 1000});
    for (const auto& shard : t.the_bot().status())
        CHECK(shard.state == shard_state::stopped);
}

TEST_CASE("handlers finish within the grace period after a stop, and their replies arrive") {
    ping_bot t;
    t.the_bot().on<message_create>([&](auto message) -> task<> {
        if (message->content != "slow")
            co_return;
        co_await sleep_for(2s);
        co_await message.reply("done");
    });
    t.connect();
    t.ada.says("slow", t.general);
    t.discord.stop(t.the_bot());
    CHECK(t.general.last().content == "done");
    CHECK(t.counters->value(counter::handlers_cancelled) == 0);
}

TEST_CASE("cancelling run() stops the bot and cancels its handlers at once") {
    testing::discord discord;
    auto& general = discord.channel("general");
    auto& ada = discord.user("ada");
    bool cancelled = false;
    bot one{discord.executor(), discord.config()};
    one.on<ready>([&](auto) -> task<> {
        ada.says("hello", general);
        co_return;
    });
    one.on<message_create>([&](auto) -> task<> {
        try {
            co_await sleep_for(1h);
        } catch (const boost::system::system_error& e) {
            cancelled = e.code() == cause::cancelled;
            throw;
        }
    });
    const auto start = discord.clock().elapsed();
    discord.run(
        with_timeout(one.run(), 10s)); // run() takes its cancellation for a stop, and ends well
    CHECK(cancelled);
    CHECK(discord.clock().elapsed() - start <= 14s);
    CHECK(discord.gateway().connections() == 0);
}

TEST_CASE("a bot that was stopped before it ran does nothing") {
    ping_bot t;
    t.the_bot().stop();
    t.discord.start(t.the_bot());
    t.discord.settle();
    CHECK_FALSE(t.discord.running(t.the_bot()));
    CHECK(t.discord.rest().requests().empty());
}

TEST_CASE("a bot destroyed between the call of run() and its start ends it") {
    testing::discord discord;
    std::optional<bot> one;
    one.emplace(discord.executor(), discord.config());
    task<> running = one->run();
    one.reset();
    discord.run(std::move(running));
    CHECK(discord.rest().requests().empty());
}

TEST_CASE("sc::run takes a bot once, and none that has an executor of its own") {
    testing::discord discord;
    bot own{discord.executor(), discord.config()};
    CHECK(run(own) == 2);

    bot once{discord.config()};
    once.stop();
    CHECK(run(once) == 0);
    CHECK(run(once) == 2);
}

TEST_CASE("run() may be called once only") {
    ping_bot t;
    t.connect();
    t.discord.stop(t.the_bot());
    CHECK_THROWS_AS(t.discord.run(t.the_bot().run()), error);
}
