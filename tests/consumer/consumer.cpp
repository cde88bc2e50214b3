// A bot and its offline Discord, through installed headers and libraries only.
#include <strandcord/strandcord.hpp>
#include <strandcord/testing/discord.hpp>

#include <cstdio>

namespace sc = strandcord;

int main() {
    sc::testing::discord discord;
    auto& general = discord.channel("general");
    auto& ada = discord.user("ada");

    sc::bot bot{discord.executor(), discord.config()};
    bot.on<sc::message_create>([](auto message) -> sc::task<> {
        if (message->content == "!ping")
            co_await message.reply("pong");
    });
    discord.connect(bot);
    ada.says("!ping", general);

    std::printf("strandcord %s answered %s\n", STRANDCORD_VERSION, general.last().content.c_str());
    return general.last().content == "pong" ? 0 : 1;
}
