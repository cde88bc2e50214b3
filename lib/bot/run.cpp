#include "bot/engine.hpp"

#include <strandcord/bot.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <thread>
#include <vector>

namespace strandcord {

namespace asio = boost::asio;

namespace {

/// The first signal stops the bot in good order; the second, from somebody who will not wait, ends
/// the program.
void wait_for_signals(asio::signal_set& signals, bot& what, bool again = false) {
    signals.async_wait([&signals, &what, again](boost::system::error_code failed, int number) {
        if (failed)
            return;
        if (again)
            std::_Exit(128 + number);
        what.stop();
        wait_for_signals(signals, what, true);
    });
}

int report(const std::exception_ptr& failure) {
    if (!failure)
        return 0;
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
    } catch (...) {
        std::fprintf(stderr, "the bot ended with an exception that is not a std::exception\n");
    }
    return 2;
}

} // namespace

int run(bot& what, run_options options) {
    if (options.threads < 1) {
        std::fprintf(stderr, "run_options::threads must be at least 1\n");
        return 2;
    }
    auto context = std::make_shared<asio::io_context>(options.threads);
    what.internals().adopt(context, context->get_executor());

    std::exception_ptr failure;
    {
        asio::signal_set signals{*context, SIGINT, SIGTERM};
        wait_for_signals(signals, what);
        asio::co_spawn(*context, what.run(), [&](std::exception_ptr ended) {
            failure = ended;
            signals.cancel();
        });

        std::vector<std::jthread> others;
        for (int i = 1; i < options.threads; ++i)
            others.emplace_back([&context] { context->run(); });
        context->run();
    }
    return report(failure);
}

} // namespace strandcord
