#include "fixture.hpp"

#include <strandcord/gateway_source.hpp>
#include <strandcord/identify_gate.hpp>

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace strandcord;
using namespace strandcord::test;

namespace {

struct heard {
    std::string content;
    snowflake channel_id;
};
BOOST_DESCRIBE_STRUCT(heard, (), (content, channel_id))

testing::emulator_options with_shards(int count) {
    testing::emulator_options out;
    out.recommended_shards = count;
    return out;
}

/// A bot in several guilds, in each of which somebody talks.
struct talking_guilds {
    explicit talking_guilds(int count, testing::emulator_options options = with_shards(2),
                            std::function<void(bot_config&)> change = {})
        : ping{options, std::move(change)} {
        for (int i = 0; i < count; ++i)
            rooms.push_back(&ping.discord.guild("guild " + std::to_string(i)).channel("room"));
        ping.the_bot().on<message_create, heard>([this](auto message) -> task<> {
            got[message->channel_id].push_back(message->content);
            co_return;
        });
    }

    void say(std::size_t where) {
        const auto text = std::to_string(++said);
        ping.ada.says(text, *rooms[where]);
        sent[rooms[where]->id()].push_back(text);
    }
    void start(task<> work) {
        boost::asio::co_spawn(ping.discord.executor(), std::move(work),
                              [this](std::exception_ptr why) {
                                  ended = true;
                                  failure = why;
                              });
        ping.discord.settle();
    }
    error_code why() const {
        try {
            if (failure)
                std::rethrow_exception(failure);
        } catch (const boost::system::system_error& e) {
            return e.code();
        }
        return {};
    }
    std::string words() const {
        try {
            if (failure)
                std::rethrow_exception(failure);
        } catch (const std::exception& e) {
            return e.what();
        }
        return {};
    }
    std::ptrdiff_t closed_with(std::uint16_t code) {
        const auto all = ping.close_codes();
        return std::count(all.begin(), all.end(), code);
    }
    std::size_t ready() {
        const auto all = ping.the_bot().status();
        return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const auto& one) {
            return one.state == shard_state::ready;
        }));
    }

    ping_bot ping;
    std::vector<testing::channel*> rooms;
    std::map<snowflake, std::vector<std::string>> sent;
    std::map<snowflake, std::vector<std::string>> got;
    int said = 0;
    bool ended = false;
    std::exception_ptr failure;
};

void lag(talking_guilds& t, std::mt19937& random) {
    const std::chrono::milliseconds late{random() % 3000};
    const auto shard = static_cast<int>(random() % 5);
    t.ping.discord.gateway().delay(late, shard);
}

task<> ignore_answer(task<bool> work) {
    co_await std::move(work);
}

} // namespace

TEST_CASE("a reshard has no gap: each event once and in order, whatever happens meanwhile "
          "(GW-SHARD-7, GW-SHARD-13)") {
    for (unsigned seed = 1; seed <= 25; ++seed) {
        INFO("seed " << seed);
        std::mt19937 random{seed};
        const bool faults = seed % 3 != 0;
        talking_guilds t{7, with_shards(2), [seed](bot_config& config) {
                             // With and without the load of guilds.
                             if (seed % 2 != 0)
                                 config.intents = intents::defaults() | intent::message_content;
                         }};
        t.ping.connect();
        for (int step = 0; step < 150; ++step) {
            if (step == 12)
                t.start(t.ping.the_bot().reshard(shard_plan::fixed(5)));
            const auto what = random() % (faults ? 20 : 14);
            if (what < 14)
                t.say(random() % t.rooms.size());
            else if (what == 14)
                t.ping.discord.gateway().drop(4000, static_cast<int>(random() % 5));
            else if (what == 15)
                t.ping.discord.gateway().reset(static_cast<int>(random() % 5));
            else if (what == 16)
                lag(t, random);
            t.ping.discord.advance(std::chrono::milliseconds{random() % 1500});
        }
        t.ping.discord.gateway().delay(0ms);
        t.ping.discord.advance(5min);
        REQUIRE(t.ended);
        CHECK_FALSE(t.why());
        CHECK(t.got == t.sent);
        CHECK(t.ready() == 5);
        CHECK(t.closed_with(1000) <= 2); // fewer when one had no connection just then
        CHECK(t.ping.discord.gateway().connections() == 5);
        CHECK(t.ping.discord.violations() == std::vector<std::string>{});
    }
}

TEST_CASE("the new shards start within the identify budget, the old ones close with 1000 "
          "(GW-SHARD-13, GW-ID-12)") {
    talking_guilds t{3};
    t.ping.connect();
    t.ping.discord.gateway().forget_seen();
    t.start(t.ping.the_bot().reshard(shard_plan::fixed(4)));
    t.ping.discord.advance(1min);
    REQUIRE(t.ended);
    const auto identifies = t.ping.discord.gateway().frames(2);
    REQUIRE(identifies.size() == 4);
    for (std::size_t i = 1; i < identifies.size(); ++i)
        CHECK(identifies[i].at - identifies[i - 1].at >= 5s);
    CHECK(t.ping.close_codes() == std::vector<std::uint16_t>{1000, 1000});
    CHECK(t.ping.the_bot().status().front().shard.count == 4);
}

TEST_CASE("autoscale follows Discord's advice upwards, and does nothing otherwise (GW-SHARD-3)") {
    talking_guilds t{3};
    t.ping.connect();
    CHECK_FALSE(t.ping.discord.run(t.ping.the_bot().autoscale()));
    t.ping.discord.rest().recommend_shards(3);
    CHECK(t.ping.discord.run(t.ping.the_bot().autoscale()));
    CHECK(t.ping.the_bot().status().size() == 3);
    t.ping.discord.rest().recommend_shards(1);
    CHECK_FALSE(t.ping.discord.run(t.ping.the_bot().autoscale()));
    for (std::size_t i = 0; i < t.rooms.size(); ++i)
        t.say(i);
    t.ping.discord.advance(1s);
    CHECK(t.got == t.sent);
}

TEST_CASE("autoscale_every asks by itself") {
    talking_guilds t{2, with_shards(1), [](bot_config& config) { config.autoscale_every = 1h; }};
    t.ping.connect();
    t.ping.discord.rest().recommend_shards(2);
    t.ping.discord.advance(59min);
    CHECK(t.ping.the_bot().status().size() == 1);
    t.ping.discord.advance(3min);
    CHECK(t.ping.the_bot().status().size() == 2);
}

TEST_CASE("a shard that needs sharding gets it when autoscale is on (GW-CLOSE-26, GW-SHARD-2)") {
    talking_guilds t{2, with_shards(1), [](bot_config& config) { config.autoscale_every = 1h; }};
    t.ping.connect();
    t.ping.discord.rest().recommend_shards(2);
    t.ping.discord.gateway().drop(4011);
    t.ping.discord.advance(1min);
    CHECK(t.ping.discord.running(t.ping.the_bot()));
    CHECK(t.ready() == 2);
    t.say(0);
    t.ping.discord.advance(1s);
    CHECK(t.got == t.sent);

    SECTION("and the bot ends when Discord's advice does not help") {
        t.ping.discord.gateway().drop(4011, 0);
        t.ping.discord.advance(1min);
        CHECK(t.ping.failure() == gateway_errc::sharding_required);
    }
}

TEST_CASE("a shard that needs sharding waits while Discord does not answer (GW-CLOSE-26)") {
    talking_guilds t{2, with_shards(2), [](bot_config& config) {
                         config.autoscale_every = 24h;
                         config.rest.attempts = 1;
                     }};
    t.ping.connect();
    t.ping.discord.rest().recommend_shards(4);
    for (const int status : {500, 503, 502, 503})
        t.ping.discord.rest().fail_next("GET /gateway/bot", status);
    const auto asked = t.ping.discord.rest().requests("GET /gateway/bot").size();
    t.ping.discord.gateway().drop(4011, 0);
    t.ping.discord.advance(1s);
    CHECK(t.ping.discord.running(t.ping.the_bot()));

    SECTION("until it does") {
        t.ping.discord.advance(3min);
        CHECK(t.ping.discord.rest().requests("GET /gateway/bot").size() == asked + 5);
        CHECK(t.ready() == 4);
        for (std::size_t i = 0; i < t.rooms.size(); ++i)
            t.say(i);
        t.ping.discord.advance(1s);
        CHECK(t.got == t.sent);
    }
    SECTION("and a reshard by the user meanwhile is as good") {
        for (int failing = 0; failing < 3; ++failing)
            t.start(t.ping.the_bot().reshard(shard_plan::fixed(4)));
        REQUIRE(t.failure);
        t.failure = nullptr;
        t.ended = false;
        t.start(t.ping.the_bot().reshard(shard_plan::fixed(4)));
        t.ping.discord.advance(3min);
        CHECK(t.ended);
        CHECK_FALSE(t.failure);
        CHECK(t.ping.discord.running(t.ping.the_bot()));
        CHECK(t.ready() == 4);
    }
    SECTION("and a stop ends the waiting") {
        t.ping.the_bot().stop();
        t.ping.discord.advance(1s);
        CHECK_FALSE(t.ping.discord.running(t.ping.the_bot()));
        CHECK_FALSE(t.ping.failure());
    }
    SECTION("but not for what will not pass") {
        t.ping.discord.rest().answer_next("GET /gateway/bot", 401, "{}", 10);
        t.ping.discord.advance(3min);
        CHECK(t.ping.failure() == gateway_errc::sharding_required);
    }
}

TEST_CASE("a handler of a set that was replaced runs to its end, or to the grace of the stop") {
    talking_guilds t{1};
    int begun = 0;
    int ended = 0;
    t.ping.the_bot().on<message_create>([&](auto) -> task<> {
        ++begun;
        co_await sleep_for(10min);
        ++ended;
    });
    t.ping.connect();
    t.say(0);
    t.ping.discord.settle();
    REQUIRE(begun == 1);
    t.start(t.ping.the_bot().reshard(shard_plan::fixed(3)));
    t.ping.discord.advance(2min);
    REQUIRE(t.ended);
    CHECK(t.ping.counters->value(gauge::handlers_in_flight) == 1);
    SECTION("its end") {
        t.ping.discord.advance(10min);
        CHECK(ended == 1);
    }
    SECTION("a stop") {
        t.ping.discord.stop(t.ping.the_bot());
        CHECK(ended == 0);
    }
    CHECK(t.ping.counters->value(gauge::handlers_in_flight) == 0);
}

TEST_CASE("a presence during a reshard reaches the shards that are coming, too (GW-SHARD-12)") {
    talking_guilds t{2};
    t.ping.connect();
    t.ping.discord.gateway().forget_seen();
    t.start(t.ping.the_bot().reshard(shard_plan::fixed(4)));
    t.ping.discord.advance(8s);
    const auto before = t.ping.discord.gateway().identifies();
    REQUIRE(before > 0);
    REQUIRE(before < 4);
    t.ping.the_bot().update_presence(presence_draft::dnd());
    t.ping.discord.advance(2min);
    REQUIRE(t.ended);
    CHECK_FALSE(t.why());
    std::set<std::uint64_t> told;
    for (const auto& frame : t.ping.discord.gateway().frames(3))
        told.insert(frame.connection);
    CHECK(told.size() == 6);
    for (const auto& identify : t.ping.discord.gateway().frames(2))
        CHECK(told.count(identify.connection) == 1);
}

TEST_CASE("when the new set fails, the old one goes on (GW-SHARD-13)") {
    talking_guilds t{3};
    t.ping.connect();
    t.ping.discord.gateway().close_on_identify(4010);
    t.start(t.ping.the_bot().reshard(shard_plan::fixed(4)));
    t.say(0);
    t.ping.discord.advance(1min);
    REQUIRE(t.ended);
    CHECK(t.why() == gateway_errc::invalid_shard);
    t.say(1);
    t.ping.discord.advance(1s);
    CHECK(t.got == t.sent);
    CHECK(t.ping.discord.running(t.ping.the_bot()));
    CHECK(t.ready() == 2);
    CHECK(t.closed_with(1000) == 0);
}

TEST_CASE(
    "new shards that do not get every guild of the old ones do not replace them (GW-SHARD-13)") {
    talking_guilds t{2};
    t.ping.connect();
    auto& gateway = t.ping.discord.gateway();
    // Only the session of shard 1 knows it, the second to identify.
    REQUIRE(
        gateway.dispatch_to(1, "GUILD_CREATE", R"({"id":"44","name":"odd","unavailable":false})"));
    t.ping.discord.advance(1s);

    SECTION("the old ones go on") {
        t.start(t.ping.the_bot().reshard(shard_plan::fixed(4)));
        t.ping.discord.advance(1min);
        t.say(0);
        CHECK_FALSE(t.ended);
        t.ping.discord.advance(3min);
        t.say(1);
        t.ping.discord.advance(1s);
        REQUIRE(t.ended);
        CHECK(t.why() == errc::timed_out);
        CHECK_THAT(t.words(), Catch::Contains("1 did not come"));
        CHECK(t.ping.the_bot().status().size() == 2);
        CHECK(t.ready() == 2);
        CHECK(gateway.connections() == 2);
    }
    SECTION("a guild that is left meanwhile is not missed") {
        t.start(t.ping.the_bot().reshard(shard_plan::fixed(4)));
        t.ping.discord.advance(1s);
        gateway.dispatch_to(1, "GUILD_DELETE", R"({"id":"44"})");
        t.ping.discord.advance(2min);
        t.say(0);
        t.ping.discord.advance(1s);
        REQUIRE(t.ended);
        CHECK_FALSE(t.why());
        CHECK(t.ready() == 4);
    }
    CHECK(t.got == t.sent);
}

TEST_CASE("a reshard that cannot be is refused, and nothing changes") {
    talking_guilds t{2};
    SECTION("before the bot runs") {
        CHECK_THROWS_AS(t.ping.the_bot().reshard(shard_plan::fixed(4)), error);
        return;
    }
    t.ping.connect();
    SECTION("a plan that cannot be") {
        t.start(t.ping.the_bot().reshard(shard_plan::fixed(0)));
        CHECK(t.why() == errc::invalid_configuration);
    }
    SECTION("no session starts left") {
        t.ping.discord.rest().start_limit(3, 1000, 1h);
        t.start(t.ping.the_bot().reshard(shard_plan::fixed(4)));
        CHECK(t.why() == errc::start_limit_reached);
    }
    SECTION("Discord does not answer") {
        for (int i = 0; i < 5; ++i)
            t.ping.discord.rest().fail_next(503);
        t.start(t.ping.the_bot().reshard(shard_plan::fixed(4)));
        t.ping.discord.advance(2min);
        CHECK(t.why() == cause::retryable);
    }
    SECTION("a second one meanwhile") {
        t.start(t.ping.the_bot().reshard(shard_plan::fixed(4)));
        std::optional<error_code> second;
        const auto note = [&second](std::exception_ptr why) {
            try {
                std::rethrow_exception(why);
            } catch (const error& e) {
                second = e.code();
            }
        };
        boost::asio::co_spawn(t.ping.discord.executor(),
                              ignore_answer(t.ping.the_bot().autoscale()), note);
        t.ping.discord.settle();
        CHECK(second == error_code{errc::invalid_configuration});
        t.ping.discord.advance(1min);
        CHECK(t.ready() == 4);
        return;
    }
    t.ping.discord.advance(1min);
    CHECK(t.ended);
    CHECK(t.ready() == 2);
    CHECK(t.ping.discord.running(t.ping.the_bot()));
}

TEST_CASE("stop during a reshard closes both sets, in every phase of it") {
    for (auto after = 0ms; after <= 30s; after += 700ms) {
        talking_guilds t{2};
        t.ping.connect();
        t.start(t.ping.the_bot().reshard(shard_plan::fixed(4)));
        t.ping.discord.advance(after);
        t.ping.the_bot().stop();
        t.ping.discord.advance(10s);
        INFO("after " << after.count() << " ms");
        CHECK(t.ended);
        CHECK_FALSE(t.ping.discord.running(t.ping.the_bot()));
        CHECK(t.ping.discord.gateway().connections() == 0);
        CHECK_FALSE(t.ping.failure());
    }
}

TEST_CASE("a shard plan of the user's own (GW-SHARD-10)") {
    const auto odd_ones = [](const gateway_bot& info) {
        std::vector<shard_id> out;
        for (int i = 1; i < 2 * info.shards; i += 2)
            out.push_back({i, 2 * info.shards});
        return out;
    };
    talking_guilds t{1, with_shards(2),
                     [&](bot_config& config) { config.shards = shard_plan::chosen_by(odd_ones); }};
    t.ping.connect();
    const auto all = t.ping.the_bot().status();
    REQUIRE(all.size() == 2);
    CHECK(all[0].shard == shard_id{1, 4});
    CHECK(all[1].shard == shard_id{3, 4});
}

TEST_CASE("autoscale asks the user's own plan again, which decides (GW-SHARD-10)") {
    const auto even_ones = [](const gateway_bot& info) {
        std::vector<shard_id> out;
        for (int i = 0; i < info.shards; i += 2)
            out.push_back({i, info.shards});
        return out;
    };
    talking_guilds t{2, with_shards(2),
                     [&](bot_config& config) { config.shards = shard_plan::chosen_by(even_ones); }};
    t.ping.connect();
    CHECK_FALSE(t.ping.discord.run(t.ping.the_bot().autoscale()));
    t.ping.discord.rest().recommend_shards(4);
    CHECK(t.ping.discord.run(t.ping.the_bot().autoscale()));
    const auto all = t.ping.the_bot().status();
    REQUIRE(all.size() == 2);
    CHECK(all[0].shard == shard_id{0, 4});
    CHECK(all[1].shard == shard_id{2, 4});
    CHECK_FALSE(t.ping.discord.run(t.ping.the_bot().autoscale()));
}

TEST_CASE("a part of the shards is not scaled: the others run elsewhere (GW-SHARD-10)") {
    talking_guilds t{1, with_shards(16),
                     [](bot_config& config) { config.shards = shard_plan::range(0, 1, 8); }};
    t.ping.connect();
    t.ping.discord.gateway().forget_seen();
    t.start(ignore_answer(t.ping.the_bot().autoscale()));
    t.ping.discord.advance(1min);
    REQUIRE(t.ended);
    CHECK(t.why() == errc::invalid_configuration);
    CHECK(t.ping.discord.gateway().identifies() == 0);
    CHECK(t.ready() == 2);
}

namespace {

/// Says what the emulator would say, but for the number of shards.
class counted_source final : public gateway_source {
public:
    explicit counted_source(int shards) : shards_{shards} {}
    task<gateway_bot> ask() override {
        ++asked;
        gateway_bot out;
        out.url = "wss://gateway.discord.test";
        out.shards = shards_;
        out.session_start_limit.total = out.session_start_limit.remaining = 1000;
        co_return out;
    }
    int asked = 0;

private:
    int shards_;
};

/// Another process's gate: a permit every ten seconds.
class slow_gate final : public identify_gate {
public:
    task<> acquire(int shard_index) override {
        co_await sleep_for(10s);
        acquired.push_back(shard_index);
    }
    void sent(int shard_index) override { went_out.push_back(shard_index); }
    void give_back(int) override {}

    std::vector<int> acquired;
    std::vector<int> went_out;
};

} // namespace

TEST_CASE("where the gateway is, and who may identify, can be somebody else's word (GW-ID-15)") {
    const auto source = std::make_shared<counted_source>(3);
    const auto gate = std::make_shared<slow_gate>();
    auto options = with_shards(1);
    options.max_concurrency = 2; // this gate lets two through together
    talking_guilds t{1, options, [&](bot_config& config) {
                         config.gateway_source = source;
                         config.identify_gate = gate;
                     }};
    t.ping.connect();
    CHECK(source->asked == 1);
    CHECK(t.ready() == 3);
    CHECK(gate->went_out == std::vector<int>{0, 1, 2});
    CHECK(gate->acquired == gate->went_out);
    CHECK(t.ping.discord.clock().elapsed() >= 20s);
    CHECK(t.ping.discord.rest().requests("GET /gateway/bot").empty());
}

TEST_CASE("one shard of a running bot is stopped, started, restarted and reconnected") {
    talking_guilds t{2};
    t.ping.connect();
    const auto one = t.ping.the_bot().shard(1);
    one.reconnect();
    t.ping.discord.advance(10s);
    CHECK(t.ping.discord.gateway().resumes() == 1);
    one.restart();
    t.ping.discord.advance(10s);
    CHECK(t.ping.close_codes() == std::vector<std::uint16_t>{4000, 1000});
    CHECK(one.status().state == shard_state::ready);
    one.stop();
    t.ping.discord.advance(10s);
    CHECK(one.status().state == shard_state::stopped);
    CHECK(t.ready() == 1);
    one.start();
    t.ping.discord.advance(10s);
    CHECK(t.ready() == 2);
}
