#include "shards/event_key.hpp"

#include <catch2/catch.hpp>

using namespace strandcord;
using namespace strandcord::shards;

TEST_CASE("the key of an event does not depend on the order of its members") {
    event_reader read;
    const auto one =
        read.key("PRESENCE_UPDATE",
                 R"({"user":{"id":"7"},"guild_id":"42","status":"idle","activities":[]})");
    CHECK(one.guild == snowflake{42});
    CHECK(read.key("PRESENCE_UPDATE",
                   R"({ "status":"idle", "guild_id":"42","activities": [ ],"user":{"id":"7"}})") ==
          one);
    CHECK(read.key("PRESENCE_UPDATE",
                   R"({"user":{"id":"8"},"guild_id":"42","status":"idle","activities":[]})") !=
          one);
    CHECK(read.key("OTHER",
                   R"({"user":{"id":"7"},"guild_id":"42","status":"idle","activities":[]})") !=
          one);
}

TEST_CASE("an event belongs to the guild that it names") {
    event_reader read;
    CHECK(read.key("GUILD_UPDATE", R"({"id":"5","guild_id":"6"})").guild == snowflake{5});
    CHECK(read.key("CHANNEL_CREATE", R"({"id":"5","guild_id":"6"})").guild == snowflake{6});
    CHECK(read.key("MESSAGE_CREATE", R"({"id":"5","member":{"guild_id":"6"}})").guild ==
          snowflake{});
    CHECK(read.key("MESSAGE_CREATE", R"({"guild_id":null})").guild == snowflake{});
    CHECK(read.key("MESSAGE_CREATE", "null").guild == snowflake{});
    CHECK(read.key("MESSAGE_CREATE", "[1").hash != read.key("MESSAGE_CREATE", "[2").hash);
}
