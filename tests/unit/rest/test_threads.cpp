#include "net/http.hpp"
#include "net/memory_pipe.hpp"
#include "net/transport.hpp"

#include <strandcord/rest.hpp>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using namespace strandcord;
namespace asio = boost::asio;

namespace {

const auto ignore_end = [](std::exception_ptr) {};

/// Answers everything with `{}`, each connection on a strand of its own.
class answering final : public transport {
public:
    explicit answering(asio::io_context& io) : io_{io} {}

    task<net::any_stream> open(endpoint) override {
        const auto here = co_await asio::this_coro::executor;
        asio::any_io_executor there = asio::make_strand(io_);
        auto pipe = net::make_memory_pipe(here, there);
        asio::co_spawn(there, serve(std::move(pipe.second)), ignore_end);
        co_return std::move(pipe.first);
    }

private:
    static task<> serve(net::any_stream stream) {
        net::http_server_connection connection{std::move(stream)};
        for (;;) {
            const auto request = co_await connection.read();
            if (!request)
                co_return;
            net::http_response answer;
            answer.body = "{}";
            co_await connection.write(answer);
        }
    }

    asio::io_context& io_;
};

struct outcomes {
    explicit outcomes(asio::io_context& whose, int expected) : io{whose}, left{expected} {}

    asio::io_context& io;
    std::atomic<int> left;
    std::atomic<int> answered = 0;
    std::atomic<int> given_up = 0;
    std::atomic<int> others = 0;
};

task<> call(rest_client client, int number, bool impatient, outcomes& out) {
    try {
        task<raw_json> asking = client.request(
            rest_request("GET", "/interactions/{interaction_id}/{interaction_token}/callback")
                .path("interaction_id", static_cast<std::uint64_t>(number + 1))
                .path("interaction_token", "t"));
        if (impatient)
            asking = with_timeout(std::move(asking), std::chrono::microseconds{number * 10});
        const raw_json body = co_await std::move(asking);
        ++(body.text == "{}" ? out.answered : out.others);
    } catch (const error& e) {
        ++(impatient && e.code() == cause::timed_out ? out.given_up : out.others);
    }
    if (--out.left == 0)
        out.io.stop();
}

} // namespace

TEST_CASE("one client serves calls from many threads, some of which give up in the middle") {
    asio::io_context io{4};
    constexpr int calls = 200;
    outcomes out{io, calls};
    {
        rest_config config;
        config.token = "token";
        config.transport = std::make_shared<answering>(io);
        rest_client client{io.get_executor(), config};
        for (int i = 0; i < calls; ++i) {
            const bool impatient = i % 2 == 1;
            // Half of the callers are on no strand at all.
            asio::any_io_executor where = io.get_executor();
            if (i % 4 < 2)
                where = asio::make_strand(io);
            asio::co_spawn(where, call(client, i, impatient, out), ignore_end);
        }
        client.close_idle();
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&io] { io.run(); });
        for (auto& thread : threads)
            thread.join();
        // The servers end when the client lets its connections go.
        client.close_idle();
    }
    io.restart();
    io.run();
    CHECK(out.answered + out.given_up == calls);
    CHECK(out.answered >= calls / 2);
}
