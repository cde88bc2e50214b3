#include "fixture.hpp"

#include <strandcord/testing/fail_sweep.hpp>

using namespace strandcord;
using namespace strandcord::test;

namespace {

/// A bot that writes down what it hears.
struct listener {
    explicit listener(testing::discord& discord)
        : general{discord.channel("general")}
        , ada{discord.user("ada")}
        , made{discord.executor(), config_of(discord)} {
        made.on<message_create>([this](auto message) -> task<> {
            heard.push_back(message->content);
            co_return;
        });
    }
    static bot_config config_of(testing::discord& discord) {
        bot_config out = discord.config();
        out.gateway.heartbeat_interval = std::chrono::seconds{10};
        return out;
    }

    testing::channel& general;
    testing::user& ada;
    bot made;
    std::vector<std::string> heard;
};

} // namespace

TEST_CASE("whatever operation fails while a bot connects, resumes and stops, it recovers and lets "
          "nothing go (GW-CONN-18, GW-RES-1)") {
    std::size_t resumed = 0;
    const auto scenario = [&](testing::discord& discord) {
        listener bot{discord};
        discord.connect(bot.made);
        for (int number = 0; number < 3; ++number) {
            bot.ada.says("message " + std::to_string(number), bot.general);
            discord.advance(5s);
        }
        discord.gateway().drop(4000);
        bot.ada.says("while away", bot.general);
        discord.advance(2min);
        bot.ada.says("back", bot.general);
        discord.advance(2min);
        INFO(discord.failed_operation());
        CHECK(bot.heard == std::vector<std::string>{"message 0", "message 1", "message 2",
                                                    "while away", "back"});
        CHECK(bot.made.status().front().state == shard_state::ready);
        CHECK(discord.gateway().identifies() <= 2); // one for a READY that never came
        resumed += discord.gateway().resumes();
        discord.stop(bot.made);
        CHECK_FALSE(discord.failure(bot.made));
        CHECK(discord.violations().empty());
    };
    testing::sweep_options options;
    options.kinds = {testing::io_failure::error, testing::io_failure::short_transfer,
                     testing::io_failure::stall};
    const auto result = testing::fail_sweep(scenario, options);
    CHECK(result.operations > 20);
    CHECK(result.runs > 3 * 20);
    CHECK(resumed >= result.runs);
}

TEST_CASE("at whatever operation run() is cancelled, it ends without an error and lets nothing go "
          "(GW-CONN-18)") {
    testing::sweep_options options;
    options.kinds = {testing::io_failure::cancelled};
    const auto result = testing::fail_sweep(
        [](testing::discord& discord) {
            listener bot{discord};
            discord.start(bot.made);
            discord.advance(5s);
            bot.ada.says("hello", bot.general);
            discord.gateway().drop(4000);
            discord.advance(1min);
            INFO(discord.failed_operation());
            if (discord.failed_operation().empty())
                discord.stop(bot.made);
            CHECK_FALSE(discord.running(bot.made));
            CHECK_FALSE(discord.failure(bot.made));
            CHECK(discord.gateway().connections() == 0);
        },
        options);
    CHECK(result.runs > 20);
}

TEST_CASE("whatever operation fails while a bot that must not run finds out, it ends with its "
          "typed error (GW-CLOSE-31)") {
    testing::sweep_options options;
    options.kinds = {testing::io_failure::error, testing::io_failure::short_transfer,
                     testing::io_failure::stall};
    options.emulator.privileged = {};
    const auto result = testing::fail_sweep(
        [](testing::discord& discord) {
            bot_config config = discord.config();
            config.privileged = intent::message_content;
            bot one{discord.executor(), std::move(config)};
            discord.start(one);
            discord.advance(10min);
            INFO(discord.failed_operation());
            REQUIRE_FALSE(discord.running(one));
            REQUIRE(discord.failure(one));
            try {
                std::rethrow_exception(discord.failure(one));
            } catch (const error& e) {
                CHECK(e.code() == gateway_errc::disallowed_intents);
            }
        },
        options);
    CHECK(result.operations > 5);
}

TEST_CASE("whatever operation of a request fails, the call ends: with its result, or with an error "
          "that says so") {
    testing::sweep_options options;
    options.kinds = {testing::io_failure::error, testing::io_failure::short_transfer,
                     testing::io_failure::stall};
    const auto scenario = [](testing::discord& discord) {
        bot one{discord.executor(), discord.config()};
        discord.connect(one);
        INFO(discord.failed_operation());
        try {
            const user self = discord.run(one.rest().get_current_user(), 5min);
            CHECK_FALSE(self.username.empty());
        } catch (const error& e) {
            CHECK((e.code() == cause::retryable || e.code() == cause::timed_out));
        }
        discord.stop(one);
    };
    testing::fail_sweep(scenario, options);
}

TEST_CASE("fail_sweep names the operation and what came of it") {
    const auto scenario = [](testing::discord& discord) {
        bot one{discord.executor(), discord.config()};
        discord.connect(one);
        if (!discord.failed_operation().empty())
            throw std::logic_error{"too bad"};
    };
    CHECK_THROWS_WITH(testing::fail_sweep(scenario),
                      Catch::Contains("operation 1, an opening of") && Catch::Contains("too bad"));
}
