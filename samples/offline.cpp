// A bot's unit test: the emulator, a clock that the test owns, no token, no network. Runs in
// milliseconds.

#include <strandcord/strandcord.hpp>
#include <strandcord/testing/discord.hpp>

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
namespace sc = strandcord;

static void install_handlers(sc::bot& bot) {
    bot.on<sc::message_create>([](auto message) -> sc::task<> {
        if (message->content == "!ping")
            co_await message.reply("pong");
    });
}

TEST_CASE("!ping is answered with pong, even across a lost connection") {
    sc::testing::discord discord; // gateway + REST in this process, on a clock the test owns
    auto& general = discord.channel("general");
    auto& ada = discord.user("ada");

    sc::bot bot{discord.executor(), discord.config()};
    install_handlers(bot);
    discord.connect(bot);

    ada.says("!ping", general);
    CHECK(general.last().content == "pong");

    discord.gateway().drop(4000);
    discord.rest().fail_next(429, 2s);
    ada.says("!ping", general);
    discord.advance(5s);

    CHECK(general.count() == 4);
    CHECK(discord.gateway().resumes() == 1);
}
