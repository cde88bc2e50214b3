// What a bot sends over the gateway: a presence at the start, another on command, and a question
// about members.

#include <strandcord/strandcord.hpp>

#include <cstdio>

namespace sc = strandcord;

int main() {
    sc::bot bot{{
        .token = sc::env("DISCORD_BOT_TOKEN"),
        .privileged = sc::intent::message_content,
        .presence =
            [](sc::shard_id) {
                return sc::presence_draft::online().with(sc::activity_draft::playing("chess"));
            },
    }};

    bot.on<sc::message_create>([&bot](auto message) -> sc::task<> {
        if (message->content == "!busy")
            bot.update_presence(
                sc::presence_draft::dnd().with(sc::activity_draft::custom("Do not disturb")));
        if (message->content != "!who" || !message->guild_id)
            co_return;
        try {
            sc::shard shard = bot.shard_of(*message->guild_id);
            sc::member_list found = co_await shard.request_members(
                sc::member_request::by_name(*message->guild_id, "a", 10));
            co_await message.reply(std::to_string(found.members.size()) + " names begin with a");
        } catch (const sc::incomplete_members& e) {
            std::printf("%zu members came, then: %s\n", e.received().members.size(), e.what());
        }
    });

    return sc::run(bot);
}
