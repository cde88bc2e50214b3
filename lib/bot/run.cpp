#include "bot/engine.hpp"

#include <strandcord/bot.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/strand.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace strandcord {

namespace asio = boost::asio;

namespace {

/// The first signal stops the bot in good order; the second, from somebody who will not wait, ends
/// the program.
void wait_for_signals(asio::signal_set& signals, bot& what, const bool& over, bool again = false) {
    signals.async_wait(
        [&signals, &what, &over, again](boost::system::error_code failed, int number) {
            if (failed || over)
                return;
            if (again)
                std::_Exit(128 + number);
            what.internals().interrupt();
            wait_for_signals(signals, what, over, true);
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
    try {
        what.internals().adopt(context, context->get_executor());
    } catch (...) {
        return report(std::current_exception());
    }

    std::mutex mutex;
    std::exception_ptr failure; // the first, under the lock
    const auto keep_first = [&](std::exception_ptr why) {
        const std::lock_guard lock{mutex};
        if (!failure)
            failure = std::move(why);
    };
    // What was posted to the context beside the bot may throw too: then the program is over, in
    // every thread.
    const auto work = [&] {
        try {
            context->run();
        } catch (...) {
            keep_first(std::current_exception());
            context->stop();
        }
    };
    {
        bool over = false; // touched on the strand of the signals only
        asio::signal_set signals{asio::make_strand(*context), SIGINT, SIGTERM};
        wait_for_signals(signals, what, over);
        asio::co_spawn(*context, what.run(), [&](std::exception_ptr ended) {
            keep_first(std::move(ended));
            asio::post(signals.get_executor(), [&] {
                over = true;
                signals.cancel();
            });
        });

        std::vector<std::jthread> others;
        for (int i = 1; i < options.threads; ++i)
            others.emplace_back(work);
        work();
    }
    return report(failure);
}

} // namespace strandcord
