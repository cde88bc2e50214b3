// strandcord-sandbox: an emulated Discord on a port of this machine.

#include "sandbox_events.hpp"
#include "sandbox_options.hpp"
#include "sandbox_watch.hpp"

#include <strandcord/error.hpp>
#include <strandcord/task.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>

namespace asio = boost::asio;
namespace sc = strandcord;
using std::chrono::steady_clock;
using namespace std::chrono_literals;

namespace {

/// A word that a shell reads back as it is.
std::string shell_word(const std::string& text) {
    std::string out = "'";
    for (const char letter : text)
        out += letter == '\'' ? std::string{"'\\''"} : std::string(1, letter);
    return out + "'";
}

class sandbox {
public:
    explicit sandbox(const sandbox_options& options);
    /// The exit code.
    int run();

private:
    void print_environment() const;
    void wait_for_signals(bool again = false);
    void leave(const std::exception_ptr& failure);

    sc::task<> live();
    sc::task<> wait_for_bot();
    sc::task<> deliver();
    sc::task<> say_goodbye();
    void speak(steady_clock::duration since);
    void drop(steady_clock::duration since);
    bool settled() const;
    void print_statistics(steady_clock::duration since);
    void print_summary() const;

    sandbox_options options_;
    asio::io_context context_{1};
    asio::signal_set signals_{context_, SIGINT, SIGTERM};
    sc::testing::loopback_discord discord_;
    sandbox_events events_;
    sandbox_watch watch_;
    std::uint64_t pings_ = 0;
    std::uint64_t drops_ = 0;
    std::uint64_t made_before_ = 0;
    steady_clock::duration statistics_at_ = 1s;
    bool dropped_ = false;
    bool stopping_ = false;
    bool over_ = false;
    int exit_code_ = 0;
};

sandbox::sandbox(const sandbox_options& options)
    : options_{options}
    , discord_{context_.get_executor(), options.emulator, options.where}
    , events_{discord_.internals(), sc::testing::populate(discord_.internals(), options.population),
              options}
    , watch_{discord_.internals(), options.conversation} {}

void sandbox::print_environment() const {
    std::printf("export DISCORD_BOT_TOKEN=%s\n", shell_word(options_.emulator.token).c_str());
    std::printf("export DISCORD_API_BASE=%s\n", discord_.api_base().c_str());
    if (options_.where.tls) {
        const auto file = shell_word(discord_.certificate_authority_file());
        std::printf("export SSL_CERT_FILE=%s\n", file.c_str());
        std::printf("export NODE_EXTRA_CA_CERTS=%s\n", file.c_str());
    }
    std::printf("listening port=%d\n", static_cast<int>(discord_.port()));
    std::fflush(stdout);
}

void sandbox::wait_for_signals(bool again) {
    signals_.async_wait([this, again](boost::system::error_code failed, int number) {
        if (failed || over_)
            return;
        if (again)
            std::_Exit(128 + number);
        stopping_ = true;
        wait_for_signals(true);
    });
}

void sandbox::leave(const std::exception_ptr& failure) {
    stopping_ = true;
    over_ = true;
    discord_.stop();
    signals_.cancel();
    if (!failure)
        return;
    exit_code_ = 1;
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "strandcord-sandbox: %s\n", e.what());
    }
}

int sandbox::run() {
    print_environment();
    wait_for_signals();
    asio::co_spawn(context_, discord_.run(),
                   [this](std::exception_ptr failure) { leave(failure); });
    asio::co_spawn(context_, live(), [this](std::exception_ptr failure) { leave(failure); });
    context_.run();
    return exit_code_;
}

sc::task<> sandbox::wait_for_bot() {
    // A bot may run some of its shards elsewhere: then nobody else comes.
    constexpr auto patience = 15s;
    auto changed = steady_clock::now();
    std::size_t seen = 0;
    while (!stopping_) {
        watch_.look();
        const auto now = steady_clock::now();
        if (watch_.connected() != seen)
            changed = now;
        seen = watch_.connected();
        if (watch_.complete() || (seen > 0 && now - changed > patience))
            break;
        co_await sc::sleep_for(20ms);
    }
}

sc::task<> sandbox::live() {
    co_await wait_for_bot();
    if (!stopping_)
        std::printf("begin sessions=%zu\n", watch_.connected());
    const auto begin = steady_clock::now();
    while (!stopping_) {
        const auto since = steady_clock::now() - begin;
        events_.play(since);
        speak(since);
        drop(since);
        watch_.look();
        print_statistics(since);
        if (options_.duration && since >= *options_.duration)
            break;
        co_await sc::sleep_for(10ms);
    }
    co_await deliver();
    co_await say_goodbye();
    print_summary();
}

void sandbox::speak(steady_clock::duration since) {
    if (!options_.conversation || since < pings_ * 1s)
        return;
    ++pings_;
    discord_.user("ada").says("!ping", discord_.channel("general"));
    std::printf("said content=\"!ping\"\n");
}

void sandbox::drop(steady_clock::duration since) {
    if (!options_.drop_after || dropped_ || since < *options_.drop_after)
        return;
    dropped_ = true;
    for (const auto& [id, each] : watch_.sessions()) {
        const bool meant = options_.drop_shard < 0 || each.shard.index == options_.drop_shard;
        if (!meant || each.connection == 0)
            continue;
        ++drops_;
        std::printf("drop shard=%d/%d code=4000\n", each.shard.index, each.shard.count);
    }
    discord_.gateway().drop(4000, options_.drop_shard);
}

bool sandbox::settled() const {
    for (const auto& [id, each] : watch_.sessions())
        if (!each.ended && (each.connection == 0 || each.confirmed < each.sent))
            return false;
    return watch_.so_far().replies >= pings_ || watch_.connected() == 0;
}

/// A heartbeat that is asked for names the last event a bot has.
sc::task<> sandbox::deliver() {
    constexpr auto limit = 5s;
    const auto begin = steady_clock::now();
    auto asked = begin - 1h;
    watch_.look();
    while (!settled() && steady_clock::now() - begin < limit) {
        if (steady_clock::now() - asked >= 200ms) {
            discord_.gateway().request_heartbeat();
            asked = steady_clock::now();
        }
        co_await sc::sleep_for(10ms);
        watch_.look();
    }
}

sc::task<> sandbox::say_goodbye() {
    if (!options_.conversation || watch_.connected() == 0)
        co_return;
    constexpr auto limit = 2s;
    discord_.user("ada").says("!bye", discord_.channel("general"));
    std::printf("said content=\"!bye\"\n");
    const auto begin = steady_clock::now();
    watch_.look();
    while (watch_.connected() > 0 && steady_clock::now() - begin < limit) {
        co_await sc::sleep_for(10ms);
        watch_.look();
    }
}

void sandbox::print_statistics(steady_clock::duration since) {
    if (since < statistics_at_)
        return;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since).count();
    std::printf("stats seconds=%lld sessions=%zu made=%llu rate=%llu sent=%lld replies=%llu "
                "resumes=%llu drops=%llu\n",
                static_cast<long long>(seconds), watch_.connected(),
                static_cast<unsigned long long>(events_.made()),
                static_cast<unsigned long long>(events_.made() - made_before_),
                static_cast<long long>(watch_.sent()),
                static_cast<unsigned long long>(watch_.so_far().replies),
                static_cast<unsigned long long>(watch_.so_far().resumes),
                static_cast<unsigned long long>(drops_));
    std::fflush(stdout);
    made_before_ = events_.made();
    statistics_at_ += 1s;
}

void sandbox::print_summary() const {
    for (const auto& [id, each] : watch_.sessions())
        std::printf("total shard=%d/%d sent=%lld\n", each.shard.index, each.shard.count,
                    static_cast<long long>(each.sent));
    const auto& seen = watch_.so_far();
    std::printf(
        "summary made=%llu messages=%llu sent=%lld unconfirmed=%lld pings=%llu "
        "replies=%llu identifies=%llu resumes=%llu drops=%llu violations=%llu\n",
        static_cast<unsigned long long>(events_.made()),
        static_cast<unsigned long long>(events_.messages()), static_cast<long long>(watch_.sent()),
        static_cast<long long>(watch_.unconfirmed()), static_cast<unsigned long long>(pings_),
        static_cast<unsigned long long>(seen.replies),
        static_cast<unsigned long long>(seen.identifies),
        static_cast<unsigned long long>(seen.resumes), static_cast<unsigned long long>(drops_),
        static_cast<unsigned long long>(seen.violations));
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN); // who reads the lines may leave before the bots do
    int exit_code = 0;
    const auto options = read_sandbox_options(argc, argv, exit_code);
    if (!options)
        return exit_code;
    try {
        sandbox world{*options};
        return world.run();
    } catch (const std::exception& e) {
        std::fprintf(stderr, "strandcord-sandbox: %s\n", e.what());
        return 2;
    }
}
