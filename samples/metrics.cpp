// What an operator wants to see, served from the program's own Beast server on the bot's
// io_context: `GET /metrics` for Prometheus, `GET /state` for people. The log is JSON lines on
// stderr.

#include <strandcord/strandcord.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <memory>
#include <string>

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace sc = strandcord;
using asio::ip::tcp;

using request = http::request<http::empty_body>;
using response = http::response<http::string_body>;

static response answer_to(const request& asked, const sc::bot& bot, const sc::registry& metrics) {
    response answer{http::status::ok, asked.version()};
    if (asked.target() == "/metrics") {
        answer.set(http::field::content_type, "text/plain; version=0.0.4");
        answer.body() = metrics.prometheus();
    } else if (asked.target() == "/state") {
        answer.set(http::field::content_type, "application/json");
        answer.body() = bot.state_json();
    } else {
        answer.result(http::status::not_found);
    }
    answer.keep_alive(asked.keep_alive());
    answer.prepare_payload();
    return answer;
}

static asio::awaitable<void> talk(tcp::socket socket, const sc::bot& bot,
                                  const sc::registry& metrics) {
    boost::beast::tcp_stream stream{std::move(socket)};
    boost::beast::flat_buffer buffer;
    for (bool open = true; open;) {
        stream.expires_after(std::chrono::seconds{30});
        request asked;
        co_await http::async_read(stream, buffer, asked, asio::use_awaitable);
        response answer = answer_to(asked, bot, metrics);
        open = answer.keep_alive();
        co_await http::async_write(stream, answer, asio::use_awaitable);
    }
}

static asio::awaitable<void> serve(tcp::acceptor& acceptor, const sc::bot& bot,
                                   const sc::registry& metrics) {
    auto executor = co_await asio::this_coro::executor;
    while (acceptor.is_open()) {
        tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
        // A visitor who goes away is no failure.
        asio::co_spawn(executor, talk(std::move(socket), bot, metrics), [](std::exception_ptr) {});
    }
}

int main(int argc, char** argv) {
    std::uint16_t port = 9100;
    if (argc > 1) {
        const std::string text = argv[1];
        if (std::from_chars(text.data(), text.data() + text.size(), port).ec != std::errc{}) {
            std::fprintf(stderr, "usage: metrics [port]\n");
            return 2;
        }
    }

    asio::io_context ioc;
    int exit_code = 0;
    try {
        const auto metrics = std::make_shared<sc::registry>();
        sc::bot bot{
            ioc.get_executor(),
            {.token = sc::env("DISCORD_BOT_TOKEN"),
             .privileged = sc::intent::message_content,
             .log = sc::logger{sc::log_levels{sc::level::info}.with("gateway", sc::level::warning),
                               sc::json_sink()},
             .metrics = metrics}};
        bot.on<sc::message_create>(
            [](auto message) -> sc::task<> {
                if (message->content == "!ping")
                    co_await message.reply("pong");
            },
            {.name = "ping"});

        tcp::acceptor acceptor{ioc, {asio::ip::address_v4::loopback(), port}};
        std::printf("http://127.0.0.1:%u/\n",
                    static_cast<unsigned>(acceptor.local_endpoint().port()));
        std::fflush(stdout);

        asio::signal_set signals{ioc, SIGINT, SIGTERM};
        signals.async_wait([&](auto...) { bot.stop(); });

        asio::co_spawn(ioc, serve(acceptor, bot, *metrics),
                       [](std::exception_ptr) {}); // ends when the acceptor closes
        asio::co_spawn(ioc, bot.run(), [&](std::exception_ptr failure) {
            acceptor.close();
            signals.cancel();
            ioc.stop(); // visitors who keep their connection
            if (!failure)
                return;
            exit_code = 2;
            try {
                std::rethrow_exception(failure);
            } catch (const std::exception& e) {
                std::fprintf(stderr, "%s\n", e.what());
            }
        });

        ioc.run();
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 2;
    }
    return exit_code;
}
