#include <strandcord/bot.hpp>
#include <strandcord/testing/discord.hpp>

#include <boost/describe/class.hpp>
#include <catch2/catch.hpp>

namespace sc = strandcord;

namespace {

struct topic { // an event that no documentation lists, and what is read of it
    sc::snowflake id;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(topic, (), (id, text))

struct channel_topic_update {
    using data = topic;
    static constexpr std::string_view name = "CHANNEL_TOPIC_UPDATE";
    static constexpr sc::intents needs = sc::intent::guilds;
};

} // namespace

TEST_CASE("EV-6 an event type of one's own is decoded like any other; raw handlers get it too") {
    sc::testing::discord discord;
    sc::bot bot{discord.executor(), discord.config()};
    std::string text;
    std::string raw;
    bot.on<channel_topic_update>([&](auto event) -> sc::task<> {
        text = event->text;
        co_return;
    });
    bot.on_raw("CHANNEL_TOPIC_UPDATE", [&](auto event) -> sc::task<> {
        raw = event.raw();
        co_return;
    });
    discord.connect(bot);
    discord.gateway().dispatch("CHANNEL_TOPIC_UPDATE", R"({"id":"1","text":"what we talk about"})");
    CHECK(text == "what we talk about");
    CHECK(raw == R"({"id":"1","text":"what we talk about"})");
}
