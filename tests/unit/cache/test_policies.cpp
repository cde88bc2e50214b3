#include "cache_fixture.hpp"

#include <strandcord/error.hpp>

using namespace strandcord;
using namespace std::chrono_literals;
using strandcord::test::cache_world;

namespace {

struct member_id {
    snowflake id;
};
BOOST_DESCRIBE_STRUCT(member_id, (), (id))

/// `boxed` for what most members lack.
struct slim_member {
    member_id user;
    boxed<std::string> nick;
    std::vector<snowflake> roles;
};
BOOST_DESCRIBE_STRUCT(slim_member, (), (user, nick, roles))

struct slim_guild {
    std::string name;
    std::int64_t member_count = 0;
};
BOOST_DESCRIBE_STRUCT(slim_guild, (), (name, member_count))

struct orphan_thread {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(orphan_thread, (), (name))

std::string refusal(const cache_options& options) {
    try {
        memory_cache{options};
    } catch (const error& e) {
        CHECK(e.code() == errc::invalid_configuration);
        return e.what();
    }
    return {};
}

} // namespace

TEST_CASE("a cache keeps what its options name and nothing else") {
    cache_world world{cache_options::defaults()};
    world.load();
    CHECK(world.cache.guild(1));
    CHECK(world.cache.channel(2));
    CHECK(world.cache.role(1, 11));
    CHECK(world.cache.member(1, 7)); // the bot's own
    CHECK_FALSE(world.cache.member(1, 5));
    CHECK_FALSE(world.cache.user(5));
    CHECK_FALSE(world.cache.thread(20));
    CHECK(world.cache.state().kinds.size() == 4);
}

TEST_CASE("a cache that keeps nothing knows nothing") {
    cache_world world{cache_options{}};
    world.load();
    CHECK_FALSE(world.cache.guild(1));
    CHECK_FALSE(world.cache.standing(1));
    CHECK(world.cache.state().kinds.empty());
}

TEST_CASE("GW-DISP-21 the own member follows its update") {
    cache_world world{cache_options::defaults()};
    world.load();
    world.event("GUILD_MEMBER_UPDATE",
                R"({"guild_id":"1","user":{"id":"7","username":"bot"},"roles":["11"],"nick":"B"})");
    CHECK(world.cache.member(1, 7)->nick == "B");
    world.event("GUILD_MEMBER_UPDATE",
                R"({"guild_id":"1","user":{"id":"5","username":"ada"},"roles":[],"nick":"A"})");
    CHECK(world.cache.count(entity_kind::member) == 1);
}

TEST_CASE("rules combine, and are asked again when an object changes") {
    const auto text =
        keep_if<channel>([](const channel& one) { return one.type == channel_type{0}; });
    const auto named = keep_if<channel>([](const channel& one) { return one.name == "voice"; });
    const auto in_guild = keep_if([](const cache_key& key) { return key.owner == snowflake{1}; });
    SECTION("or") {
        cache_world world{
            test::everything().keep(entity_kind::channel, {.keep_if = text || named})};
        world.load();
        CHECK(world.cache.channel(2));
        CHECK(world.cache.channel(3));
        CHECK_FALSE(world.cache.channel(4));
        world.event("CHANNEL_UPDATE", R"({"id":"3","guild_id":"1","type":2,"name":"renamed"})");
        CHECK_FALSE(world.cache.channel(3));
        CHECK(world.cache.counters(entity_kind::channel).refused == 1);
    }
    SECTION("and") {
        cache_world world{
            test::everything().keep(entity_kind::channel, {.keep_if = text && in_guild})};
        world.load();
        CHECK(world.cache.channels(1).size() == 1);
        world.event("GUILD_CREATE", R"({"id":"9","name":"o","channels":[{"id":"90","type":0}]})");
        CHECK_FALSE(world.cache.channel(90));
    }
}

TEST_CASE("limits of a kind hold") {
    cache_world world{test::everything()
                          .keep(entity_kind::message, {.ttl = 60s, .entries = 10})
                          .keep(entity_kind::user, {.bytes = 4000})};
    world.load();
    for (int i = 0; i < 50; ++i)
        world.event("MESSAGE_CREATE", R"({"channel_id":"2","guild_id":"1","id":")" +
                                          std::to_string(200 + i) + R"(","author":{"id":")" +
                                          std::to_string(9000 + i) + R"(","username":"u"}})");
    CHECK(world.cache.count(entity_kind::message) == 10);
    CHECK(world.cache.counters(entity_kind::user).bytes <= 4000);
    CHECK(world.cache.counters(entity_kind::user).over_bytes > 0);
    REQUIRE(world.cache.message(2, 249));
    world.time.advance(61s);
    CHECK_FALSE(world.cache.message(2, 249));
    world.cache.expire();
    CHECK(world.cache.count(entity_kind::message) == 0);
    CHECK(world.cache.channel(2)); // no limit
}

TEST_CASE("a projection has what it names, from every event") {
    cache_world world{test::everything()
                          .keep(entity_kind::member, {.store = store_as<slim_member>()})
                          .keep(entity_kind::guild, {.store = store_as<slim_guild>()})};
    world.load();
    const auto ada = [&] { return world.cache.member<slim_member>(1, 5); };
    REQUIRE(ada());
    CHECK(ada()->user.id == snowflake{5});
    CHECK(*ada()->nick == "Ada");
    CHECK(ada()->roles == std::vector<snowflake>{11});
    world.event("GUILD_MEMBER_UPDATE",
                R"({"guild_id":"1","user":{"id":"5","username":"ada"},"roles":["1"],"nick":null})");
    CHECK_FALSE(ada()->nick);
    world.event(
        "MESSAGE_CREATE",
        R"({"id":"200","channel_id":"2","guild_id":"1","author":{"id":"8","username":"e"},"member":{"roles":["1"]}})");
    CHECK(world.cache.member<slim_member>(1, 8)->user.id == snowflake{8});
    world.event("GUILD_ROLE_DELETE", R"({"guild_id":"1","role_id":"1"})");
    CHECK(ada()->roles.empty());
    // What is counted goes into a member of that name.
    CHECK(world.cache.guild<slim_guild>(1)->member_count == 3);
    world.event("GUILD_MEMBER_ADD",
                R"({"guild_id":"1","user":{"id":"10","username":"n"},"roles":[]})");
    CHECK(world.cache.guild<slim_guild>(1)->member_count == 4);
    CHECK_THROWS_AS(world.cache.member(1, 5), error);
    CHECK_THROWS_AS(world.cache.list<channel>(entity_kind::member, 1), error);
}

TEST_CASE("a member cut down to id, nick and roles takes less than 120 bytes beside its roles") {
    cache_world world{
        test::everything().keep(entity_kind::member, {.store = store_as<slim_member>()})};
    world.load();
    for (int i = 0; i < 1000; ++i)
        world.event("GUILD_MEMBER_ADD",
                    R"({"guild_id":"1","roles":["11","12","13"],"user":{"username":"u","id":")" +
                        std::to_string(9000 + i) + "\"}}");
    const auto counters = world.cache.counters(entity_kind::member);
    CHECK(counters.bytes / counters.entries < 120 + 3 * sizeof(snowflake));
    CHECK(counters.bytes / counters.entries > sizeof(slim_member) + 3 * sizeof(snowflake));
}

TEST_CASE("policies that cannot be are refused with a sentence") {
    CHECK(refusal(cache_options{}.keep(entity_kind::channel, {.ttl = -1s})).find("ttl") !=
          std::string::npos);
    CHECK(refusal(cache_options{}.keep(entity_kind::thread, {.store = store_as<orphan_thread>()}))
              .find("parent_id") != std::string::npos);
    CHECK(refusal(cache_options{}.keep(
                      entity_kind::member,
                      {.keep_if = keep_if<channel>([](const channel&) { return true; })}))
              .find("keep_if") != std::string::npos);
    CHECK(refusal(cache_options{}.keep(entity_kind::member, {.store = store_as<std::string>()}))
              .find("no struct") != std::string::npos);
}

TEST_CASE("kinds that are named ask for the intents that feed them") {
    CHECK(cache_options::defaults().needs().empty());
    const auto needs = [](entity_kind kind) { return cache_options{}.keep(kind).needs(); };
    for (const auto kind : {entity_kind::guild, entity_kind::channel, entity_kind::thread,
                            entity_kind::role, entity_kind::stage_instance})
        CHECK(needs(kind) == intent::guilds);
    for (const auto kind :
         {entity_kind::emoji, entity_kind::sticker, entity_kind::soundboard_sound})
        CHECK(needs(kind) == (intent::guilds | intent::guild_expressions));
    CHECK(needs(entity_kind::presence) == (intent::guilds | intent::guild_presences));
    CHECK(needs(entity_kind::voice_state) == (intent::guilds | intent::guild_voice_states));
    CHECK(needs(entity_kind::scheduled_event) == (intent::guilds | intent::guild_scheduled_events));
    CHECK(needs(entity_kind::user).empty());
    // Channels and guilds that go take their messages along.
    CHECK(needs(entity_kind::message) ==
          (intent::guilds | intent::guild_messages | intent::direct_messages));
    CHECK(cache_options::defaults().keep(entity_kind::member).needs() ==
          (intent::guilds | intent::guild_members));
    const auto options =
        cache_options{}.keep(entity_kind::voice_state).without(entity_kind::voice_state);
    CHECK(options.needs().empty());
    CHECK_FALSE(options.keeps(entity_kind::voice_state));
}

TEST_CASE("what one has got elsewhere is kept by the same rules") {
    cache_world world;
    world.load();
    channel made;
    made.id = 60;
    world.cache.put(entity_kind::channel, 1, 1, 60, made);
    CHECK(world.cache.channel(60));
    CHECK(world.cache.erase(entity_kind::channel, 1, 60));
    CHECK_FALSE(world.cache.erase(entity_kind::channel, 1, 60));
    CHECK_THROWS_AS(world.cache.put(entity_kind::role, 1, 1, 60, made), error);
    world.cache.clear();
    CHECK_FALSE(world.cache.guild(1));
}

TEST_CASE("the state of a cache is a value, and its metrics are printed by the registry") {
    cache_world world;
    world.load();
    CHECK(world.cache.channel(2));
    CHECK_FALSE(world.cache.channel(99));
    const auto text = to_json(world.cache.state());
    CHECK(text.find(R"("guilds_available":1)") != std::string::npos);
    CHECK(text.find(R"("kind":"channel","counters":{"entries":3)") != std::string::npos);
    registry meter;
    meter.attach(world.cache.internals());
    const auto metrics = meter.prometheus();
    CHECK(metrics.find("strandcord_cache_entries{kind=\"channel\"} 3\n") != std::string::npos);
    CHECK(metrics.find("strandcord_cache_hits_total{kind=\"channel\"} 1\n") != std::string::npos);
    CHECK(metrics.find("strandcord_cache_misses_total{kind=\"channel\"} 1\n") != std::string::npos);
    CHECK(
        metrics.find("strandcord_cache_evictions_total{kind=\"channel\",reason=\"removed\"} 0\n") !=
        std::string::npos);
}
