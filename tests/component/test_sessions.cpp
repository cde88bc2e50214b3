// What becomes of sessions when the bot ends: handed over, stored, lost.

#include "fixture.hpp"

#include "support/temporary_directory.hpp"

#include <algorithm>
#include <stdexcept>

using namespace strandcord;
using namespace strandcord::test;

namespace {

using codes = std::vector<std::uint16_t>;

/// A store in memory, shared by the bots of a test.
struct memory_store final : session_store {
    std::vector<resume_point> load() override {
        ++loads;
        return points;
    }
    void save(const std::vector<resume_point>& now) override {
        if (broken)
            throw std::runtime_error{"the disk is full"};
        ++saves;
        points = now;
    }
    std::vector<resume_point> points;
    int loads = 0;
    int saves = 0;
    bool broken = false;
};

/// One bot after another on the same Discord, as processes would follow each other. All that their
/// handlers see is kept in order.
struct generations {
    explicit generations(testing::emulator_options options = {})
        : discord{options}, general{discord.channel("general")}, ada{discord.user("ada")} {}
    ~generations() { leave(); }

    bot& start(std::function<void(bot_config&)> change = {}) {
        leave();
        bot_config config = discord.config();
        config.log = logs.log();
        config.metrics = counters;
        if (change)
            change(config);
        made.emplace(discord.executor(), std::move(config));
        made->on<message_create>([this](auto message) -> task<> {
            contents.push_back(message->content);
            if (message->content == "slow")
                co_await sleep_for(1h);
        });
        made->on<session_gap>([this](auto gap) -> task<> {
            gaps.push_back(*gap);
            order.emplace_back(gap.name());
            co_return;
        });
        made->on<ready>([this](auto event) -> task<> {
            order.emplace_back(event.name());
            co_return;
        });
        made->on<resumed>([this](auto event) -> task<> {
            order.emplace_back(event.name());
            co_return;
        });
        return *made;
    }
    void run() {
        discord.start(*made);
        discord.settle();
    }
    void leave() {
        if (made && discord.running(*made))
            discord.stop(*made);
        made.reset();
    }
    std::vector<resume_point> hands_over() { return discord.run(made->hand_over()); }
    bool logged(std::string_view text) const {
        const auto all = logs.records();
        return std::any_of(all.begin(), all.end(),
                           [&](const auto& one) { return one.text.find(text) == 0; });
    }
    bool refused(std::string_view reason) const {
        const auto all = logs.at_least(level::warning);
        return std::any_of(all.begin(), all.end(), [&](const auto& one) {
            return one.has("reason") && one.string("reason") == reason;
        });
    }

    log_capture logs;
    std::shared_ptr<registry> counters = std::make_shared<registry>();
    testing::discord discord;
    testing::channel& general;
    testing::user& ada;
    std::vector<std::string> contents;
    std::vector<session_gap_data> gaps;
    std::vector<std::string> order;
    std::optional<bot> made;
};

std::function<void(bot_config&)> resuming(std::vector<resume_point> points) {
    return [points = std::move(points)](bot_config& config) { config.resume = points; };
}
std::function<void(bot_config&)> storing(std::shared_ptr<session_store> store) {
    return [store = std::move(store)](bot_config& config) { config.sessions = store; };
}

} // namespace

TEST_CASE("a bot that hands over is followed by one that resumes, and no event is lost "
          "(GW-RES-17, GW-RES-7, GW-BYE-4)") {
    generations t;
    t.start();
    t.run();
    t.ada.says("one", t.general);
    const auto points = t.hands_over();
    CHECK_FALSE(t.discord.running(*t.made));
    REQUIRE(points.size() == 1);
    CHECK(points[0].shard == shard_id{0, 1});
    CHECK(points[0].token_hash.size() == 64);
    CHECK(points[0].intents == t.made->effective_intents());
    REQUIRE(t.discord.gateway().closes().size() == 1);
    CHECK(t.discord.gateway().closes()[0].code == 4000);

    t.ada.says("two", t.general);
    t.discord.advance(1min);
    t.start(resuming(points));
    t.run();
    t.ada.says("three", t.general);
    CHECK(t.contents == std::vector<std::string>{"one", "two", "three"});
    CHECK(t.order == std::vector<std::string>{"READY", "RESUMED"});
    CHECK(t.discord.gateway().identifies() == 1);
    CHECK(t.discord.gateway().resumes() == 1);
    CHECK(t.gaps.empty());
    CHECK_FALSE(t.logs.contains(points[0].session_id));
    CHECK(t.discord.violations().empty());
}

TEST_CASE("hand_over() before run() gives what was configured, and run() does nothing") {
    generations t;
    t.start();
    t.run();
    const auto points = t.hands_over();
    t.start(resuming(points));
    CHECK(t.hands_over() == points);
    t.run();
    CHECK_FALSE(t.discord.running(*t.made));
    CHECK(t.discord.gateway().resumes() == 0);
}

TEST_CASE("hand_over() may be called again: all calls give the same") {
    generations t;
    t.start();
    t.run();
    std::vector<std::vector<resume_point>> given;
    for (int i = 0; i < 3; ++i)
        t.discord.clock().spawn([](generations& of, auto& out) -> task<> {
            auto points = co_await of.made->hand_over();
            out.push_back(std::move(points));
        }(t, given));
    t.discord.settle();
    REQUIRE(given.size() == 3);
    CHECK(given[0].size() == 1);
    CHECK(given[1] == given[0]);
    CHECK(given[2] == given[0]);
    CHECK(t.hands_over() == given[0]);
    CHECK(t.discord.gateway().closes().size() == 1);
}

TEST_CASE("after stop() there is nothing to hand over (GW-BYE-1)") {
    generations t;
    t.start();
    t.run();
    t.discord.stop(*t.made);
    CHECK(t.hands_over().empty());
    CHECK(t.discord.gateway().closes().at(0).code == 1000);
}

TEST_CASE("cancelling hand_over() ends the waiting, and the hand-over goes on") {
    generations t;
    t.start();
    t.run();
    t.ada.says("slow", t.general); // holds it up for the grace period
    CHECK_THROWS_AS(t.discord.run(with_timeout(t.made->hand_over(), 1s)), error);
    CHECK(t.discord.running(*t.made));
    CHECK(t.hands_over().size() == 1);
}

TEST_CASE("work that the grace period cuts off comes again in the next process") {
    generations t;
    t.start();
    t.run();
    t.ada.says("before", t.general);
    t.ada.says("slow", t.general);
    t.ada.says("after", t.general);
    t.start(resuming(t.hands_over()));
    t.run();
    CHECK(t.contents == std::vector<std::string>{"before", "slow", "after", "slow", "after"});
}

TEST_CASE("with session_commit::received nothing comes again") {
    generations t;
    t.start([](bot_config& config) { config.commit = session_commit::received; });
    t.run();
    t.ada.says("slow", t.general);
    t.ada.says("after", t.general);
    t.start(resuming(t.hands_over()));
    t.run();
    CHECK(t.contents == std::vector<std::string>{"slow", "after"});
    CHECK(t.discord.gateway().resumes() == 1);
}

TEST_CASE("a bot handed over before its shards are up gives the sessions on") {
    generations t{{.recommended_shards = 2, .max_concurrency = 2}};
    t.start();
    t.run();
    const auto points = t.hands_over();
    REQUIRE(points.size() == 2);
    SECTION("while it asks how many shards there should be") {
        t.discord.rest().delay(1min);
        t.start(resuming(points));
        t.run();
        CHECK(t.hands_over() == points);
    }
    SECTION("while the first shard resumes alone") {
        t.discord.gateway().withhold_hello();
        t.start(resuming(points));
        t.run();
        CHECK(t.hands_over() == points);
    }
    t.discord.gateway().withhold_hello(false);
    t.discord.rest().delay(0s);
    t.start(resuming(points));
    t.run();
    t.discord.advance(5s);
    CHECK(t.discord.gateway().identifies() == 2);
    CHECK(t.discord.gateway().resumes() == 2);
}

TEST_CASE(
    "a session that Discord has forgotten meanwhile: Identify, and a session_gap before READY "
    "(GW-RES-14)") {
    generations t;
    t.start();
    t.run();
    t.ada.says("one", t.general);
    const auto points = t.hands_over();
    t.discord.advance(10min);
    t.start(resuming(points));
    t.run();
    t.discord.advance(10s);
    CHECK(t.discord.gateway().identifies() == 2);
    REQUIRE(t.gaps.size() == 1);
    CHECK(t.gaps[0].cause == "invalid session");
    CHECK(t.gaps[0].first_missing_sequence == points[0].sequence + 1);
    CHECK(t.gaps[0].seconds > 0);
    CHECK(t.gaps[0].seconds < 10);
    CHECK(t.order == std::vector<std::string>{"READY", "STRANDCORD_SESSION_GAP", "READY"});
    CHECK(t.counters->value(counter::sessions_lost) == 1);
}

TEST_CASE("a session lost in one life is a session_gap too (GW-RES-10)") {
    generations t;
    t.start();
    t.run();
    t.discord.gateway().forget_sessions();
    t.discord.gateway().drop(4000);
    t.discord.advance(30s);
    REQUIRE(t.gaps.size() == 1);
    CHECK(t.gaps[0].cause == "invalid session");
    CHECK(t.order == std::vector<std::string>{"READY", "STRANDCORD_SESSION_GAP", "READY"});
}

TEST_CASE("a session that does not fit is refused in the log, and a new one is started "
          "(GW-RES-17)") {
    generations t;
    t.start();
    t.run();
    auto points = t.hands_over();
    SECTION("another number of shards") {
        t.start([&](bot_config& config) {
            config.resume = points;
            config.shards = shard_plan::fixed(2);
        });
        t.run();
        t.discord.advance(10s);
        CHECK(t.logged("Kept sessions are of shards that do not run here"));
        CHECK(t.discord.gateway().identifies() == 3);
    }
    SECTION("other intents") {
        t.discord.advance(10s); // or Discord has it identify again
        t.start([&](bot_config& config) {
            config.resume = points;
            config.intents = intents{intent::guilds};
        });
        t.run();
        CHECK(t.refused("it was started with other intents"));
        CHECK(t.discord.gateway().identifies() == 2);
        REQUIRE(t.gaps.size() == 1);
        CHECK(t.gaps[0].cause == "not continued: it was started with other intents");
        CHECK(t.gaps[0].first_missing_sequence == points[0].sequence + 1);
        t.gaps.clear();
    }
    SECTION("another token") {
        points[0].token_hash[0] = points[0].token_hash[0] == '0' ? '1' : '0';
        t.start(resuming(points));
        t.run();
        CHECK(t.refused("it was started with another token"));
        CHECK(t.discord.gateway().identifies() == 2);
    }
    CHECK(t.discord.gateway().resumes() == 0);
    CHECK(t.gaps.empty());
}

TEST_CASE("a client hands over as a bot does") {
    testing::discord discord;
    std::vector<resume_point> points;
    {
        client one{discord.executor(), discord.client_config()};
        discord.connect(one);
        points = discord.run(one.hand_over());
    }
    REQUIRE(points.size() == 1);
    auto config = discord.client_config();
    config.resume = points;
    client two{discord.executor(), config};
    discord.start(two);
    discord.settle();
    CHECK(two.status().state == shard_state::ready);
    CHECK(discord.gateway().identifies() == 1);
    discord.stop(two);
}

TEST_CASE("a store is asked once, and saved when a session begins and while events flow") {
    generations t;
    const auto store = std::make_shared<memory_store>();
    t.start(storing(store));
    t.run();
    REQUIRE(store->points.size() == 1);
    CHECK(store->loads == 1);
    const auto first = store->points[0].sequence;
    for (int i = 0; i < 100; ++i) {
        t.ada.says("hello", t.general);
        t.discord.advance(100ms);
    }
    CHECK(store->points[0].sequence == first + 100);
    CHECK(store->saves <= 2 + 10 * 2);
    const auto saves = store->saves;
    t.discord.advance(1h);
    CHECK(store->saves == saves);
}

TEST_CASE("what is stored is finished: a process that is gone in an instant repeats, and loses "
          "nothing (GW-DISP-4, GW-RES-15)") {
    generations t;
    const auto store = std::make_shared<memory_store>();
    t.start(storing(store));
    t.run();
    t.ada.says("before", t.general);
    t.ada.says("slow", t.general);
    t.ada.says("after", t.general);
    t.discord.advance(1s);
    // As a kill would: what is in the store stays, the connection breaks.
    auto killed = std::make_shared<memory_store>(*store);
    t.discord.gateway().kill_main_host();
    t.discord.gateway().kill_resume_host();
    t.discord.gateway().reset();
    t.discord.settle();
    t.discord.stop(*t.made);
    t.discord.gateway().kill_main_host(false);
    t.discord.gateway().kill_resume_host(false);
    t.ada.says("meanwhile", t.general);
    t.start(storing(killed));
    t.run();
    CHECK(t.contents ==
          std::vector<std::string>{"before", "slow", "after", "slow", "after", "meanwhile"});
    CHECK(t.discord.gateway().identifies() == 1);
}

TEST_CASE("stop() empties the store, hand_over() leaves it for the next process") {
    generations t;
    const auto store = std::make_shared<memory_store>();
    t.start(storing(store));
    t.run();
    SECTION("stop") {
        t.discord.stop(*t.made);
        CHECK(store->points.empty());
        t.start(storing(store));
        t.run();
        CHECK(t.discord.gateway().identifies() == 2);
    }
    SECTION("hand_over") {
        CHECK(t.hands_over() == store->points);
        REQUIRE(store->points.size() == 1);
        t.start(storing(store));
        t.run();
        CHECK(t.discord.gateway().identifies() == 1);
        CHECK(t.discord.gateway().resumes() == 1);
    }
}

TEST_CASE("a point that is given goes before the one that is stored") {
    generations t;
    const auto store = std::make_shared<memory_store>();
    t.start(storing(store));
    t.run();
    const auto points = t.hands_over();
    store->points[0].session_id = "an older one";
    t.start([&](bot_config& config) {
        config.resume = points;
        config.sessions = store;
    });
    t.run();
    CHECK(t.discord.gateway().identifies() == 1);
    CHECK(store->points[0].session_id == points[0].session_id);
}

TEST_CASE("a store that fails later is one line in the log, and the bot goes on") {
    generations t;
    const auto store = std::make_shared<memory_store>();
    t.start(storing(store));
    t.run();
    store->broken = true;
    for (int i = 0; i < 5; ++i) {
        t.ada.says("hello", t.general);
        t.discord.advance(1s);
    }
    const auto errors = t.logs.at_least(level::error);
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].text.find("The sessions cannot be saved") == 0);
    CHECK(errors[0].string("error") == "the disk is full");
    store->broken = false;
    t.discord.advance(1s);
    CHECK(t.hands_over() == store->points);
}

TEST_CASE(
    "a session file that cannot be used ends the start with one sentence, and stays as it is") {
    generations t;
    const temporary_directory place;
    const auto path = place.file("sessions");
    const auto failure = [&](const std::string& where) -> std::string {
        t.start(storing(std::make_shared<file_session_store>(where)));
        t.run();
        CHECK_FALSE(t.discord.running(*t.made));
        try {
            if (const auto thrown = t.discord.failure(*t.made))
                std::rethrow_exception(thrown);
        } catch (const error& e) {
            CHECK(e.code() == errc::invalid_configuration);
            return e.what();
        }
        return "it ran";
    };
    SECTION("of another program") {
        write_file(path, "my notes");
        CHECK(failure(path).find(path) != std::string::npos);
        CHECK(t.hands_over().empty());
        CHECK(content_of(path) == "my notes");
    }
    SECTION("in a directory that does not exist") {
        CHECK(failure(place.file("missing/sessions")).find("cannot be written") !=
              std::string::npos);
    }
    CHECK(t.discord.rest().requests().empty());
}

TEST_CASE("one file keeps the sessions of all shards, and no token") {
    generations t{{.recommended_shards = 3, .max_concurrency = 3}};
    const temporary_directory place;
    const auto path = place.file("sessions");
    t.start(storing(std::make_shared<file_session_store>(path)));
    t.run();
    t.discord.advance(10s);
    CHECK(t.hands_over().size() == 3);
    CHECK(content_of(path).find("emulated-token") == std::string::npos);
    t.start(storing(std::make_shared<file_session_store>(path)));
    t.run();
    t.discord.advance(10s);
    CHECK(t.discord.gateway().identifies() == 3);
    CHECK(t.discord.gateway().resumes() == 3);
}

TEST_CASE("after a reshard the sessions of the new set are handed over") {
    generations t;
    const auto store = std::make_shared<memory_store>();
    t.start(storing(store));
    t.run();
    t.ada.says("one", t.general);
    t.discord.run(t.made->reshard(shard_plan::fixed(3)));
    t.ada.says("two", t.general);
    t.discord.advance(1s);
    const auto points = t.hands_over();
    REQUIRE(points.size() == 3);
    CHECK(points[2].shard == shard_id{2, 3});
    CHECK(store->points == points);
    t.ada.says("three", t.general);
    t.start([&](bot_config& config) {
        config.sessions = store;
        config.shards = shard_plan::fixed(3);
    });
    t.run();
    t.discord.advance(10s);
    CHECK(t.contents == std::vector<std::string>{"one", "two", "three"});
    CHECK(t.discord.gateway().identifies() == 1 + 3);
    CHECK(t.discord.gateway().resumes() == 3);
    CHECK(t.gaps.empty());
}

TEST_CASE("while a reshard is under way the store holds the set that serves") {
    generations t;
    const auto store = std::make_shared<memory_store>();
    t.start(storing(store));
    t.run();
    t.discord.clock().spawn(t.made->reshard(shard_plan::fixed(3)));
    t.discord.advance(3s); // one of three has identified
    t.ada.says("hello", t.general);
    t.discord.advance(1s);
    REQUIRE(store->points.size() == 1);
    CHECK(store->points[0].shard == shard_id{0, 1});
    CHECK(store->points[0].sequence == t.made->status().at(0).sequence);
    t.discord.advance(1min);
    REQUIRE(store->points.size() == 3);
    const auto shards = t.made->status();
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(store->points[i].sequence == shards[i].sequence);
}
