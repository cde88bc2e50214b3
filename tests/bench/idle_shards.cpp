// What one idle shard costs in memory, all in: `bench-idle-shards [SHARDS]`. The emulated Discord
// runs in a process of its own on loopback sockets; this process has the bot and nothing else.
// Prints the growth per shard of what malloc gave out and of the resident set.

#include <strandcord/strandcord.hpp>
#include <strandcord/testing/loopback.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <malloc.h>
#include <signal.h>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sc = strandcord;

namespace {

void rethrow(std::exception_ptr why) {
    if (why)
        std::rethrow_exception(why);
}

/// Serves until its parent ends it; tells the parent where, by the pipe.
[[noreturn]] void serve(int pipe, int shards, bool tls) {
    boost::asio::io_context context;
    sc::testing::emulator_options options;
    options.recommended_shards = shards;
    options.max_concurrency = shards;
    options.start_limit_remaining = options.start_limit_total = shards;
    sc::testing::loopback_discord discord{context.get_executor(), options, {.tls = tls, .port = 0}};
    const std::string where =
        discord.api_base() + '\n' + discord.certificate_authority_file() + '\n';
    if (write(pipe, where.data(), where.size()) < 0)
        std::_Exit(1);
    close(pipe);
    boost::asio::co_spawn(context, discord.run(), rethrow);
    context.run();
    std::_Exit(0);
}

class server {
public:
    server(int shards, bool tls) {
        int ends[2];
        if (pipe(ends) != 0 || (child_ = fork()) < 0)
            throw std::runtime_error{"no process for the server"};
        if (child_ == 0) {
            close(ends[0]);
            serve(ends[1], shards, tls);
        }
        close(ends[1]);
        std::string text;
        char some[512];
        for (ssize_t got = 0; (got = read(ends[0], some, sizeof some)) > 0;)
            text.append(some, static_cast<std::size_t>(got));
        close(ends[0]);
        const auto line = text.find('\n');
        api_base = text.substr(0, line);
        authority = text.substr(line + 1, text.size() - line - 2);
    }
    server(const server&) = delete;
    server& operator=(const server&) = delete;
    ~server() {
        kill(child_, SIGTERM);
        waitpid(child_, nullptr, 0);
    }

    std::string api_base;
    std::string authority;

private:
    pid_t child_ = -1;
};

struct memory {
    double malloced = 0;
    double resident = 0;
};

memory now() {
    malloc_trim(0);
    const auto heap = mallinfo2();
    long pages = 0, resident = 0;
    std::ifstream{"/proc/self/statm"} >> pages >> resident;
    return {static_cast<double>(heap.uordblks + heap.hblkhd),
            static_cast<double>(resident * sysconf(_SC_PAGESIZE))};
}

bool measure(const char* name, int shards, bool tls, sc::compression kind) {
    const server discord{shards, tls};
    if (!discord.authority.empty())
        setenv("SSL_CERT_FILE", discord.authority.c_str(), 1);
    boost::asio::io_context context;
    sc::bot_config config;
    config.token = sc::testing::emulator_options{}.token;
    config.rest.api_base = discord.api_base;
    config.gateway.compress = kind;
    config.log = sc::logger{sc::level::error, sc::stderr_sink()};
    memory before, after;
    int ready = 0;
    {
        sc::bot bot{context.get_executor(), config};
        bot.on<sc::guilds_ready>([&](auto) -> sc::task<> {
            if (++ready == shards) {
                after = now();
                bot.stop();
            }
            co_return;
        });
        before = now();
        boost::asio::co_spawn(context, bot.run(), rethrow);
        context.run();
    }
    std::printf("%-18s %5d shards: per shard %6.1f KiB from malloc, %6.1f KiB resident\n", name,
                shards, (after.malloced - before.malloced) / 1024 / shards,
                (after.resident - before.resident) / 1024 / shards);
    return ready == shards;
}

// In a process of its own, so that what an earlier measurement left behind does not count.
bool measure_apart(const char* name, int shards, bool tls, sc::compression kind) {
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        const bool good = measure(name, shards, tls, kind);
        std::fflush(nullptr);
        std::_Exit(good ? 0 : 1);
    }
    int status = 1;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

} // namespace

int main(int argc, char** argv) {
    const int shards = argc > 1 ? std::atoi(argv[1]) : 1000;
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    try {
        bool good = measure_apart("plain", shards, false, sc::compression::none);
        good = measure_apart("TLS", shards, true, sc::compression::none) && good;
        good =
            measure_apart("TLS + zlib-stream", shards, true, sc::compression::zlib_stream) && good;
#ifdef STRANDCORD_HAS_ZSTD
        good =
            measure_apart("TLS + zstd-stream", shards, true, sc::compression::zstd_stream) && good;
#endif
        return good ? 0 : 1;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
}
