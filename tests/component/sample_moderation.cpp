// samples/moderation.cpp on the emulator.

#include <strandcord/strandcord.hpp>
#include <strandcord/testing/discord.hpp>

#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <vector>

using namespace std::chrono_literals;
namespace sc = strandcord;

/// Of samples/moderation.cpp.
void install_moderation(sc::bot& bot);

namespace {

std::vector<std::string> contents(const sc::testing::channel& where) {
    std::vector<std::string> out;
    for (const auto& message : where.messages())
        out.push_back(message.content);
    return out;
}

} // namespace

TEST_CASE("moderation judges a channel's messages one after the other, and other channels go on") {
    sc::testing::discord discord;
    auto& general = discord.channel("general");
    auto& other = discord.channel("other");
    auto& ada = discord.user("ada");
    sc::bot bot{discord.executor(), discord.config()};
    install_moderation(bot);
    discord.connect(bot);

    discord.rest().fail_next(429, 5s); // the first reply takes its time
    for (int i = 0; i < 4; ++i)
        ada.says("buy this", general);
    CHECK(general.count() == 4);
    ada.says("hello", other);
    ada.says("hello", other);
    discord.advance(10s);
    CHECK(contents(other).back() == "Once is enough. Reminder 1");
    CHECK(contents(general) == std::vector<std::string>{"buy this", "buy this", "buy this",
                                                        "buy this", "Once is enough. Reminder 1",
                                                        "Once is enough. Reminder 2",
                                                        "Once is enough. Reminder 3"});
    const auto handlers = bot.events().handlers();
    REQUIRE(handlers.size() == 1);
    CHECK(handlers[0].name == "moderate");
    CHECK(handlers[0].failures == 0);
    CHECK(discord.violations().empty());
}
