// The cache of a bot, fed by an emulated Discord.

#include "fixture.hpp"

#include <strandcord/cache.hpp>

#define main sample_main
#include "../../samples/cache.cpp"
#undef main

using namespace strandcord;
using namespace strandcord::test;

namespace {

std::string update(const testing::channel& which, std::string_view name) {
    return R"({"id":")" + to_string(which.id()) + R"(","guild_id":")" +
           to_string(which.guild_id()) + R"(","type":0,"name":")" + std::string{name} + "\"}";
}

} // namespace

TEST_CASE("GW-DISP-5 EV-4 a handler sees the old state, and the cache has the new one already") {
    ping_bot ping;
    std::vector<std::string> seen;
    ping.the_bot().on<channel_update>([&](event<channel_update> event) -> task<> {
        const auto before = event.before<channel>();
        const auto now = ping.the_bot().cache().channel(event->id);
        seen.push_back((before ? *before->name : "?") + " " + *now->name + " " + *event->name);
        CHECK_FALSE(event.before<guild>());
        co_return;
    });
    ping.connect();
    ping.discord.gateway().dispatch("CHANNEL_UPDATE", update(ping.general, "first"),
                                    ping.general.guild_id());
    ping.discord.gateway().dispatch("CHANNEL_UPDATE", update(ping.general, "second"),
                                    ping.general.guild_id());
    CHECK(seen == std::vector<std::string>{"general first first", "first second second"});
}

TEST_CASE("a bot's cache keeps guilds, channels, roles and own members, also without handlers") {
    ping_bot ping{{}, [](bot_config& config) { config.intents = intents::defaults(); }};
    ping.connect();
    const auto& cache = ping.the_bot().cache();
    const auto id = ping.general.guild_id();
    REQUIRE(cache.guild(id));
    CHECK(cache.standing(id)->availability == guild_availability::available);
    CHECK(cache.channel(ping.general.id())->name == "general");
    CHECK(cache.members(id).size() <= 1);
    ping.discord.guild("emulated guild").rename("renamed");
    ping.ada.says("hello", ping.general);
    CHECK(cache.channel(ping.general.id())->last_message_id == ping.general.last().id);
    CHECK(cache.count(entity_kind::message) == 0);
    CHECK(ping.counters->prometheus().find("strandcord_cache_entries{kind=\"guild\"} 1") !=
          std::string::npos);
}

TEST_CASE("a new session loads the cache anew, a resumed one goes on with it") {
    ping_bot ping{{}, [](bot_config& config) { config.intents = intents::defaults(); }};
    ping.connect();
    const auto& cache = ping.the_bot().cache();
    const auto id = ping.general.guild_id();
    const auto first = cache.guild(id);
    REQUIRE(first);
    ping.discord.gateway().drop(4000);
    ping.discord.advance(30s);
    CHECK(cache.guild(id) == first);
    ping.discord.gateway().forget_sessions();
    ping.discord.gateway().drop(4000);
    ping.discord.advance(60s);
    REQUIRE(cache.guild(id));
    CHECK(cache.guild(id) != first);
    CHECK(cache.channel(ping.general.id()));
}

TEST_CASE("a reshard keeps the cache (GW-SHARD-7)") {
    ping_bot ping{{}, [](bot_config& config) { config.intents = intents::defaults(); }};
    auto& room = ping.discord.guild("second").channel("room");
    ping.connect();
    const auto& cache = ping.the_bot().cache();
    REQUIRE(cache.guilds().size() == 2);
    const auto before = cache.guild(room.guild_id());
    ping.discord.run(ping.the_bot().reshard(shard_plan::fixed(3)));
    CHECK(cache.guild(room.guild_id()) == before);
    CHECK(cache.guilds().size() == 2);
    ping.discord.advance(5min);
    ping.discord.gateway().dispatch("CHANNEL_UPDATE", update(room, "after"), room.guild_id());
    CHECK(cache.channel(room.id())->name == "after");
}

TEST_CASE(
    "GW-GUILD-4 GW-GUILD-5 GW-READY-7 who handles an outage or a leave has the guild as it was") {
    ping_bot ping;
    auto& club = ping.discord.guild("club");
    auto& lodge = ping.discord.guild("lodge");
    std::vector<std::string> seen;
    ping.the_bot().on_any<guild_outage, guild_left>([&](const auto& event) -> task<> {
        const auto before = event.template before<guild>();
        seen.push_back(std::string{event.name()} + ' ' + (before ? before->name : "?"));
        co_return;
    });
    ping.connect();
    club.goes_down();
    ping.discord.advance(1s);
    club.removes_bot();
    ping.discord.advance(1s);
    // One that is left while there is no session is told of with the next READY.
    ping.discord.gateway().forget_sessions();
    ping.discord.gateway().refuse_connections(1);
    ping.discord.gateway().drop(4000);
    lodge.removes_bot();
    ping.discord.advance(1min);
    CHECK(seen == std::vector<std::string>{"STRANDCORD_GUILD_OUTAGE club",
                                           "STRANDCORD_GUILD_LEFT club",
                                           "STRANDCORD_GUILD_LEFT lodge"});
}

TEST_CASE("a kind that is named asks for its intents, a default one does not") {
    testing::discord discord;
    bot_config config = discord.config();
    config.privileged = {};
    bot plain{discord.executor(), config};
    CHECK(plain.effective_intents().empty());
    config.cache = cache_options::defaults().keep(entity_kind::voice_state);
    bot listening{discord.executor(), config};
    CHECK(listening.effective_intents() == (intent::guilds | intent::guild_voice_states));
}

TEST_CASE("a client keeps nothing unless it is told to") {
    testing::discord discord;
    auto config = discord.client_config();
    client quiet{discord.executor(), config};
    discord.connect(quiet);
    CHECK(quiet.cache().state().kinds.empty());
    config.cache = cache_options{}.keep(entity_kind::guild);
    client keeping{discord.executor(), config};
    discord.connect(keeping);
    CHECK(keeping.cache().count(entity_kind::guild) == 1);
}

TEST_CASE("the sample tells what was in a message that was edited or deleted") {
    testing::discord discord;
    auto& general = discord.channel("general");
    auto& ada = discord.user("ada");
    auto config = discord.config();
    config.cache = cache_policies();
    bot made{discord.executor(), std::move(config)};
    install_handlers(made);
    made.on<message_create>([](auto) -> task<> { co_return; });
    discord.connect(made);

    const auto first = ada.says("helo", general);
    ada.edits(first, "hello", general);
    CHECK(general.last().content == "ada changed \"helo\" to \"hello\"");
    ada.deletes(first, general);
    CHECK(general.last().content == "ada took back \"hello\" in general");
    CHECK(made.cache().count(entity_kind::message) == 0);
    CHECK(discord.violations().empty());
}
