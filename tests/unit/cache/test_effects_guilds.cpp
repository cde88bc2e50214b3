#include "cache_fixture.hpp"

using namespace strandcord;
using strandcord::test::cache_world;

TEST_CASE("GW-GUILD-10 GUILD_CREATE becomes objects by kind, with the ids that it leaves out") {
    cache_world world;
    world.load();
    const auto& cache = world.cache;

    const auto guild = cache.guild(1);
    REQUIRE(guild);
    CHECK(guild->name == "one");
    CHECK(guild->roles.empty());
    CHECK(guild->emojis.empty());
    const auto channel = cache.channel(2);
    REQUIRE(channel);
    CHECK(channel->name == "general");
    CHECK(channel->guild_id == snowflake{1});
    const auto thread = cache.thread(20);
    REQUIRE(thread);
    CHECK(thread->guild_id == snowflake{1});
    CHECK(thread->member->id == snowflake{20});
    CHECK(thread->member->user_id == snowflake{7});
    CHECK(cache.member(1, 5)->nick == "Ada");
    CHECK(cache.role(1, 11)->name == "mods");
    CHECK(cache.emoji(1, 31)->name == "smile");
    CHECK(cache.presence(1, 5)->guild_id == snowflake{1});
    const auto voice = cache.voice_state(1, 5);
    REQUIRE(voice);
    CHECK(voice->guild_id == snowflake{1});
    CHECK(voice->session_id.empty());
    CHECK(cache.soundboard_sound(1, 41)->name == "quack");
    CHECK(cache.user(5)->username == "ada");
    CHECK(cache.channels(1).size() == 3);
    CHECK(cache.members(1).size() == 2);
    CHECK(cache.roles(1).size() == 2);
    CHECK(cache.guilds().size() == 1);
    CHECK_FALSE(cache.channel(20));
    CHECK_FALSE(cache.member(2, 5));
}

TEST_CASE("GW-GUILD-8 a member list is complete only when the count says so") {
    cache_world world;
    world.load();
    REQUIRE(world.cache.standing(1));
    CHECK(world.cache.standing(1)->member_count == 3);
    CHECK_FALSE(world.cache.standing(1)->members_complete);
    world.event("GUILD_MEMBERS_CHUNK",
                R"({"guild_id":"1","members":[{"user":{"id":"8","username":"eve"},"roles":[]}]})");
    CHECK(world.cache.standing(1)->members_complete);
}

TEST_CASE("GW-GUILD-11 GUILD_UPDATE is merged and takes nothing away that it does not carry") {
    cache_world world;
    world.load();
    world.event("GUILD_UPDATE", R"({"id":"1","name":"two","owner_id":"5",
        "roles":[{"id":"1","name":"everyone","permissions":"0"}],"emojis":[],"stickers":[]})");
    CHECK(world.cache.guild(1)->name == "two");
    CHECK(world.old<guild>()->name == "one");
    CHECK(world.cache.standing(1)->member_count == 3);
    CHECK(world.cache.role(1, 1)->permissions == permissions{});
    CHECK_FALSE(world.cache.role(1, 11));
    CHECK_FALSE(world.cache.emoji(1, 31));
    CHECK(world.cache.channels(1).size() == 3);
    CHECK(world.cache.members(1).size() == 2);
}

TEST_CASE("GW-GUILD-5 GUILD_DELETE without an outage removes everything of the guild") {
    cache_world world;
    world.load();
    world.event(
        "MESSAGE_CREATE",
        R"({"id":"200","channel_id":"2","guild_id":"1","author":{"id":"5","username":"ada"}})");
    world.event("GUILD_CREATE", R"({"id":"9","name":"other","channels":[{"id":"90","type":0}]})");
    world.event("GUILD_DELETE", R"({"id":"1"})");
    CHECK(world.old<guild>()->name == "one");
    for (const auto kind : {entity_kind::thread, entity_kind::member, entity_kind::role,
                            entity_kind::emoji, entity_kind::presence, entity_kind::voice_state,
                            entity_kind::message, entity_kind::soundboard_sound})
        CHECK(world.cache.count(kind) == 0);
    CHECK_FALSE(world.cache.guild(1));
    CHECK_FALSE(world.cache.channel(2));
    CHECK_FALSE(world.cache.standing(1));
    CHECK(world.cache.guild(9));
    CHECK(world.cache.channel(90));
    CHECK(world.cache.user(5));
}

TEST_CASE("GW-GUILD-4 an outage marks the guild and keeps what was known") {
    cache_world world;
    world.load();
    world.event("GUILD_DELETE", R"({"id":"1","unavailable":true})");
    CHECK(world.cache.standing(1)->availability == guild_availability::unavailable);
    CHECK(world.cache.guild(1)->name == "one");
    world.event("CHANNEL_CREATE", R"({"id":"50","guild_id":"1","type":0})");
    CHECK_FALSE(world.cache.channel(50));
    // Back: what is not in it any more has gone meanwhile.
    world.event(
        "GUILD_CREATE",
        R"({"id":"1","name":"one","member_count":1,"channels":[{"id":"2","type":0}],"roles":[]})");
    CHECK(world.cache.standing(1)->availability == guild_availability::available);
    CHECK(world.cache.channels(1).size() == 1);
    CHECK(world.cache.members(1).empty());
    CHECK_FALSE(world.cache.thread(20));
}

TEST_CASE("GW-GUILD-4 an outage drops what belongs to the guild when the options say so") {
    const char* const event = GENERATE("GUILD_DELETE", "GUILD_CREATE");
    cache_world world{test::everything().keep_in_outage(false)};
    world.load();
    world.event("MESSAGE_CREATE", R"({"id":"200","channel_id":"2","guild_id":"1"})");
    world.event(event, R"({"id":"1","unavailable":true})");
    CHECK(world.old<guild>()->name == "one");
    CHECK(world.cache.standing(1)->availability == guild_availability::unavailable);
    CHECK(world.cache.guild(1)->name == "one");
    for (std::size_t i = 0; i < entity_kind_count; ++i)
        if (const auto kind = static_cast<entity_kind>(i);
            kind != entity_kind::guild && kind != entity_kind::user) {
            CAPTURE(to_string(kind));
            CHECK(world.cache.count(kind) == 0);
        }
    CHECK(world.cache.user(5));
    world.event("GUILD_CREATE", cache_world::guild_1);
    CHECK(world.cache.standing(1)->availability == guild_availability::available);
    CHECK(world.cache.channels(1).size() == 3);
}

TEST_CASE("GW-GUILD-3 GUILD_CREATE of an outage builds no guild") {
    cache_world world;
    world.event("READY", R"({"user":{"id":"7"},"guilds":[{"id":"1","unavailable":true}]})");
    world.event("GUILD_CREATE", R"({"id":"1","unavailable":true})");
    CHECK(world.cache.standing(1)->availability == guild_availability::unavailable);
    CHECK_FALSE(world.cache.guild(1));
    world.event("GUILD_CREATE", cache_world::guild_1);
    CHECK(world.cache.guild(1));
    CHECK(world.cache.standing(1)->availability == guild_availability::available);
}

TEST_CASE("EV-5 GW-GUILD-12 events of unknown and unloaded guilds make no guild") {
    const char* const guild = GENERATE("1", "99");
    cache_world world;
    world.event("READY", R"({"user":{"id":"7"},"guilds":[{"id":"1","unavailable":true}]})");
    const std::string id = std::string{R"("guild_id":")"} + guild + "\"";
    world.event("CHANNEL_CREATE", R"({"id":"50","type":0,)" + id + "}");
    world.event("THREAD_CREATE", R"({"id":"51","type":11,"parent_id":"50",)" + id + "}");
    world.event("GUILD_ROLE_CREATE", R"({"role":{"id":"52","name":"r"},)" + id + "}");
    world.event("GUILD_MEMBER_ADD", R"({"user":{"id":"5","username":"a"},)" + id + "}");
    world.event("GUILD_EMOJIS_UPDATE", R"({"emojis":[{"id":"53","name":"e"}],)" + id + "}");
    world.event("VOICE_STATE_UPDATE", R"({"user_id":"5","channel_id":"50",)" + id + "}");
    world.event("PRESENCE_UPDATE", R"({"user":{"id":"5"},"status":"idle",)" + id + "}");
    world.event("GUILD_SOUNDBOARD_SOUND_CREATE", R"({"sound_id":"54","name":"s",)" + id + "}");
    world.event(
        "MESSAGE_CREATE",
        R"({"id":"60","channel_id":"50","author":{"id":"5","username":"a"},"member":{"nick":"n"},)" +
            id + "}");
    world.event("GUILD_UPDATE", std::string{R"({"name":"half","id":")"} + guild + "\"}");
    for (const auto kind :
         {entity_kind::guild, entity_kind::channel, entity_kind::thread, entity_kind::member,
          entity_kind::role, entity_kind::emoji, entity_kind::voice_state, entity_kind::presence,
          entity_kind::soundboard_sound}) {
        CAPTURE(to_string(kind));
        CHECK(world.cache.count(kind) == 0);
    }
    CHECK(world.cache.standing(99) == std::nullopt);
}

TEST_CASE("a role that is deleted goes from the members that have it") {
    cache_world world;
    world.load();
    const auto held = world.cache.member(1, 5);
    world.event("GUILD_ROLE_DELETE", R"({"guild_id":"1","role_id":"11"})");
    CHECK(world.old<role>()->name == "mods");
    CHECK_FALSE(world.cache.role(1, 11));
    CHECK(world.cache.member(1, 5)->roles.empty());
    CHECK(held->roles == std::vector<snowflake>{11}); // a snapshot stays what it is
    world.event("GUILD_ROLE_UPDATE",
                R"({"guild_id":"1","role":{"id":"1","name":"all","permissions":"1"}})");
    CHECK(world.cache.role(1, 1)->name == "all");
    CHECK(world.old<role>()->name == "everyone");
}

TEST_CASE("scheduled events are counted, and gone when they end") {
    cache_world world;
    world.load();
    const auto party = [&] { return world.cache.scheduled_event(1, 61); };
    const char* const user = R"({"guild_id":"1","guild_scheduled_event_id":"61","user_id":"8"})";
    REQUIRE(party());
    world.event("GUILD_SCHEDULED_EVENT_USER_ADD", user);
    world.event("GUILD_SCHEDULED_EVENT_USER_ADD", user);
    CHECK(party()->user_count == 5);
    CHECK(world.cache.guild(1)); // nothing else changed
    world.event("GUILD_SCHEDULED_EVENT_USER_REMOVE", user);
    CHECK(party()->user_count == 4);
    CHECK(world.old<scheduled_event>()->user_count == 5);
    world.event("GUILD_SCHEDULED_EVENT_UPDATE",
                R"({"id":"61","guild_id":"1","name":"feast","status":2})");
    CHECK(party()->name == "feast");
    CHECK(party()->user_count == 4);
    world.event("GUILD_SCHEDULED_EVENT_UPDATE",
                R"({"id":"61","guild_id":"1","name":"feast","status":3})");
    CHECK_FALSE(party());
    world.event("GUILD_SCHEDULED_EVENT_CREATE", R"({"id":"62","guild_id":"1","status":1})");
    world.event("GUILD_SCHEDULED_EVENT_DELETE", R"({"id":"62","guild_id":"1","status":1})");
    CHECK(world.cache.count(entity_kind::scheduled_event) == 0);
}

TEST_CASE("stage instances come, change and go with their channel") {
    cache_world world;
    world.load();
    CHECK(world.cache.stage_instance(1, 51)->topic == "stage");
    world.event("STAGE_INSTANCE_UPDATE",
                R"({"id":"51","guild_id":"1","channel_id":"3","topic":"other"})");
    CHECK(world.old<stage_instance>()->topic == "stage");
    CHECK(world.cache.stage_instance(1, 51)->topic == "other");
    world.event("STAGE_INSTANCE_CREATE",
                R"({"id":"52","guild_id":"1","channel_id":"2","topic":"new"})");
    world.event("CHANNEL_DELETE", R"({"id":"3","guild_id":"1","type":13})");
    CHECK_FALSE(world.cache.stage_instance(1, 51));
    world.event("STAGE_INSTANCE_DELETE", R"({"id":"52","guild_id":"1","channel_id":"2"})");
    CHECK(world.cache.count(entity_kind::stage_instance) == 0);
}

TEST_CASE("lists of a guild are replaced as a whole") {
    cache_world world;
    world.load();
    world.event("GUILD_EMOJIS_UPDATE", R"({"guild_id":"1","emojis":[{"id":"32","name":"frown"}]})");
    CHECK_FALSE(world.cache.emoji(1, 31));
    CHECK(world.cache.emoji(1, 32)->name == "frown");
    world.event("GUILD_STICKERS_UPDATE",
                R"({"guild_id":"1","stickers":[{"id":"72","name":"bow"}]})");
    CHECK_FALSE(world.cache.sticker(1, 71));
    CHECK(world.cache.sticker(1, 72)->name == "bow");
    world.event("SOUNDBOARD_SOUNDS",
                R"({"guild_id":"1","soundboard_sounds":[{"sound_id":"42","name":"moo"}]})");
    CHECK_FALSE(world.cache.soundboard_sound(1, 41));
    CHECK(world.cache.soundboard_sound(1, 42)->guild_id == snowflake{1});
    world.event("GUILD_SOUNDBOARD_SOUND_UPDATE",
                R"({"guild_id":"1","sound_id":"42","name":"MOO"})");
    CHECK(world.cache.soundboard_sound(1, 42)->name == "MOO");
    world.event("GUILD_SOUNDBOARD_SOUND_DELETE", R"({"guild_id":"1","sound_id":"42"})");
    CHECK(world.old<soundboard_sound>()->name == "MOO");
    CHECK(world.cache.count(entity_kind::soundboard_sound) == 0);
}
