// A conversation: a handler asks, and waits for the answer of the same person in the same place. It
// holds up nobody meanwhile.

#include <strandcord/strandcord.hpp>

#include <chrono>

using namespace std::chrono_literals;
namespace sc = strandcord;

/// What the author of `question` says next in its channel; nothing when that takes too long, or the
/// bot stops.
static sc::task<std::optional<sc::event<sc::message_create>>>
answer_to(sc::bot& bot, sc::event<sc::message_create> question) {
    co_return co_await bot.wait_for<sc::message_create>(
        [&](const auto& later) {
            return later->channel_id == question->channel_id &&
                   later->author.id == question->author.id;
        },
        30s);
}

static sc::task<> confirm(sc::bot& bot, sc::event<sc::message_create> order) {
    co_await order.reply("Delete everything? Say yes or no.");
    auto answer = co_await answer_to(bot, order);
    if (!answer)
        co_await order.reply("Too slow.");
    else if ((*answer)->content == "yes")
        co_await answer->reply("Gone.");
    else
        co_await answer->reply("Then not.");
}

void install_conversation(sc::bot& bot) {
    bot.on<sc::message_create>([&bot](auto message) -> sc::task<> {
        if (message->content == "!forget")
            co_await confirm(bot, message);
    });
}

int main() {
    sc::bot bot{{.token = sc::env("DISCORD_BOT_TOKEN"), .privileged = sc::intent::message_content}};
    install_conversation(bot);
    return sc::run(bot);
}
