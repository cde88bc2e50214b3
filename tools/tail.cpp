// strandcord-tail: every event of a bot as a line of JSON.

#include "line_writer.hpp"
#include "tail_options.hpp"

#include <strandcord/strandcord.hpp>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <string>
#include <unistd.h>

namespace sc = strandcord;

namespace {

/// Bytes that may wait for a slow reader before the connections are read no further.
constexpr std::size_t backlog_limit = 8U * 1024 * 1024;

std::string line_of(const sc::delivery& event, bool data) {
    std::string line = "{\"shard\":" + std::to_string(event.shard().index) +
                       ",\"s\":" + std::to_string(event.sequence()) +
                       ",\"t\":" + sc::to_json(std::string{event.name()});
    if (data) {
        line += ",\"d\":";
        const auto start = line.size();
        line += event.raw();
        // Line ends in JSON are white space between values, never part of one.
        std::replace_if(
            line.begin() + static_cast<std::ptrdiff_t>(start), line.end(),
            [](char letter) { return letter == '\n' || letter == '\r'; }, ' ');
    }
    line += '}';
    return line;
}

int tail(const tail_options& options) {
    sc::bot bot{{
        .token = sc::env("DISCORD_BOT_TOKEN"),
        .intents = sc::intents::defaults(),
        .shards = options.shards,
        .gateway = {.compress = options.compress},
        // Beyond the backlog each handler holds one event until there is room, and few may wait.
        .handlers = {.in_flight = 64, .grace = std::chrono::seconds{1}},
        .log = sc::logger{options.log, sc::stderr_sink()},
    }};

    std::atomic<bool> closed = false;
    line_writer out{STDOUT_FILENO, [&] {
                        closed = true;
                        bot.stop();
                    }};

    bot.on_any([&](auto event) -> sc::task<> {
        if (!options.filter.empty() && !options.filter.contains(event.name()))
            co_return;
        out.write(line_of(event, options.data));
        while (out.backlog() > backlog_limit)
            co_await sc::sleep_for(std::chrono::milliseconds{20});
    });

    const int code = sc::run(bot);
    if (closed) {
        std::fputs("strandcord-tail: stdout was closed\n", stderr);
        return 1;
    }
    return code;
}

} // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE,
                SIG_IGN); // a closed stdout is an error of write, not the end of the program
    int exit_code = 0;
    const auto options = read_tail_options(argc, argv, exit_code);
    if (!options)
        return exit_code;
    try {
        exit_code = tail(*options);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        exit_code = 2;
    }
    // Not through static destructors: a writer that is stuck in a write would be left behind in
    // them.
    std::fflush(nullptr);
    std::_Exit(exit_code);
}
