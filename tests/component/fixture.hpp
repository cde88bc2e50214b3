#pragma once

#include "support/log_capture.hpp"

#include <strandcord/strandcord.hpp>
#include <strandcord/testing/discord.hpp>

#include <boost/describe.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace strandcord::test {

using namespace std::chrono_literals;

struct session_of_ready {
    std::string session_id;
};
BOOST_DESCRIBE_STRUCT(session_of_ready, (), (session_id))

/// A bot that answers `!ping`, on an emulated Discord, with what it saw.
struct ping_bot {
    explicit ping_bot(testing::emulator_options options = {},
                      std::function<void(bot_config&)> change = {})
        : discord{options}, general{discord.channel("general")}, ada{discord.user("ada")} {
        bot_config config = discord.config();
        config.log = logs.log();
        config.metrics = counters;
        if (change)
            change(config);
        made.emplace(discord.executor(), std::move(config));
        made->on<message_create>([this](auto message) -> task<> {
            if (message->author.bot)
                co_return;
            contents.push_back(message->content);
            if (message->content == "!ping")
                co_await message.reply("pong");
        });
        made->on<ready, session_of_ready>([this](auto event) -> task<> {
            sessions.push_back(event->session_id);
            co_return;
        });
    }
    ~ping_bot() {
        if (discord.running(*made))
            discord.stop(*made);
        CHECK(counters->value(gauge::handlers_in_flight) == 0);
    }

    bot& the_bot() { return *made; }
    void connect() { discord.connect(*made); }
    /// What `run()` threw; empty when it runs or returned.
    error_code failure() const {
        if (const auto thrown = discord.failure(*made)) {
            try {
                std::rethrow_exception(thrown);
            } catch (const boost::system::system_error& e) {
                return e.code();
            }
        }
        return {};
    }
    std::string failure_text() const {
        try {
            if (const auto thrown = discord.failure(*made))
                std::rethrow_exception(thrown);
        } catch (const std::exception& e) {
            return e.what();
        }
        return {};
    }
    std::vector<std::string> texts(int op) {
        std::vector<std::string> out;
        for (const auto& frame : discord.gateway().frames(op))
            out.push_back(frame.text);
        return out;
    }
    std::vector<std::uint16_t> close_codes() {
        std::vector<std::uint16_t> out;
        for (const auto& close : discord.gateway().closes())
            out.push_back(close.code);
        return out;
    }
    /// The Resume that continues the latest session after `sequence`.
    std::string resume_frame(std::int64_t sequence) const {
        return R"({"op":6,"d":{"token":"emulated-token","session_id":")" + sessions.back() +
               R"(","seq":)" + std::to_string(sequence) + "}}";
    }

    log_capture logs;
    std::shared_ptr<registry> counters = std::make_shared<registry>();
    testing::discord discord;
    testing::channel& general;
    testing::user& ada;
    std::vector<std::string> contents;
    std::vector<std::string> sessions;
    std::optional<bot> made;
};

} // namespace strandcord::test
