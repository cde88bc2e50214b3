#include "cache_fixture.hpp"

using namespace strandcord;
using strandcord::test::cache_world;

TEST_CASE("GUILD_MEMBER_UPDATE merges: absent keeps, null clears") {
    cache_world world;
    world.load();
    world.event(
        "GUILD_MEMBER_UPDATE",
        R"({"guild_id":"1","user":{"id":"5","username":"ada","global_name":"Ada L"},"roles":["1"],
                    "mute":true})");
    CHECK(world.cache.member(1, 5)->nick == "Ada");
    CHECK(world.cache.member(1, 5)->mute);
    CHECK(world.cache.member(1, 5)->roles == std::vector<snowflake>{1});
    CHECK(world.old<guild_member>()->roles == std::vector<snowflake>{11});
    CHECK(world.cache.user(5)->global_name == "Ada L");
    world.event("GUILD_MEMBER_UPDATE",
                R"({"guild_id":"1","user":{"id":"5","username":"ada"},"roles":["1"],"nick":null})");
    CHECK_FALSE(world.cache.member(1, 5)->nick);
    CHECK(world.cache.member(1, 5)->mute);
}

TEST_CASE("GUILD_MEMBER_ADD and GUILD_MEMBER_REMOVE count, each member once") {
    cache_world world;
    world.load();
    const auto count = [&] { return world.cache.standing(1)->member_count; };
    const char* const eve = R"({"guild_id":"1","user":{"id":"8","username":"eve"},"roles":[]})";
    const char* const ada = R"({"guild_id":"1","user":{"id":"5","username":"ada"},"roles":[]})";
    world.event("GUILD_MEMBER_ADD", eve);
    CHECK(count() == 4);
    world.event("GUILD_MEMBER_ADD", eve);
    CHECK(count() == 4);
    world.event("GUILD_MEMBER_ADD", ada); // was there
    CHECK(count() == 4);
    world.event("GUILD_MEMBER_REMOVE", ada);
    CHECK(count() == 3);
    CHECK(world.old<guild_member>()->user->username == "ada");
    CHECK_FALSE(world.cache.member(1, 5));
    CHECK_FALSE(world.cache.voice_state(1, 5));
    CHECK_FALSE(world.cache.presence(1, 5));
    world.event("GUILD_MEMBER_REMOVE", ada);
    CHECK(count() == 3);
    world.event("GUILD_MEMBER_ADD", ada);
    CHECK(count() == 4);
    // A load tells the number anew, and what was counted before it counts no more.
    world.event("GUILD_CREATE", cache_world::guild_1);
    world.event("GUILD_MEMBER_ADD", eve);
    CHECK(count() == 4);
    // Also when the guild was gone in between.
    world.event("GUILD_DELETE", R"({"id":"1"})");
    world.event("GUILD_CREATE", cache_world::guild_1);
    world.event("GUILD_MEMBER_ADD", eve);
    CHECK(count() == 4);
}

TEST_CASE("GW-CHUNK-7 every chunk reaches the cache") {
    cache_world world;
    world.load();
    for (int i = 0; i < 3; ++i) {
        const std::string user = R"({"id":")" + std::to_string(500 + i) + R"(","username":"u"})";
        world.event("GUILD_MEMBERS_CHUNK", R"({"guild_id":"1","chunk_count":3,"chunk_index":)" +
                                               std::to_string(2 - i) +
                                               R"(,"members":[{"roles":[],"user":)" + user + "}]}");
    }
    for (const std::uint64_t id : {500, 501, 502}) {
        CHECK(world.cache.member(1, id));
        CHECK(world.cache.user(id));
    }
}

TEST_CASE("GW-CHUNK-6 presences of a chunk belong to its members") {
    cache_world world;
    world.load();
    world.event("GUILD_MEMBERS_CHUNK",
                R"({"guild_id":"1","members":[{"user":{"id":"8","username":"eve"},"roles":[]}],
                    "presences":[{"user":{"id":"8"},"status":"dnd"}]})");
    REQUIRE(world.cache.presence(1, 8));
    CHECK(world.cache.presence(1, 8)->status == "dnd");
    CHECK(world.cache.presence(1, 8)->guild_id == snowflake{1});
}

TEST_CASE("PRESENCE_UPDATE takes the place of the presence and adds to the user") {
    cache_world world;
    world.load();
    world.event("PRESENCE_UPDATE",
                R"({"guild_id":"1","user":{"id":"5","avatar":"a1"},"status":"idle","activities":[],
                    "client_status":{"mobile":"idle"}})");
    const auto presence = world.cache.presence(1, 5);
    CHECK(presence->status == "idle");
    CHECK(presence->activities.empty());
    CHECK_FALSE(presence->client_status.desktop);
    CHECK(presence->client_status.mobile == "idle");
    CHECK(world.old<strandcord::presence>()->status == "online");
    CHECK(world.cache.user(5)->username == "ada");
    CHECK(world.cache.user(5)->avatar == "a1");
    // Nothing but an id makes no user.
    world.event("PRESENCE_UPDATE", R"({"guild_id":"1","user":{"id":"77"},"status":"idle"})");
    CHECK_FALSE(world.cache.user(77));
    CHECK(world.cache.presence(1, 77));
}

TEST_CASE("a voice state without a channel goes") {
    cache_world world;
    world.load();
    world.event("VOICE_STATE_UPDATE",
                R"({"guild_id":"1","user_id":"8","channel_id":"3","session_id":"s",
                    "member":{"user":{"id":"8","username":"eve"},"roles":[]}})");
    CHECK(world.cache.voice_state(1, 8)->channel_id == snowflake{3});
    CHECK_FALSE(world.cache.voice_state(1, 8)->member);
    CHECK(world.cache.member(1, 8));
    world.event("VOICE_STATE_UPDATE", R"({"guild_id":"1","user_id":"8","channel_id":null})");
    CHECK_FALSE(world.cache.voice_state(1, 8));
    CHECK(world.old<voice_state>()->channel_id == snowflake{3});
    CHECK(world.cache.count(entity_kind::voice_state, 1) == 1);
}
