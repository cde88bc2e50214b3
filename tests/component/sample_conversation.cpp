// samples/conversation.cpp on the emulator.

#include <strandcord/strandcord.hpp>
#include <strandcord/testing/discord.hpp>

#include <catch2/catch.hpp>
#include <chrono>
#include <optional>

using namespace std::chrono_literals;
namespace sc = strandcord;

/// Of samples/conversation.cpp.
void install_conversation(sc::bot& bot);

namespace {

struct talk {
    talk() {
        sc::bot_config config = discord.config();
        config.handlers.in_flight = 1; // who waits for an answer fills no shard
        bot.emplace(discord.executor(), std::move(config));
        install_conversation(*bot);
        discord.connect(*bot);
    }

    sc::testing::discord discord;
    sc::testing::channel& general = discord.channel("general");
    sc::testing::user& ada = discord.user("ada");
    sc::testing::user& bob = discord.user("bob");
    std::optional<sc::bot> bot;
};

} // namespace

TEST_CASE("a conversation takes the answer of who was asked") {
    talk t;
    t.ada.says("!forget", t.general);
    CHECK(t.general.last().content == "Delete everything? Say yes or no.");
    t.bob.says("yes", t.general);
    t.ada.says("yes", t.discord.channel("elsewhere"));
    CHECK(t.general.last().content == "yes");
    t.ada.says("yes", t.general);
    CHECK(t.general.last().content == "Gone.");
    CHECK(t.discord.violations().empty());
}

TEST_CASE("two conversations at a time do not meet") {
    talk t;
    t.ada.says("!forget", t.general);
    t.bob.says("!forget", t.general);
    t.bob.says("no", t.general);
    CHECK(t.general.last().content == "Then not.");
    t.ada.says("yes", t.general);
    CHECK(t.general.last().content == "Gone.");
}

TEST_CASE("a conversation ends when nobody answers, and when the bot stops") {
    talk t;
    t.ada.says("!forget", t.general);
    t.discord.advance(30s);
    CHECK(t.general.last().content == "Too slow.");
    t.ada.says("!forget", t.general);
    const auto before = t.discord.clock().elapsed();
    t.discord.stop(*t.bot);
    CHECK(t.discord.clock().elapsed() - before < 1s);
    CHECK(t.general.last().content == "Too slow.");
}
