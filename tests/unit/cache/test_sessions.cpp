#include "cache_fixture.hpp"

using namespace strandcord;
using strandcord::test::cache_world;

TEST_CASE("GW-READY-5 GW-GUILD-1 guilds of READY are known, and loading until they come") {
    cache_world world;
    world.event(
        "READY",
        R"({"user":{"id":"7"},"guilds":[{"id":"1","unavailable":true},{"id":"9","unavailable":true}]})");
    CHECK(world.cache.own_id() == snowflake{7});
    CHECK(world.cache.standing(1)->availability == guild_availability::loading);
    CHECK_FALSE(world.cache.guild(1));
    world.event("GUILD_CREATE", cache_world::guild_1);
    CHECK(world.cache.standing(1)->availability == guild_availability::available);
    CHECK(world.cache.standing(9)->availability == guild_availability::loading);
    const auto state = world.cache.state();
    CHECK(state.guilds_loading == 1);
    CHECK(state.guilds_available == 1);
}

TEST_CASE("GW-READY-10 the own user is changed by READY and USER_UPDATE only") {
    cache_world world;
    world.load();
    world.event("MESSAGE_CREATE",
                R"({"id":"200","channel_id":"2","author":{"id":"7","username":"stale"}})");
    world.event("GUILD_MEMBER_UPDATE",
                R"({"guild_id":"1","user":{"id":"7","username":"stale"},"roles":["11"]})");
    CHECK(world.cache.user(7)->username == "bot");
    CHECK(world.cache.member(1, 7)->roles.size() == 1);
    world.event("USER_UPDATE", R"({"id":"7","username":"renamed"})");
    CHECK(world.cache.user(7)->username == "renamed");
    CHECK(world.old<user>()->username == "bot");
}

TEST_CASE("a new session of a shard drops what the older one brought") {
    cache_world world;
    world.load();
    world.event("READY", R"({"user":{"id":"7"},"guilds":[{"id":"1","unavailable":true}]})");
    CHECK(world.cache.standing(1)->availability == guild_availability::loading);
    CHECK_FALSE(world.cache.guild(1));
    CHECK(world.old<guild>()->name == "one");
    CHECK(world.cache.count(entity_kind::channel) == 0);
    CHECK(world.cache.count(entity_kind::member) == 0);
}

TEST_CASE("GW-GUILD-7 RESUMED changes nothing") {
    cache_world world;
    world.load();
    const auto before = world.cache.guild(1);
    world.event("RESUMED", R"({})");
    CHECK(world.cache.guild(1) == before);
    CHECK(world.cache.standing(1)->availability == guild_availability::available);
}

TEST_CASE("a session of another set of shards takes over without dropping anything") {
    cache_world world;
    world.load();
    cache::feed other{world.cache.internals(), shard_id{0, 2}};
    const snowflake guild{1};
    REQUIRE(shard_of(guild, 2).index == 0);
    world.event(other, "READY", R"({"user":{"id":"7"},"guilds":[{"id":"1","unavailable":true}]})");
    CHECK(world.cache.guild(guild));
    CHECK(world.cache.standing(guild)->availability == guild_availability::available);
    // From its first event on the guild is the new session's, and goes with it.
    world.event(other, "CHANNEL_CREATE", R"({"id":"50","guild_id":"1","type":0})");
    world.event("READY", R"({"user":{"id":"7"},"guilds":[{"id":"1"}]})");
    CHECK(world.cache.channel(50));
    world.event(other, "READY", R"({"user":{"id":"7"},"guilds":[{"id":"1"}]})");
    CHECK_FALSE(world.cache.channel(50));
}

TEST_CASE("a guild that READY does not list any more is gone") {
    cache_world world;
    world.load();
    cache::feed other{world.cache.internals(), shard_id{0, 1}};
    world.event(other, "READY", R"({"user":{"id":"7"},"guilds":[]})");
    CHECK_FALSE(world.cache.standing(1));
    CHECK_FALSE(world.cache.guild(1));
    CHECK(world.cache.count(entity_kind::role) == 0);
}

TEST_CASE("EV-7 events with other data than an object change nothing") {
    cache_world world;
    world.load();
    const auto before = world.cache.dump();
    for (const char* data : {"null", "[]", "[{\"id\":\"1\"}]", "5", "\"x\"", "true", "{}"})
        for (const char* name : {"GUILD_CREATE",          "GUILD_UPDATE",
                                 "GUILD_DELETE",          "GUILD_ROLE_CREATE",
                                 "GUILD_ROLE_DELETE",     "CHANNEL_UPDATE",
                                 "CHANNEL_DELETE",        "CHANNEL_INFO",
                                 "THREAD_CREATE",         "THREAD_UPDATE",
                                 "THREAD_MEMBERS_UPDATE", "GUILD_MEMBER_ADD",
                                 "GUILD_MEMBER_REMOVE",   "GUILD_MEMBERS_CHUNK",
                                 "PRESENCE_UPDATE",       "VOICE_STATE_UPDATE",
                                 "MESSAGE_CREATE",        "MESSAGE_UPDATE",
                                 "MESSAGE_DELETE",        "MESSAGE_DELETE_BULK",
                                 "MESSAGE_REACTION_ADD",  "MESSAGE_REACTION_REMOVE_ALL",
                                 "MESSAGE_POLL_VOTE_ADD", "USER_UPDATE",
                                 "TYPING_START",          "FOO_BAR"})
            world.event(name, data);
    CHECK(world.cache.dump() == before);
}
