#include "cache/repeats.hpp"

#include "cache_fixture.hpp"

#include <array>
#include <utility>

using namespace strandcord;
using strandcord::test::cache_world;
using strandcord::test::sorted;

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 27> history{{
    {"GUILD_CREATE", cache_world::guild_1},
    {"GUILD_UPDATE", R"({"id":"1","name":"two","owner_id":"5"})"},
    {"CHANNEL_CREATE", R"({"id":"50","guild_id":"1","type":0,"name":"new"})"},
    {"CHANNEL_UPDATE", R"({"id":"2","guild_id":"1","type":0,"name":"main"})"},
    {"CHANNEL_DELETE", R"({"id":"4","guild_id":"1","type":15})"},
    {"THREAD_CREATE",
     R"({"id":"21","guild_id":"1","parent_id":"2","type":11,"newly_created":true})"},
    {"THREAD_MEMBERS_UPDATE", R"({"id":"21","guild_id":"1","member_count":2})"},
    {"GUILD_ROLE_CREATE", R"({"guild_id":"1","role":{"id":"12","name":"new"}})"},
    {"GUILD_ROLE_DELETE", R"({"guild_id":"1","role_id":"11"})"},
    {"GUILD_MEMBER_ADD", R"({"guild_id":"1","user":{"id":"8","username":"eve"},"roles":[]})"},
    {"GUILD_MEMBER_UPDATE",
     R"({"guild_id":"1","user":{"id":"8","username":"eve"},"roles":["12"]})"},
    {"GUILD_MEMBER_REMOVE", R"({"guild_id":"1","user":{"id":"5","username":"ada"}})"},
    {"MESSAGE_CREATE", R"({"id":"200","channel_id":"20","guild_id":"1","content":"x",
                           "author":{"id":"8","username":"eve"}})"},
    {"MESSAGE_CREATE", R"({"id":"201","channel_id":"20","guild_id":"1","content":"y",
                           "author":{"id":"8","username":"eve"}})"},
    {"MESSAGE_UPDATE", R"({"id":"200","channel_id":"20","guild_id":"1","content":"z"})"},
    {"MESSAGE_REACTION_ADD", R"({"guild_id":"1","channel_id":"20","message_id":"200","user_id":"8",
                                 "emoji":{"id":null,"name":"F"}})"},
    {"MESSAGE_DELETE", R"({"id":"201","channel_id":"20","guild_id":"1"})"},
    {"PRESENCE_UPDATE", R"({"guild_id":"1","user":{"id":"8"},"status":"idle"})"},
    {"VOICE_STATE_UPDATE", R"({"guild_id":"1","user_id":"8","channel_id":"3"})"},
    {"VOICE_STATE_UPDATE", R"({"guild_id":"1","user_id":"8","channel_id":null})"},
    {"GUILD_EMOJIS_UPDATE", R"({"guild_id":"1","emojis":[{"id":"33","name":"e"}]})"},
    {"SOUNDBOARD_SOUNDS", R"({"guild_id":"1","soundboard_sounds":[{"sound_id":"43","name":"s"}]})"},
    {"USER_UPDATE", R"({"id":"7","username":"renamed"})"},
    {"CHANNEL_PINS_UPDATE", R"({"guild_id":"1","channel_id":"2","last_pin_timestamp":null})"},
    {"GUILD_SCHEDULED_EVENT_USER_ADD",
     R"({"guild_id":"1","guild_scheduled_event_id":"61","user_id":"8"})"},
    {"GUILD_STICKERS_UPDATE", R"({"guild_id":"1","stickers":[{"id":"72","name":"bow"}]})"},
    {"THREAD_DELETE", R"({"id":"21","guild_id":"1","parent_id":"2","type":11})"},
}};

} // namespace

TEST_CASE("EV-3 GW-DISP-4 all events a second time leave what they left the first time") {
    cache_world world;
    world.load();
    for (const auto& [name, data] : history)
        world.event(name, data);
    const auto once = sorted(world.cache.dump());
    for (const auto& [name, data] : history)
        world.event(name, data);
    CHECK(sorted(world.cache.dump()) == once);
}

TEST_CASE("EV-3 every event repeated at once changes nothing the second time") {
    cache_world world;
    world.load();
    for (const auto& [name, data] : history) {
        CAPTURE(name);
        world.event(name, data);
        const auto after = sorted(world.cache.dump());
        world.event(name, data);
        CHECK(sorted(world.cache.dump()) == after);
    }
}

TEST_CASE("a thing switches only to the other side") {
    cache::repeats seen;
    const auto thing = cache::repeats::name(1, 2);
    CHECK(seen.switched(thing, true));
    CHECK_FALSE(seen.switched(thing, true));
    CHECK(seen.switched(thing, false));
    CHECK_FALSE(seen.switched(thing, false));
    CHECK(seen.switched(cache::repeats::name(2, 1), false));
}
