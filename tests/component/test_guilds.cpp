// What the coming and going of guilds means, as handlers and status tell it.

#include "fixture.hpp"

#include <boost/asio/co_spawn.hpp>

using namespace strandcord;
using namespace strandcord::test;

namespace {

using texts = std::vector<std::string>;

/// A bot that notes every guild event of strandcord's own, in order.
struct guild_watch {
    explicit guild_watch(std::function<void(bot_config&)> change = {})
        : home{discord.guild("emulated guild")}, club{discord.guild("club")} {
        bot_config config = discord.config();
        config.log = logs.log();
        if (change)
            change(config);
        made.emplace(discord.executor(), std::move(config));
        note<guild_loaded>("loaded");
        note<guild_joined>("joined");
        note<guild_returned>("returned");
        note<guild_outage>("outage");
        note<guild_left>("left");
        made->on<guilds_ready>([this](auto event) -> task<> {
            seen.push_back("ready " + std::to_string(event->loaded) + " missing " +
                           std::to_string(event->missing.size()));
            co_return;
        });
    }
    ~guild_watch() {
        if (discord.running(*made))
            discord.stop(*made);
    }
    template <class E>
    void note(std::string word) {
        made->on<E>([this, word](auto event) -> task<> {
            seen.push_back(word + ' ' + (event->id == home.id() ? "home" : "club"));
            co_return;
        });
    }
    texts take() { return std::exchange(seen, {}); }
    std::size_t guilds() const {
        std::size_t sum = 0;
        for (const auto& one : made->status())
            sum += one.guilds;
        return sum;
    }
    std::size_t unavailable() const {
        std::size_t sum = 0;
        for (const auto& one : made->status())
            sum += one.unavailable_guilds;
        return sum;
    }

    testing::discord discord;
    testing::guild& home;
    testing::guild& club;
    log_capture logs;
    std::optional<bot> made;
    texts seen;
};

} // namespace

// As docs/guilds.md has it.
namespace sc = strandcord;

struct arrival {
    sc::snowflake id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(arrival, (), (id, name))

TEST_CASE("a welcome belongs to guild_joined, with the fields that it reads") {
    testing::discord discord;
    auto& club = discord.guild("club");
    bot bot{discord.executor(), discord.config()};
    std::vector<std::string> welcomed;
    bot.on<sc::guild_joined, arrival>([&](auto guild) -> sc::task<> {
        welcomed.push_back(guild->name);
        co_return;
    });
    discord.connect(bot);
    CHECK(welcomed.empty());
    club.removes_bot();
    club.invites_bot();
    discord.advance(1s);
    CHECK(welcomed == texts{"club"});
    discord.stop(bot);
}

TEST_CASE("handlers are told which guilds were loaded, joined, left, down and back (GW-GUILD-2, "
          "GW-GUILD-4)") {
    guild_watch t;
    t.discord.connect(*t.made);
    CHECK(t.take() == texts{"loaded home", "loaded club", "ready 2 missing 0"});
    CHECK(t.guilds() == 2);

    t.club.goes_down();
    t.discord.advance(1s);
    CHECK(t.take() == texts{"outage club"});
    CHECK(t.guilds() == 1);
    CHECK(t.unavailable() == 1);
    t.club.comes_back();
    t.discord.advance(1s);
    CHECK(t.take() == texts{"returned club"});

    t.club.removes_bot();
    t.discord.advance(1s);
    CHECK(t.take() == texts{"left club"});
    CHECK(t.guilds() == 1);
    CHECK(t.unavailable() == 0);
    t.club.invites_bot();
    t.discord.advance(1s);
    CHECK(t.take() == texts{"joined club"});
    CHECK(t.guilds() == 2);
}

TEST_CASE("a guild that is down at the start is missing, and loaded when it comes (GW-GUILD-3, "
          "GW-GUILD-6)") {
    guild_watch t;
    t.club.goes_down();
    t.discord.connect(*t.made);
    t.discord.advance(20s);
    CHECK(t.take() == texts{"loaded home", "ready 1 missing 1"});
    t.club.comes_back();
    t.discord.advance(1s);
    CHECK(t.take() == texts{"loaded club"});
    CHECK(t.guilds() == 2);
}

TEST_CASE("a guild left while the shard had no session is told with the next READY "
          "(GW-READY-7)") {
    guild_watch t;
    t.discord.connect(*t.made);
    t.take();
    t.discord.gateway().forget_sessions();
    t.discord.gateway().refuse_connections(1);
    t.discord.gateway().drop(4000);
    t.club.removes_bot();
    t.discord.advance(1min);
    CHECK(t.take() == texts{"left club", "loaded home", "ready 1 missing 0"});
    CHECK(t.guilds() == 1);
}

TEST_CASE("a resume sends no guild again, and nothing is told twice (GW-GUILD-7)") {
    guild_watch t;
    t.discord.connect(*t.made);
    t.take();
    t.discord.gateway().drop(4000);
    t.discord.advance(1min);
    CHECK(t.discord.gateway().resumes() == 1);
    CHECK(t.take().empty());
    CHECK(t.guilds() == 2);
}

TEST_CASE("without the GUILDS intent the guilds are ready at once (GW-GUILD-6)") {
    guild_watch t{[](bot_config& config) { config.intents = intent::guild_messages; }};
    t.discord.connect(*t.made);
    CHECK(t.take() == texts{"ready 0 missing 0"});
    CHECK(t.unavailable() == 0);
}

TEST_CASE("shards that take over tell no guild as loaded or joined (GW-SHARD-13)") {
    guild_watch t;
    t.discord.connect(*t.made);
    t.take();
    bool done = false;
    boost::asio::co_spawn(t.discord.executor(), t.made->reshard(shard_plan::fixed(2)),
                          [&done](std::exception_ptr why) { done = !why; });
    t.discord.advance(1min);
    CHECK(done);
    CHECK(t.take().empty());
    CHECK(t.guilds() == 2);
    t.club.removes_bot();
    t.discord.advance(1s);
    CHECK(t.take() == texts{"left club"});
}
