#pragma once

#include "net/http.hpp"
#include "net/memory_pipe.hpp"
#include "net/transport.hpp"
#include "support/log_capture.hpp"
#include "support/virtual_context.hpp"

#include <strandcord/rest.hpp>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace strandcord::test {

/// What the server does with one request.
struct reply {
    int status = 200;
    net::http_headers headers = {};
    std::string body = {};
    runtime_clock::duration delay = {};
    bool reset_instead = false; ///< the connection breaks before any answer
    bool closes_after = false;  ///< the connection is closed behind the answer, without a word
};

struct seen_request {
    net::http_request request;
    int connection = 0;
    runtime_clock::duration at{};
};

/// An HTTP server in this process: answers each request with the next reply of the script, then
/// with 200 and `{}`.
class scripted_server final : public transport,
                              public std::enable_shared_from_this<scripted_server> {
public:
    explicit scripted_server(virtual_context& loop) : loop_{loop} {}

    void will(reply next) { script_.push_back(std::move(next)); }
    void refuses_connections(int count) { refused_ = count; }
    void never_accepts() { never_accepts_ = true; }
    /// The next connection breaks in the middle of its first answer.
    void tears_next_answer() { tears_ = true; }

    const std::vector<seen_request>& seen() const noexcept { return seen_; }
    int connections() const noexcept { return connections_; }
    int dials() const noexcept { return dials_; }

    task<net::any_stream> open(endpoint where) override {
        last_endpoint = where;
        ++dials_;
        if (never_accepts_)
            co_await sleep_for(std::chrono::hours{10});
        if (refused_ > 0) {
            --refused_;
            throw error{error_code{boost::asio::error::connection_refused}};
        }
        const auto executor = co_await boost::asio::this_coro::executor;
        auto pipe = net::make_memory_pipe(executor, loop_.executor());
        ++connections_;
        if (std::exchange(tears_, false))
            loop_.spawn(tear(std::move(pipe.second)));
        else
            loop_.spawn(serve(shared_from_this(), std::move(pipe.second), connections_));
        co_return std::move(pipe.first);
    }

    endpoint last_endpoint;

private:
    static task<> serve(std::shared_ptr<scripted_server> self, net::any_stream stream, int number) {
        net::http_server_connection connection{std::move(stream)};
        for (;;) {
            std::optional<net::http_request> request = co_await connection.read();
            if (!request)
                co_return;
            seen_request seen;
            seen.request = std::move(*request);
            seen.connection = number;
            seen.at = self->loop_.elapsed();
            self->seen_.push_back(std::move(seen));
            reply next;
            if (!self->script_.empty()) {
                next = std::move(self->script_.front());
                self->script_.pop_front();
            } else {
                next.body = "{}";
            }
            if (next.delay > runtime_clock::duration{})
                co_await sleep_for(next.delay);
            if (next.reset_instead) {
                connection.abort();
                co_return;
            }
            net::http_response answer;
            answer.status = next.status;
            answer.headers = std::move(next.headers);
            answer.body = std::move(next.body);
            co_await connection.write(answer);
            if (next.closes_after) {
                connection.abort();
                co_return;
            }
        }
    }

    static task<> tear(net::any_stream stream) {
        std::array<char, 4096> ignored;
        auto to_read = boost::asio::buffer(ignored);
        co_await stream.async_read_some(to_read, boost::asio::as_tuple(boost::asio::use_awaitable));
        const std::string half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":";
        auto to_write = boost::asio::buffer(half);
        co_await stream.async_write_some(to_write,
                                         boost::asio::as_tuple(boost::asio::use_awaitable));
        stream.close();
    }

    virtual_context& loop_;
    std::deque<reply> script_;
    std::vector<seen_request> seen_;
    int connections_ = 0;
    int dials_ = 0;
    int refused_ = 0;
    bool never_accepts_ = false;
    bool tears_ = false;
};

/// A client of a scripted server, on a clock of their own.
struct rest_fixture {
    static constexpr const char* token = "MTIz.NDU2.Nzg5-secret";

    virtual_context loop;
    log_capture captured;
    std::shared_ptr<registry> metrics = std::make_shared<registry>();
    std::shared_ptr<scripted_server> server = std::make_shared<scripted_server>(loop);

    rest_config config() {
        rest_config out;
        out.token = token;
        out.log = captured.log();
        out.metrics = metrics;
        out.transport = server;
        return out;
    }
    rest_client client() { return rest_client{loop.executor(), config()}; }

    /// What the call throws; fails the test when it does not.
    template <class T>
    error failure(task<T> call) {
        try {
            loop.run(std::move(call));
        } catch (const error& e) {
            return e;
        }
        FAIL("the call did not throw");
        return error{errc::cancelled};
    }

    static rest_request get(const char* route = "/users/@me") { return rest_request("GET", route); }
    static rest_request post(const char* route = "/users/@me/channels") {
        return rest_request("POST", route).json("{\"secret\":\"body text\"}");
    }
};

} // namespace strandcord::test
