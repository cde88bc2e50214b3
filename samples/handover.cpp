// A bot that is replaced while it runs: at SIGHUP a fresh one takes over its sessions, which spends
// no Identify and loses no event. A new process does the same with the points, or with a session
// file; docs/sessions.md says how.

#include <strandcord/strandcord.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/this_coro.hpp>
#include <csignal>
#include <cstdio>

namespace asio = boost::asio;
namespace sc = strandcord;

static sc::task<> serve(sc::bot_config config) {
    const auto executor = co_await asio::this_coro::executor;
    for (int generation = 1;; ++generation) {
        sc::bot bot{executor, config};
        bot.on<sc::message_create>([generation](auto message) -> sc::task<> {
            std::printf("generation %d: %s\n", generation, message->content.c_str());
            std::fflush(stdout);
            co_return;
        });

        bool upgrade = false;
        asio::signal_set signals{executor, SIGHUP, SIGINT, SIGTERM};
        signals.async_wait([&](boost::system::error_code failed, int number) {
            upgrade = !failed && number == SIGHUP;
            if (upgrade) // closes with 4000: Discord keeps the sessions
                asio::co_spawn(executor, bot.hand_over(), asio::detached);
            else if (!failed)
                bot.stop();
        });
        co_await bot.run();
        if (!upgrade)
            co_return;
        auto points = co_await bot.hand_over(); // what the call before gives
        config.resume = std::move(points);
    }
}

int main() {
    try {
        asio::io_context io;
        sc::bot_config config{.token = sc::env("DISCORD_BOT_TOKEN"),
                              .privileged = sc::intent::message_content};
        asio::co_spawn(io, serve(std::move(config)), [](std::exception_ptr failure) {
            if (failure)
                std::rethrow_exception(failure); // out of io.run()
        });
        io.run();
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 2;
    }
    return 0;
}
