#include <strandcord/strandcord.hpp>
namespace sc = strandcord;

int main() {
    sc::bot bot{{.token = sc::env("DISCORD_BOT_TOKEN"), .privileged = sc::intent::message_content}};

    bot.on<sc::message_create>([](auto message) -> sc::task<> {
        if (message->content == "!ping")
            co_await message.reply("pong");
    });

    return sc::run(bot);
}
