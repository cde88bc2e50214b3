// Only what you read: of all of MESSAGE_CREATE these three fields are parsed, the rest is skipped.

#include <strandcord/strandcord.hpp>

#include <boost/describe.hpp>
#include <string>

namespace sc = strandcord;

struct ping {
    sc::snowflake id, channel_id;
    std::string content;
};
BOOST_DESCRIBE_STRUCT(ping, (), (id, channel_id, content))

int main() {
    sc::bot bot{{.token = sc::env("DISCORD_BOT_TOKEN"), .privileged = sc::intent::message_content}};

    bot.on<sc::message_create, ping>([](auto message) -> sc::task<> {
        if (message->content == "!ping")
            co_await message.reply("pong");
    });

    return sc::run(bot);
}
