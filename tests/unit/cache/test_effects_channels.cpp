#include "cache_fixture.hpp"

using namespace strandcord;
using strandcord::test::cache_world;

TEST_CASE("EV-2 an update of a channel that is not there adds it") {
    cache_world world;
    world.load();
    world.event("CHANNEL_UPDATE", R"({"id":"50","guild_id":"1","type":0,"name":"new"})");
    CHECK(world.cache.channel(50)->name == "new");
    CHECK_FALSE(world.old<channel>());
}

TEST_CASE("CHANNEL_UPDATE replaces the channel: what it lacks is gone, what it clears is empty") {
    cache_world world;
    world.load();
    world.event("CHANNEL_UPDATE",
                R"({"id":"2","guild_id":"1","type":0,"name":"main","topic":null})");
    CHECK(world.cache.channel(2)->name == "main");
    CHECK_FALSE(world.cache.channel(2)->topic);
    CHECK(world.old<channel>()->topic == "talk");
}

TEST_CASE("a channel that is deleted takes its threads and messages along") {
    cache_world world;
    world.load();
    const char* const message =
        R"(,"guild_id":"1","content":"x","author":{"id":"5","username":"ada"}})";
    world.event("MESSAGE_CREATE", R"({"id":"200","channel_id":"2")" + std::string{message});
    world.event("MESSAGE_CREATE", R"({"id":"201","channel_id":"20")" + std::string{message});
    world.event("MESSAGE_CREATE", R"({"id":"202","channel_id":"3")" + std::string{message});
    CHECK(world.cache.count(entity_kind::message) == 3);
    world.event("CHANNEL_DELETE", R"({"id":"2","guild_id":"1","type":0})");
    CHECK(world.old<channel>()->name == "general");
    CHECK_FALSE(world.cache.channel(2));
    CHECK_FALSE(world.cache.thread(20));
    CHECK(world.cache.message(3, 202));
    CHECK(world.cache.count(entity_kind::message) == 1);
}

TEST_CASE("pins change the channel, and null clears") {
    cache_world world;
    world.load();
    world.event("CHANNEL_PINS_UPDATE",
                R"({"guild_id":"1","channel_id":"2","last_pin_timestamp":"2021-01-01T00:00:00Z"})");
    CHECK(world.cache.channel(2)->last_pin_timestamp);
    CHECK(world.cache.channel(2)->name == "general");
    world.event("CHANNEL_PINS_UPDATE",
                R"({"guild_id":"1","channel_id":"2","last_pin_timestamp":null})");
    CHECK_FALSE(world.cache.channel(2)->last_pin_timestamp);
}

namespace {

struct voice_channel {
    snowflake id;
    std::string name;
    std::string status;
    std::int64_t voice_start_time = 0;
};
BOOST_DESCRIBE_STRUCT(voice_channel, (), (id, name, status, voice_start_time))

} // namespace

TEST_CASE("voice status and start time come in events of their own and survive an update") {
    cache_world world{
        test::everything().keep(entity_kind::channel, {.store = store_as<voice_channel>()})};
    world.load();
    const auto now = [&] { return world.cache.channel<voice_channel>(3); };
    world.event("VOICE_CHANNEL_STATUS_UPDATE", R"({"id":"3","guild_id":"1","status":"jam"})");
    CHECK(now()->status == "jam");
    world.event("CHANNEL_INFO",
                R"({"guild_id":"1","channels":[{"id":"3","voice_start_time":60}]})");
    CHECK(now()->voice_start_time == 60);
    world.event("CHANNEL_UPDATE", R"({"id":"3","guild_id":"1","type":2,"name":"Voice"})");
    CHECK(now()->name == "Voice");
    CHECK(now()->status == "jam");
    CHECK(now()->voice_start_time == 60);
    // A plain member is emptied by null too.
    world.event("VOICE_CHANNEL_STATUS_UPDATE", R"({"id":"3","guild_id":"1","status":null})");
    CHECK(now()->status.empty());
}

TEST_CASE("GW-DISP-16 a thread that is not there is made by its update, and a member first harms "
          "nothing") {
    cache_world world;
    world.load();
    world.event("THREAD_MEMBER_UPDATE", R"({"id":"21","guild_id":"1","user_id":"7","flags":0})");
    CHECK_FALSE(world.cache.thread(21));
    world.event("THREAD_UPDATE",
                R"({"id":"21","guild_id":"1","parent_id":"2","type":11,"name":"back",
        "thread_metadata":{"archived":false}})");
    CHECK(world.cache.thread(21)->name == "back");
    world.event("THREAD_MEMBER_UPDATE", R"({"id":"21","guild_id":"1","user_id":"7","flags":3})");
    CHECK(world.cache.thread(21)->member->flags == 3);
}

TEST_CASE("THREAD_UPDATE keeps the own membership, and an archived thread goes") {
    cache_world world;
    world.load();
    world.event("THREAD_UPDATE",
                R"({"id":"20","guild_id":"1","parent_id":"2","type":11,"name":"t2"})");
    CHECK(world.cache.thread(20)->name == "t2");
    CHECK(world.cache.thread(20)->member->flags == 1);
    world.event("THREAD_UPDATE", R"({"id":"20","guild_id":"1","parent_id":"2","type":11,"name":"t2",
        "thread_metadata":{"archived":true}})");
    CHECK_FALSE(world.cache.thread(20));
    CHECK(world.old<channel>()->name == "t2");
}

TEST_CASE("GW-DISP-13 THREAD_CREATE of a thread that is known keeps it one") {
    cache_world world;
    world.load();
    world.event("THREAD_CREATE",
                R"({"id":"20","guild_id":"1","parent_id":"2","type":11,"name":"again"})");
    CHECK(world.cache.count(entity_kind::thread, 1) == 1);
    CHECK(world.cache.thread(20)->name == "again");
    CHECK(world.cache.thread(20)->member->flags == 1);
}

TEST_CASE("GW-DISP-14 THREAD_LIST_SYNC replaces the threads of the channels it names") {
    cache_world world;
    world.load();
    world.event("THREAD_CREATE",
                R"({"id":"30","guild_id":"1","parent_id":"4","type":11,"name":"post"})");
    SECTION("of channels") {
        world.event("THREAD_LIST_SYNC",
                    R"({"guild_id":"1","channel_ids":["2","3"],
                        "threads":[{"id":"22","guild_id":"1","parent_id":"2","type":11,"name":"new"}],
                        "members":[{"id":"22","user_id":"7","flags":5}]})");
        CHECK_FALSE(world.cache.thread(20));
        CHECK(world.cache.thread(22)->member->flags == 5);
        CHECK(world.cache.thread(30));
    }
    SECTION("of the guild") {
        world.event("THREAD_LIST_SYNC", R"({"guild_id":"1","threads":[],"members":[]})");
        CHECK(world.cache.count(entity_kind::thread) == 0);
    }
}

TEST_CASE("GW-DISP-15 threads of a channel that is not seen any more stay until the next sync") {
    cache_world world;
    world.load();
    world.event("CHANNEL_UPDATE", R"({"id":"2","guild_id":"1","type":0,"name":"general",
        "permission_overwrites":[{"id":"1","type":0,"allow":"0","deny":"1024"}]})");
    CHECK(world.cache.thread(20));
    world.event("THREAD_LIST_SYNC",
                R"({"guild_id":"1","channel_ids":["2"],"threads":[],"members":[]})");
    CHECK_FALSE(world.cache.thread(20));
}

TEST_CASE("THREAD_MEMBERS_UPDATE counts, and a private thread without the bot goes") {
    cache_world world;
    world.load();
    world.event(
        "THREAD_MEMBERS_UPDATE",
        R"({"id":"20","guild_id":"1","member_count":9,"added_members":[{"id":"20","user_id":"8",
                    "member":{"user":{"id":"8","username":"eve"},"roles":[]},
                    "presence":{"user":{"id":"8"},"status":"idle"}}]})");
    CHECK(world.cache.thread(20)->member_count == 9);
    CHECK(world.cache.member(1, 8));
    CHECK(world.cache.presence(1, 8)->status == "idle");
    world.event("THREAD_MEMBERS_UPDATE",
                R"({"id":"20","guild_id":"1","member_count":8,"removed_member_ids":["7"]})");
    CHECK_FALSE(world.cache.thread(20)->member);
    world.event("THREAD_CREATE", R"({"id":"23","guild_id":"1","parent_id":"2","type":12})");
    world.event("THREAD_MEMBERS_UPDATE",
                R"({"id":"23","guild_id":"1","member_count":1,"removed_member_ids":["7"]})");
    CHECK_FALSE(world.cache.thread(23));
}

TEST_CASE("THREAD_DELETE names no thread data and removes it") {
    cache_world world;
    world.load();
    world.event("THREAD_DELETE", R"({"id":"20","guild_id":"1","parent_id":"2","type":11})");
    CHECK_FALSE(world.cache.thread(20));
    CHECK(world.old<channel>()->name == "thread");
}
