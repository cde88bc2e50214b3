#include "fixture.hpp"

#include <cstdlib>

using namespace strandcord;
using namespace strandcord::test;

namespace {

/// What a bot with this configuration says when it is made or run; it must be one sentence, and no
/// connection.
std::string refusal(std::function<void(bot_config&)> change) {
    testing::discord discord;
    bot_config config = discord.config();
    change(config);
    std::string text;
    try {
        bot one{discord.executor(), std::move(config)};
        one.on<message_create>([](auto) -> task<> { co_return; });
        discord.run(one.run());
    } catch (const error& e) {
        CHECK(e.code() == errc::invalid_configuration);
        text = e.what();
    }
    CHECK_FALSE(text.empty());
    CHECK(text.find('\n') == std::string::npos);
    CHECK(discord.gateway().handshakes().empty());
    return text;
}

std::string sentence_of(testing::discord& discord, client& one) {
    try {
        discord.run(one.run());
    } catch (const error& e) {
        CHECK(e.code() == errc::invalid_configuration);
        return e.what();
    }
    return {};
}

bool mentions(const std::string& text, const std::string& part) {
    INFO(text);
    const bool found = text.find(part) != std::string::npos;
    CHECK(found);
    return found;
}

} // namespace

TEST_CASE("a missing or malformed token is one clear sentence without the token (GW-ID-3)") {
    mentions(refusal([](bot_config& c) { c.token = ""; }), "token");
    const auto prefixed = refusal([](bot_config& c) { c.token = "Bot secret.secret.secret"; });
    mentions(prefixed, "Bot ");
    CHECK(prefixed.find("secret") == std::string::npos);
    const auto spaced = refusal([](bot_config& c) { c.token = "secret.secret.secret\n"; });
    mentions(spaced, "token");
    CHECK(spaced.find("secret") == std::string::npos);
}

TEST_CASE("a shard out of range is one clear sentence (GW-ID-7)") {
    mentions(refusal([](bot_config& c) { c.shards = shard_plan::range(2, 4, 4); }), "4");
    mentions(refusal([](bot_config& c) { c.shards = shard_plan::range(3, 1, 4); }), "shard");
    mentions(refusal([](bot_config& c) { c.shards = shard_plan::fixed(-1); }), "shard");
}

TEST_CASE("a bad REST address is one clear sentence that repeats it") {
    for (const char* url : {"discord.com/api", "ftp://discord.com", "https://",
                            "http://host:99999/api", "https://ho st/"})
        mentions(refusal([&](bot_config& c) { c.rest.api_base = url; }), url);
}

TEST_CASE("an unknown intent in the environment is one clear sentence that names it") {
    ::setenv("DISCORD_GATEWAY_INTENTS", "guilds,gild_members", 1);
    mentions(refusal([](bot_config&) {}), "gild_members");
    ::unsetenv("DISCORD_GATEWAY_INTENTS");
}

TEST_CASE(
    "undefined intents, thresholds and limits are refused before connecting (GW-ID-5, GW-ID-6)") {
    mentions(refusal([](bot_config& c) { c.intents = intents{1ULL << 50}; }), "intents");
    mentions(refusal([](bot_config& c) { c.gateway.large_threshold = 10; }), "large_threshold");
    mentions(refusal([](bot_config& c) { c.handlers.in_flight = 0; }), "in_flight");
}

TEST_CASE("env() names the variable that is missing") {
    ::unsetenv("STRANDCORD_NOT_SET");
    try {
        env("STRANDCORD_NOT_SET");
        FAIL("no error");
    } catch (const error& e) {
        CHECK(e.code() == errc::invalid_configuration);
        mentions(e.what(), "STRANDCORD_NOT_SET");
    }
    CHECK(env("STRANDCORD_NOT_SET", "else") == "else");
}

TEST_CASE("a client with an impossible shard or gateway URL is refused with one sentence") {
    testing::discord discord;
    auto config = discord.client_config();
    config.shard = {4, 4};
    client wrong_shard{discord.executor(), config};
    CHECK(sentence_of(discord, wrong_shard) ==
          "The plan names shards 4 to 4 of 4: shards are numbered from 0 to 3.");

    config = discord.client_config();
    config.gateway_url = "https://not-a-websocket";
    client wrong_url{discord.executor(), config};
    CHECK(sentence_of(discord, wrong_url) ==
          "The gateway URL https://not-a-websocket is not of the form wss://host or "
          "ws://host:port. (shard 0)");
    CHECK(discord.gateway().handshakes().empty());
}
