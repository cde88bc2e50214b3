#pragma once

// A hand-written gateway over memory pipes, for tests of the driver alone.

#include "gateway/identify_gate.hpp"
#include "gateway/shard.hpp"
#include "net/http.hpp"
#include "net/memory_pipe.hpp"
#include "net/websocket.hpp"
#include "support/log_capture.hpp"
#include "support/virtual_context.hpp"

#include <zlib.h>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace strandcord::gateway::driven {

using namespace std::chrono_literals;

/// One connection as the server saw it.
struct seen {
    std::string host = {};
    std::string target = {};
    std::vector<std::string> frames = {};
    std::uint16_t close_code = 0;
    bool over = false;
};

/// One deflate stream: a connection's zlib-stream context.
class deflater {
public:
    deflater() { deflateInit(&stream_, Z_DEFAULT_COMPRESSION); }
    ~deflater() { deflateEnd(&stream_); }
    deflater(const deflater&) = delete;
    deflater& operator=(const deflater&) = delete;

    std::string operator()(std::string text) {
        std::string out(deflateBound(&stream_, static_cast<uLong>(text.size())) + 64, '\0');
        stream_.next_in = reinterpret_cast<Bytef*>(text.data());
        stream_.avail_in = static_cast<uInt>(text.size());
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = static_cast<uInt>(out.size());
        deflate(&stream_, Z_SYNC_FLUSH);
        out.resize(out.size() - stream_.avail_out);
        return out;
    }

private:
    z_stream stream_{};
};

/// Answers Hello, Identify, Resume and heartbeats; everything else is the test's.
class server final : public transport {
public:
    explicit server(test::virtual_context& loop) : loop_{loop} {}

    task<net::any_stream> open(endpoint where) override {
        ++dials;
        if (stalls)
            co_await sleep_for(24h);
        if (refuses)
            throw error{errc::connection_closed, "The gateway refused the connection."};
        auto ends = net::make_memory_pipe(loop_.executor(), loop_.executor(), pipe_capacity);
        loop_.spawn(serve(std::move(ends.second), where.host));
        co_return std::move(ends.first);
    }

    void send(std::string text) {
        queue_.push_back(std::move(text));
        if (!std::exchange(writing_, true))
            loop_.spawn(write_queue());
    }
    void close(std::uint16_t code) { loop_.spawn(close_with(code)); }
    void break_off() { current->abort(); }
    seen& last() { return connections.back(); }

    std::deque<seen> connections = {};
    net::websocket* current = nullptr;
    int dials = 0;
    bool refuses = false;
    bool stalls = false;
    bool silent = false; ///< no Hello
    bool compresses = false;
    bool damages = false; ///< the next compressed payload
    bool acknowledges = true;
    bool reads = true;
    std::size_t pipe_capacity = net::unlimited_pipe;
    bool answers_identify = true;
    int missed = 0; ///< events to replay

private:
    task<> write_queue() {
        while (!queue_.empty() && current) {
            const std::string text = std::move(queue_.front());
            queue_.pop_front();
            if (compresses) {
                std::string bytes = (*deflate_)(text);
                if (std::exchange(damages, false))
                    bytes.front() = '\x07';
                co_await current->write(bytes, true);
            } else {
                co_await current->write(text);
            }
        }
        writing_ = false;
    }
    task<> close_with(std::uint16_t code) { co_await current->close(code, "as asked"); }

    task<> serve(net::any_stream stream, std::string host) {
        net::http_server_connection http{std::move(stream)};
        const std::optional<net::http_request> request = co_await http.read();
        seen& here = connections.emplace_back();
        here.host = std::move(host);
        here.target = request->target;
        net::websocket_options options;
        task<net::websocket> accepting = net::websocket::accept(std::move(http), options);
        net::websocket socket = co_await std::move(accepting);
        current = &socket;
        queue_.clear();
        deflate_ = std::make_unique<deflater>();
        if (!silent)
            send(R"({"op":10,"d":{"heartbeat_interval":40000}})");
        std::string message;
        for (;;) {
            while (!reads)
                co_await sleep_for(1s);
            const net::message_read got = co_await socket.read(message);
            if (got.failure)
                break;
            here.frames.push_back(message);
            answer(message);
        }
        here.close_code = socket.close_code();
        here.over = true;
        if (current == &socket)
            current = nullptr;
    }

    void answer(const std::string& message) {
        if (message.starts_with(R"({"op":1,)") && acknowledges)
            send(R"({"op":11})");
        if (message.starts_with(R"({"op":2,)") && answers_identify) {
            sequence_ = 1;
            send(R"({"op":0,"s":1,"t":"READY","d":{"session_id":"s1",)"
                 R"("resume_gateway_url":"ws://resume.example"}})");
        }
        if (message.starts_with(R"({"op":6,)")) {
            for (; missed > 0; --missed)
                send(event("MISSED"));
            send(R"({"op":0,"s":null,"t":"RESUMED","d":{}})");
        }
    }

public:
    std::string event(const std::string& type, const std::string& data = "{}") {
        return R"({"op":0,"s":)" + std::to_string(++sequence_) + R"(,"t":")" + type + R"(","d":)" +
               data + "}";
    }

private:
    test::virtual_context& loop_;
    int sequence_ = 0;
    std::deque<std::string> queue_ = {};
    std::unique_ptr<deflater> deflate_ = {};
    bool writing_ = false;
};

class sink final : public event_sink {
public:
    void on_dispatch(const dispatch& event) override {
        types.emplace_back(event.type);
        if (keeps)
            kept.emplace_back(event.frame, event.data());
        if (on_event)
            on_event(event);
    }
    bool reads(std::string_view) override { return reads_data; }
    bool full() const noexcept override { return crowded; }
    task<> room() override {
        while (crowded)
            co_await sleep_for(1s);
    }

    std::vector<std::string> types = {};
    std::vector<std::pair<std::shared_ptr<std::string>, std::string_view>> kept = {};
    std::function<void(const dispatch&)> on_event = {};
    bool keeps = false;
    bool crowded = false;
    bool reads_data = true;
};

/// A shard, its server and its sink on virtual time.
struct world {
    test::virtual_context loop;
    test::log_capture captured;
    std::shared_ptr<registry> numbers = std::make_shared<registry>();
    std::shared_ptr<server> net = std::make_shared<server>(loop);
    driven::sink sink;
    queue_gate gate;
    session_settings settings;
    std::unique_ptr<shard> one;
    task_group::child running;
    bool ended = false;
    std::optional<error> failure;

    world() {
        settings.token = "secret-token";
        settings.gateway_url = "ws://main.example";
        settings.options.compress = compression::none;
        settings.log = captured.log();
    }

    /// A failed test leaves in order, too.
    ~world() {
        running.cancel();
        loop.advance(10s);
    }

    task_group::child start() {
        shard_services services;
        services.net = net;
        services.metrics = numbers;
        services.sink = &sink;
        services.gate = &gate;
        services.jitter = [] { return 0.25; };
        one = std::make_unique<shard>(loop.executor(), settings, services);
        running = loop.spawn(run());
        return running;
    }
    void start_and_get_ready() {
        start();
        loop.wait_until([this] { return one->status().state == shard_state::ready; });
    }
    void wait_for_end() {
        loop.wait_until([this] { return ended; });
    }

private:
    task<> run() {
        try {
            co_await one->run();
        } catch (const error& e) {
            failure = e;
        }
        ended = true;
    }
};

} // namespace strandcord::gateway::driven
