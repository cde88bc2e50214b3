// A bot inside a server that has its own io_context: no thread of the library's, no second loop.
// The server answers `GET /` with the state of the shards; SIGINT and SIGTERM stop both.

#include <strandcord/strandcord.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>

namespace asio = boost::asio;
namespace sc = strandcord;
using asio::ip::tcp;

static std::string state_of(const sc::bot& bot) {
    std::string body;
    for (const sc::shard_status& shard : bot.status())
        body += "shard " + std::to_string(shard.shard.index) + " " + to_string(shard.state) +
                " after " + std::to_string(shard.events) + " events\n";
    return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

static asio::awaitable<void> answer(tcp::socket socket, const sc::bot& bot) {
    std::string request;
    co_await asio::async_read_until(socket, asio::dynamic_buffer(request, 16384), "\r\n\r\n",
                                    asio::use_awaitable);
    std::string response = state_of(bot);
    co_await asio::async_write(socket, asio::buffer(response), asio::use_awaitable);
}

static asio::awaitable<void> serve(tcp::acceptor& acceptor, const sc::bot& bot) {
    auto executor = co_await asio::this_coro::executor;
    while (acceptor.is_open()) {
        tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
        asio::co_spawn(executor, answer(std::move(socket), bot), asio::detached);
    }
}

int main(int argc, char** argv) {
    std::uint16_t port = 8080;
    if (argc > 1) {
        const std::string text = argv[1];
        if (std::from_chars(text.data(), text.data() + text.size(), port).ec != std::errc{}) {
            std::fprintf(stderr, "usage: embedded_server [port]\n");
            return 2;
        }
    }

    asio::io_context ioc;
    int exit_code = 0;
    try {
        sc::bot bot{
            ioc.get_executor(),
            {.token = sc::env("DISCORD_BOT_TOKEN"), .privileged = sc::intent::message_content}};
        bot.on<sc::message_create>([](auto message) -> sc::task<> {
            if (message->content == "!ping")
                co_await message.reply("pong");
        });

        tcp::acceptor acceptor{ioc, {asio::ip::address_v4::loopback(), port}};
        std::printf("http://127.0.0.1:%u/\n",
                    static_cast<unsigned>(acceptor.local_endpoint().port()));
        std::fflush(stdout);

        asio::signal_set signals{ioc, SIGINT, SIGTERM};
        signals.async_wait(
            [&](auto...) { bot.stop(); }); // shards close with 1000, handlers finish, run() returns

        asio::co_spawn(ioc, serve(acceptor, bot),
                       [](std::exception_ptr) {}); // ends when the acceptor closes
        asio::co_spawn(ioc, bot.run(), [&](std::exception_ptr failure) {
            acceptor.close();
            signals.cancel();
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
