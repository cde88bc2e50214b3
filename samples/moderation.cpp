// Moderation in order: in one channel a message is judged when the one before it was answered,
// however long that took, while other channels go on. A trace tells which handlers are slow.

#include <strandcord/strandcord.hpp>

#include <boost/describe.hpp>
#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <string>

using namespace std::chrono_literals;
namespace sc = strandcord;

/// What moderation reads of a message.
struct spoken {
    sc::snowflake id, channel_id;
    std::string content;
    sc::user author;
};
BOOST_DESCRIBE_STRUCT(spoken, (), (id, channel_id, content, author))

/// What was said last in a channel, and how often it was said again.
struct channel_record {
    std::string last;
    int repeated = 0;
};

class moderator {
public:
    /// The record is read and written around a wait: only the order of the channel makes that safe.
    sc::task<> judge(sc::event<sc::message_create, spoken> message) {
        if (message->author.bot)
            co_return;
        channel_record& record = records_[message->channel_id];
        if (record.last != message->content) {
            record.last = message->content;
            record.repeated = 0;
            co_return;
        }
        const int times = record.repeated + 1;
        co_await message.reply("Once is enough. Reminder " + std::to_string(times));
        record.repeated = times;
    }

private:
    std::map<sc::snowflake, channel_record> records_;
};

void install_moderation(sc::bot& bot) {
    bot.around([](const sc::delivery& what, sc::next_handler next) -> sc::task<> {
        const auto began = std::chrono::steady_clock::now();
        co_await next();
        if (std::chrono::steady_clock::now() - began > 2s)
            std::printf("%s was slow with number %lld\n", std::string{next.name()}.c_str(),
                        static_cast<long long>(what.sequence()));
    });

    const auto judge = std::make_shared<moderator>();
    bot.on<sc::message_create, spoken>(
        [judge](auto message) -> sc::task<> { return judge->judge(std::move(message)); },
        {.name = "moderate", .order = sc::order_by::channel, .deadline = 60s});
}

int main() {
    sc::bot bot{{.token = sc::env("DISCORD_BOT_TOKEN"), .privileged = sc::intent::message_content}};
    install_moderation(bot);
    return sc::run(bot);
}
