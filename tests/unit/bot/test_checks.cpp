#include "bot/checks.hpp"
#include "support/log_capture.hpp"

#include <strandcord/strandcord.hpp>

#include <boost/describe.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <functional>

using namespace strandcord;
using namespace std::chrono_literals;

namespace {

struct only_author {
    user author;
};
BOOST_DESCRIBE_STRUCT(only_author, (), (author))

std::string refusal(const std::function<void()>& call) {
    try {
        call();
    } catch (const error& e) {
        CHECK(e.code() == errc::invalid_configuration);
        return e.what();
    }
    return {};
}

/// Sets DISCORD_GATEWAY_INTENTS for one test.
struct intents_variable {
    explicit intents_variable(const char* value) { ::setenv("DISCORD_GATEWAY_INTENTS", value, 1); }
    ~intents_variable() { ::unsetenv("DISCORD_GATEWAY_INTENTS"); }
};

} // namespace

TEST_CASE("gateway settings out of range are refused with one sentence each (GW-ID-6)") {
    CHECK(refusal([] { check_gateway({}); }).empty());
    CHECK(refusal([] { check_gateway({.large_threshold = 49}); }).find("50 to 250, not 49") !=
          std::string::npos);
    CHECK(refusal([] { check_gateway({.large_threshold = 251}); }).find("50 to 250, not 251") !=
          std::string::npos);
    for (const auto length : {-1ms, 0ms, 1ms, 999ms})
        CHECK(refusal([&] {
                  check_gateway({.heartbeat_interval = length});
              }).find("gateway.heartbeat_interval must be at least 1 s") == 0);
    CHECK(refusal([] { check_gateway({.heartbeat_interval = 1s}); }).empty());
    CHECK(refusal([] {
              check_gateway({.maximum_payload = 100});
          }).find("gateway.maximum_payload") == 0);
    CHECK(refusal([] {
              check_gateway({.connect_timeout = -1ms});
          }).find("gateway.connect_timeout") == 0);
    CHECK(refusal([] { check_handlers({.in_flight = 0}); }).find("handlers.in_flight") == 0);
    CHECK(refusal([] { check_handlers({.grace = -1ms}); }).find("handlers.grace") == 0);
    CHECK(refusal([] { check_handlers({.warn_after = -1ms}); }).find("handlers.warn_after") == 0);
    CHECK(refusal([] { check_handlers({.deadline = -1ms}); }).find("handlers.deadline") == 0);
}

TEST_CASE("autoscale needs all shards in this process, and patience") {
    CHECK(refusal([] { check_autoscale(1h, shard_plan::automatic()); }).empty());
    CHECK(refusal([] { check_autoscale(1h, shard_plan::range(0, 7, 8)); }).empty());
    CHECK(refusal([] { check_autoscale(0h, shard_plan::range(0, 3, 8)); }).empty());
    CHECK(refusal([] {
              check_autoscale(1h, shard_plan::range(0, 3, 8));
          }).find("autoscale_every does not go with shard_plan::range") == 0);
    CHECK(refusal([] {
              check_autoscale(1h, shard_plan::range(4, 7, 8));
          }).find("autoscale_every does not go with shard_plan::range") == 0);
    CHECK(refusal([] {
              check_autoscale(59s, shard_plan::automatic());
          }).find("at least a minute") != std::string::npos);
}

TEST_CASE("undefined intent bits are refused before the connection (GW-ID-5)") {
    CHECK(refusal([] { check_intents(intents::all()); }).empty());
    CHECK(refusal([] { check_intents(intents{1ULL << 40}); }).find("4013") != std::string::npos);
}

TEST_CASE("ordinary intents follow from handlers, privileged ones must be named") {
    const intents needed = intent::guild_messages | intent::guild_members;
    CHECK(effective_intents(needed, {}, {}) == intents{intent::guild_messages});
    CHECK(effective_intents(needed, intent::message_content, {}) ==
          (intent::guild_messages | intent::message_content));
    CHECK(effective_intents(needed, intent::message_content, intents{intent::guilds}) ==
          intents{intent::guilds});
}

TEST_CASE("DISCORD_GATEWAY_INTENTS overrides handlers and settings") {
    const intents_variable variable{"guilds,guild_voice_states"};
    CHECK(effective_intents(intent::guild_messages, intent::message_content,
                            intents{intent::guild_invites}) ==
          (intent::guilds | intent::guild_voice_states));
}

TEST_CASE("an unknown name in DISCORD_GATEWAY_INTENTS is named in the error") {
    const intents_variable variable{"guilds,guild_mesages"};
    CHECK(refusal([] { effective_intents({}, {}, {}); }).find("guild_mesages") !=
          std::string::npos);
}

TEST_CASE("a handler that starves for an intent is one warning with its place and the intent") {
    test::log_capture logs;
    dispatcher events;
    events.on<guild_member_add>([](auto) -> task<> { co_return; });
    events.on<guild_create>([](auto) -> task<> { co_return; });
    warn_about_missing_intents(events.internals().handlers(), intent::guilds, logs.log());
    const auto records = logs.records();
    REQUIRE(records.size() == 1);
    CHECK(records[0].severity == level::warning);
    CHECK(records[0].text.find("GUILD_MEMBER_ADD") != std::string::npos);
    CHECK(records[0].text.find("privileged intent guild_members") != std::string::npos);
    CHECK(records[0].string("handler").find("test_checks.cpp:") == 0);
}

TEST_CASE("handlers that starve for the same intent are one warning with all their names") {
    test::log_capture logs;
    dispatcher events;
    const auto nothing = [](const auto&) -> task<> { co_return; };
    events.on<guild_member_add>(nothing, {.name = "welcome"});
    events.on<guild_member_remove>(nothing, {.name = "farewell"});
    events.on_any<message_create, message_delete>(nothing, {.name = "archive"});
    warn_about_missing_intents(events.internals().handlers(), intent::guilds, logs.log());
    const auto records = logs.records();
    REQUIRE(records.size() == 2);
    CHECK(records[0].string("handler") == "welcome, farewell");
    CHECK(records[0].string("event") == "GUILD_MEMBER_ADD, GUILD_MEMBER_REMOVE");
    CHECK(records[0].string("intent") == "guild_members");
    CHECK(records[1].string("handler") == "archive");
    CHECK(records[1].text.find("left out by the configured intents") != std::string::npos);
}

TEST_CASE("handlers and waits that come while the bot runs are warned of at once") {
    test::log_capture logs;
    dispatcher events;
    const auto nothing = [](const auto&) -> task<> { co_return; };
    events.on<guild_create>(nothing);
    events.internals().expect(intent::guilds, logs.log());
    CHECK(logs.size() == 0);
    events.on<guild_delete>(nothing);
    CHECK(logs.size() == 0);
    events.on<guild_member_add>(nothing, {.name = "welcome"});
    REQUIRE(logs.size() == 1);
    CHECK(logs.records()[0].string("handler") == "welcome");

    const auto guilds = events.stream<guild_create>();
    CHECK(logs.size() == 1);
    const auto members = events.stream<guild_member_add>();
    const auto more = events.stream<guild_member_add>();
    REQUIRE(logs.size() == 2);
    CHECK_THAT(logs.records()[1].text, Catch::StartsWith("a wait for GUILD_MEMBER_ADD never ends"));
    CHECK(logs.records()[1].string("intent") == "guild_members");
}

TEST_CASE("GW-DISP-21 without guild_members member updates are said to come for the bot's own "
          "member only") {
    test::log_capture logs;
    dispatcher events;
    const auto nothing = [](const auto&) -> task<> { co_return; };
    events.on_any<guild_member_add, guild_member_update>(nothing, {.name = "members"});
    events.internals().expect(intent::guilds, logs.log());
    REQUIRE(logs.size() == 2);
    CHECK_THAT(logs.records()[0].text,
               Catch::StartsWith("handlers of GUILD_MEMBER_ADD are never called without"));
    CHECK_THAT(logs.records()[1].text,
               Catch::StartsWith("handlers of GUILD_MEMBER_UPDATE are called for the bot's own "
                                 "member only without the privileged intent guild_members"));
    const auto waiting = events.stream<guild_member_update>();
    REQUIRE(logs.size() == 3);
    CHECK_THAT(logs.records()[2].text,
               Catch::StartsWith("a wait for GUILD_MEMBER_UPDATE hears of the bot's own member "
                                 "only without"));
}

TEST_CASE("handlers that read blanked content are warned of, others are not (GW-DISP-20)") {
    test::log_capture logs;
    dispatcher events;
    events.on<message_create>([](auto) -> task<> { co_return; });
    events.on<message_create, only_author>([](auto) -> task<> { co_return; });
    const intents without = intent::guild_messages | intent::direct_messages;
    warn_about_missing_intents(events.internals().handlers(), without, logs.log());
    const auto records = logs.records();
    REQUIRE(records.size() == 1);
    CHECK(records[0].text.find("message_content") != std::string::npos);
    CHECK(records[0].text.find("`content`") != std::string::npos);

    logs.clear();
    warn_about_missing_intents(events.internals().handlers(), without | intent::message_content,
                               logs.log());
    CHECK(logs.size() == 0);
}
