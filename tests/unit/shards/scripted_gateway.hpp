#pragma once

#include "gateway/shard.hpp"
#include "net/http.hpp"
#include "net/memory_pipe.hpp"
#include "net/transport.hpp"
#include "net/websocket.hpp"
#include "support/log_capture.hpp"
#include "support/virtual_context.hpp"

#include <boost/asio/this_coro.hpp>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace strandcord::test {

/// A gateway in this process, as small as shards need: Hello, READY or a close code,
/// acknowledgements.
class scripted_gateway final : public transport,
                               public std::enable_shared_from_this<scripted_gateway> {
public:
    explicit scripted_gateway(virtual_context& loop) : loop_{loop} {}

    struct identify {
        int shard = 0;
        runtime_clock::duration at{};
    };

    std::map<int, int> close_with;    ///< shard index to the code its Identify is answered with
    bool silent = false;              ///< Identify is never answered
    bool refuses = false;             ///< no connection can be made
    std::vector<identify> identifies; ///< in order
    std::vector<int> close_codes;     ///< what clients closed with
    std::vector<std::string> others;  ///< frames that are neither Identify nor heartbeat
    int dials = 0;

    /// Breaks every connection and forgets every session.
    void drop_all() {
        for (net::websocket* one : std::exchange(sockets_, {}))
            one->abort();
    }

    task<net::any_stream> open(endpoint) override {
        ++dials;
        if (refuses)
            throw error{errc::connection_closed, "refused"};
        const auto executor = co_await boost::asio::this_coro::executor;
        auto pipe = net::make_memory_pipe(executor, loop_.executor());
        loop_.spawn(serve(shared_from_this(), std::move(pipe.second)));
        co_return std::move(pipe.first);
    }

private:
    /// The digits behind `"shard":[`; the one array in an Identify of these tests.
    static int shard_in(const std::string& text) {
        const auto place = text.find("\"shard\":[");
        return place == std::string::npos ? -1 : std::stoi(text.substr(place + 9));
    }

    static task<> serve(std::shared_ptr<scripted_gateway> self, net::any_stream stream) {
        net::http_server_connection http{std::move(stream)};
        const auto request = co_await http.read();
        if (!request)
            co_return;
        net::websocket_options options;
        net::websocket socket = co_await net::websocket::accept(std::move(http), options);
        self->sockets_.push_back(&socket);
        co_await socket.write(R"({"op":10,"d":{"heartbeat_interval":41250}})");
        std::string text;
        for (;;) {
            const net::message_read got = co_await socket.read(text);
            if (got.failure)
                break;
            if (text.find("\"op\":1,") != std::string::npos) {
                co_await socket.write(R"({"op":11})");
            } else if (text.find("\"op\":6,") != std::string::npos) {
                co_await socket.write(R"({"op":9,"d":false})");
            } else if (text.find("\"op\":2,") != std::string::npos) {
                identify seen;
                seen.shard = shard_in(text);
                seen.at = self->loop_.elapsed();
                self->identifies.push_back(seen);
                if (self->silent)
                    continue;
                if (const auto code = self->close_with.find(seen.shard);
                    code != self->close_with.end()) {
                    std::erase(self->sockets_, &socket);
                    co_await socket.close(static_cast<std::uint16_t>(code->second), "scripted");
                    co_return;
                }
                co_await socket.write(
                    R"({"op":0,"s":1,"t":"READY","d":{"v":10,"session_id":"s","resume_gateway_url":"wss://resume.example",)"
                    R"("user":{"id":"1","username":"bot"},"guilds":[],"application":{"id":"1","flags":0}}})");
            } else {
                self->others.push_back(text);
            }
        }
        std::erase(self->sockets_, &socket);
        self->close_codes.push_back(socket.close_code());
    }

    virtual_context& loop_;
    std::vector<net::websocket*> sockets_;
};

/// Counts what one shard delivers of Discord.
class counting_sink final : public gateway::event_sink {
public:
    explicit counting_sink(int& events) : events_{events} {}
    void on_dispatch(const gateway::dispatch& event) override {
        events_ += event.type.starts_with("STRANDCORD") ? 0 : 1;
    }
    bool full() const noexcept override { return false; }
    task<> room() override { co_return; }

private:
    int& events_;
};

} // namespace strandcord::test
