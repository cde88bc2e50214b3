#include <strandcord/error.hpp>
#include <strandcord/intents.hpp>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>

using namespace strandcord;

namespace {

std::string complaint(const std::string& text) {
    try {
        intents::parse(text);
    } catch (const error& e) {
        CHECK(e.code() == errc::invalid_configuration);
        return e.what();
    }
    return "accepted";
}

} // namespace

TEST_CASE("GW-INT-2: the privileged intents are the three of the portal") {
    CHECK(intents::privileged() ==
          (intent::guild_members | intent::guild_presences | intents{intent::message_content}));
    CHECK((intents::defaults() & intents::privileged()).empty());
    CHECK((intents::defaults() | intents::privileged()) == intents::all());
}

TEST_CASE("GW-READY-9: the application's flags tell which privileged intents are switched on") {
    const auto on = [](int bit) { return intents::switched_on(std::uint64_t{1} << bit); };
    CHECK(on(12) == intent::guild_presences);
    CHECK(on(13) == intent::guild_presences);
    CHECK(on(14) == intent::guild_members);
    CHECK(on(15) == intent::guild_members);
    CHECK(on(18) == intent::message_content);
    CHECK(on(19) == intent::message_content);
    for (const int other : {0, 6, 11, 16, 17, 20, 23, 63})
        CHECK(on(other).empty());
    CHECK(intents::switched_on(~std::uint64_t{0}) == intents::privileged());
}

TEST_CASE("intents are a set") {
    const intents both = intent::guilds | intent::guild_messages;
    CHECK(both.bits() == 513);
    CHECK(both.has(intent::guilds));
    CHECK(both.has(both));
    CHECK_FALSE(both.has(intent::guilds | intent::guild_members));
    CHECK((both & ~intents{intent::guilds}) == intent::guild_messages);
    CHECK(intents{}.empty());
    intents grown;
    grown |= intent::guilds;
    CHECK(grown == intent::guilds);
}

TEST_CASE("intents are read by name, in any case, separated by comma or bar") {
    CHECK(intents::parse("guilds") == intent::guilds);
    CHECK(intents::parse("guilds,guild_messages") == (intent::guilds | intent::guild_messages));
    CHECK(intents::parse(" GUILDS | Guild_Messages ") == (intent::guilds | intent::guild_messages));
    CHECK(intents::parse("defaults,message_content") ==
          (intents::defaults() | intent::message_content));
    CHECK(intents::parse("all") == intents::all());
    CHECK(intents::parse("privileged") == intents::privileged());
    CHECK(intents::parse("none") == intents{});
    CHECK(intents::parse("GUILD_EMOJIS_AND_STICKERS") == intent::guild_expressions);
}

TEST_CASE("intents are read as a number, unknown bits kept") {
    CHECK(intents::parse("513") == (intent::guilds | intent::guild_messages));
    CHECK(intents::parse("0x201") == (intent::guilds | intent::guild_messages));
    CHECK(intents::parse("0") == intents{});
    CHECK(intents::parse("1099511627776").bits() == 1ULL << 40);
    CHECK(intents::parse("1,guild_messages") == (intent::guilds | intent::guild_messages));
}

TEST_CASE("words that are no intent are all named, with what is known") {
    const std::string text = complaint("guilds, guild_mesages | guild members,, bans");
    CHECK_THAT(text, Catch::Contains("\"guild_mesages\", \"guild members\", \"\", \"bans\""));
    CHECK_THAT(text, Catch::Contains("guild_messages") && Catch::Contains("message_content") &&
                         Catch::Contains("defaults") && Catch::Contains("or a number"));
}

TEST_CASE("numbers that are no set of bits are refused") {
    for (const char* bad : {"", " ", "-1", "1.5", "0x", "0xG", "18446744073709551616", "1 2", "+1"})
        CHECK_THAT(complaint(bad), Catch::Contains("has no intent named"));
}

TEST_CASE("the environment's intents name their variable when they are wrong") {
    ::setenv("DISCORD_GATEWAY_INTENTS", "guilds|guild_messages", 1);
    CHECK(intents::from_env() == (intent::guilds | intent::guild_messages));
    ::setenv("DISCORD_GATEWAY_INTENTS", "gilds", 1);
    CHECK_THROWS_WITH(intents::from_env(),
                      Catch::Contains("DISCORD_GATEWAY_INTENTS") && Catch::Contains("\"gilds\""));
    ::unsetenv("DISCORD_GATEWAY_INTENTS");
    CHECK_THROWS_WITH(intents::from_env(),
                      Catch::Contains("DISCORD_GATEWAY_INTENTS") && Catch::Contains("not set"));
}

TEST_CASE("a set of intents is printed so that it can be read again") {
    CHECK(to_string(intents{}) == "none");
    CHECK(to_string(intent::guilds | intent::guild_messages) == "guilds | guild_messages");
    CHECK(to_string(intents{intent::guilds} | intents{1ULL << 40}) == "guilds | 0x10000000000");
    for (int bit = 0; bit < 64; ++bit) {
        const intents one{1ULL << bit};
        CHECK(intents::parse(to_string(one)) == one);
    }
    CHECK(intents::parse(to_string(intents::all())) == intents::all());
}
