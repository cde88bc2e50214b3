#include "testing/event_intents.hpp"
#include "testing/sessions.hpp"

#include <catch2/catch.hpp>

using namespace strandcord::testing;
using strandcord::intent;
using strandcord::intents;

TEST_CASE("events without an intent always come (GW-INT-4)") {
    for (const auto* type :
         {"READY", "RESUMED", "INTERACTION_CREATE", "USER_UPDATE", "RATE_LIMITED",
          "GUILD_MEMBERS_CHUNK", "ENTITLEMENT_CREATE", "VOICE_SERVER_UPDATE",
          "APPLICATION_COMMAND_PERMISSIONS_UPDATE", "FOO_BAR"}) {
        INFO(type);
        CHECK(gets_event({}, type, true, false));
        CHECK(gets_event({}, type, false, false));
    }
}

TEST_CASE("an intent turns its events on, in guilds and outside apart (INT-1)") {
    CHECK(gets_event(intent::guild_messages, "MESSAGE_CREATE", true, false));
    CHECK_FALSE(gets_event(intent::guild_messages, "MESSAGE_CREATE", false, false));
    CHECK(gets_event(intent::direct_messages, "MESSAGE_CREATE", false, false));
    CHECK_FALSE(gets_event(intent::direct_messages, "MESSAGE_CREATE", true, false));
    CHECK(gets_event(intent::guilds, "CHANNEL_PINS_UPDATE", true, false));
    CHECK(gets_event(intent::direct_messages, "CHANNEL_PINS_UPDATE", false, false));
    CHECK_FALSE(gets_event(intents::all() & ~intents{intent::guild_presences}, "PRESENCE_UPDATE",
                           true, false));
    CHECK_FALSE(gets_event({}, "GUILD_CREATE", true, false));
}

TEST_CASE("the bot's own member needs no GUILD_MEMBERS (GW-DISP-21)") {
    CHECK(gets_event({}, "GUILD_MEMBER_UPDATE", true, true));
    CHECK_FALSE(gets_event({}, "GUILD_MEMBER_UPDATE", true, false));
    CHECK(gets_event(intent::guilds, "THREAD_MEMBERS_UPDATE", true, true));
    CHECK_FALSE(gets_event(intent::guilds, "THREAD_MEMBERS_UPDATE", true, false));
    CHECK(gets_event(intent::guild_members, "THREAD_MEMBERS_UPDATE", true, false));
}

TEST_CASE("content is taken out, not the members that hold it (GW-DISP-20)") {
    CHECK(
        without_content(
            R"({"id":"1","content":"x","embeds":[{}],"attachments":[{}],"components":[1],"poll":{}})") ==
        R"({"id":"1","content":"","embeds":[],"attachments":[],"components":[]})");
    CHECK(without_content(R"({"id":"1"})") == R"({"id":"1"})");
}
