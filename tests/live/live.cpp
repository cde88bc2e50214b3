// The real Discord, once through: connect, READY, an acknowledged heartbeat, a resume after a lost
// connection, a clean close. Runs only when DISCORD_GATEWAY_TOKEN is set; DISCORD_API_BASE may
// point it at another Discord.

#include "net/network_transport.hpp"
#include "testing/cut_stream.hpp"

#include <strandcord/strandcord.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>

namespace asio = boost::asio;
namespace sc = strandcord;
using namespace std::chrono_literals;

namespace {

/// Real sockets, of which the newest can be cut.
class cuttable_network final : public sc::transport {
public:
    sc::task<sc::net::any_stream> open(sc::endpoint where) override {
        sc::net::any_stream real = co_await network_->open(std::move(where));
        const auto made = std::make_shared<sc::testing::cut_stream>(std::move(real));
        newest_ = made;
        co_return sc::net::any_stream{made};
    }
    void cut() {
        if (const auto newest = newest_.lock())
            newest->reset();
    }

private:
    std::shared_ptr<sc::transport> network_ = sc::net::make_network_transport();
    std::weak_ptr<sc::testing::cut_stream> newest_;
};

void step(const char* what) {
    std::printf("%s\n", what);
    std::fflush(stdout);
}

sc::task<> until(std::function<bool()> condition, const char* what) {
    constexpr auto patience = 60s;
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end)
            throw sc::error{sc::errc::timed_out, std::string{"Waited in vain for "} + what + "."};
        co_await sc::sleep_for(20ms);
    }
    step(what);
}

class smoke {
public:
    smoke(asio::io_context& context, std::string token)
        : network_{std::make_shared<cuttable_network>()}
        , client_{context.get_executor(), configuration(std::move(token))} {
        client_.on<sc::ready, void>([this](auto) -> sc::task<> {
            ready_ = true;
            co_return;
        });
        client_.on<sc::resumed>([this](auto) -> sc::task<> {
            resumed_ = true;
            co_return;
        });
    }

    sc::task<> run() { return client_.run(); }

    sc::task<> steps() {
        co_await until([this] { return ready_; }, "READY");
        co_await until([this] { return client_.status().latency.has_value(); },
                       "a heartbeat acknowledged");
        network_->cut();
        co_await until([this] { return resumed_; }, "a session resumed");
        client_.stop();
    }
    void stop() { client_.stop(); }

    /// What is wrong after the end; null when nothing is.
    const char* verdict() const {
        const auto status = client_.status();
        if (status.identifies != 1)
            return "more than one Identify was sent";
        if (status.resumes != 1)
            return "not exactly one Resume was sent";
        return status.last_close == 1000 ? nullptr : "the connection was not closed with 1000";
    }

private:
    sc::client_config configuration(std::string token) const {
        return {
            .token = std::move(token),
            .intents = sc::intent::guilds,
            .gateway = {.heartbeat_interval = 1s},
            .transport = network_,
        };
    }

    std::shared_ptr<cuttable_network> network_;
    sc::client client_;
    bool ready_ = false;
    bool resumed_ = false;
};

int report(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
    }
    return 1;
}

} // namespace

int main() {
    const char* token = std::getenv("DISCORD_GATEWAY_TOKEN");
    if (!token || !*token) {
        std::printf("skipped: DISCORD_GATEWAY_TOKEN is not set\n");
        return 77;
    }
    asio::io_context context;
    std::exception_ptr failure;
    try {
        smoke bot{context, token};
        const auto ended = [&](std::exception_ptr why) {
            if (why && !failure)
                failure = why;
            if (why)
                bot.stop();
        };
        asio::co_spawn(context, bot.run(), [&](std::exception_ptr why) {
            ended(why);
            context.stop();
        });
        asio::co_spawn(context, bot.steps(), ended);
        context.run();
        if (failure)
            return report(failure);
        if (const char* wrong = bot.verdict()) {
            std::fprintf(stderr, "%s\n", wrong);
            return 1;
        }
    } catch (...) {
        return report(std::current_exception());
    }
    step("closed with 1000");
    return 0;
}
