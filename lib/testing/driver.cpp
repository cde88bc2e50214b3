#include "testing/driver.hpp"

#include "net/http.hpp"
#include "net/websocket.hpp"
#include "testing/cut_stream.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace strandcord::testing {

namespace asio = boost::asio;
using detail::hub;

struct driver::connection {
    connection(std::uint64_t given, net::websocket open, std::shared_ptr<cut_stream> below,
               const asio::any_io_executor& strand)
        : id{given}
        , socket{std::move(open)}
        , stream{std::move(below)}
        , wake{strand, runtime_clock::time_point::max()} {}

    std::uint64_t id;
    net::websocket socket;
    std::shared_ptr<cut_stream> stream;
    timer wake;
    bool over = false;
};

driver::driver(asio::any_io_executor strand, std::shared_ptr<detail::hub> hub)
    : hub_{std::move(hub)}
    , group_{std::move(strand)}
    , watch_{group_.executor(), runtime_clock::time_point::max()}
    , self_{std::make_shared<driver*>(this)} {
    group_.spawn(watch_time());
}

driver::~driver() {
    *self_ = nullptr;
}

void driver::accept(net::any_stream stream) {
    group_.spawn(serve(std::move(stream)));
}

void driver::wake() {
    asio::post(group_.executor(), [self = self_] {
        if (*self)
            (*self)->wake_now();
    });
}

void driver::wake_now() {
    wake_touched();
    watch_.cancel();
}

void driver::wake_touched() {
    const auto touched = hub_->locked([](hub& self) { return self.gateway.take_touched(); });
    for (const auto id : touched) {
        const auto found = connections_.find(id);
        if (found == connections_.end())
            continue;
        if (const auto live = found->second.lock())
            live->wake.cancel();
    }
}

task<> driver::watch_time() {
    for (;;) {
        // Also when woken early: a deadline that has passed meanwhile is not asked for again.
        const auto due = hub_->locked([](hub& self) {
            self.gateway.on_time(self.now());
            return self.gateway.deadline();
        });
        wake_touched();
        auto when = runtime_clock::time_point::max();
        if (due)
            when = runtime_clock::now() + std::max(elapsed{0}, *due - hub_->now());
        watch_.expires_at(when);
        co_await watch_.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

namespace {

net::http_response to_response(rest_answer&& answer) {
    net::http_response out;
    out.status = answer.status;
    out.headers = std::move(answer.headers);
    out.body = std::move(answer.body);
    return out;
}

std::string_view without_port(std::string_view host) {
    const auto colon = host.rfind(':');
    return colon == std::string_view::npos ? host : host.substr(0, colon);
}

} // namespace

task<> driver::serve(net::any_stream stream) {
    const auto below = std::make_shared<cut_stream>(std::move(stream));
    net::http_server_connection client{net::any_stream{below}};
    bool goes_on = true;
    while (goes_on) {
        std::optional<net::http_request> request = co_await client.read();
        if (!request)
            co_return;
        if (client.wants_websocket()) {
            co_await upgrade(client, *request, below);
            co_return;
        }
        co_await answer(client, *request, goes_on);
    }
}

task<> driver::answer(net::http_server_connection& client, const net::http_request& request,
                      bool& goes_on) {
    rest_request asked;
    asked.method = request.method;
    asked.target = request.target;
    asked.headers = request.headers;
    asked.body = request.body;
    const bool refused = hub_->locked([](hub& self) { return self.rest.refuses(); });
    rest_answer answer;
    if (!refused)
        answer = hub_->locked([&asked](hub& self) { return self.rest.handle(asked, self.now()); });
    // What the request did may be an event by now.
    wake_now();
    if (answer.late.count() > 0)
        co_await sleep_for(answer.late);
    if (refused || answer.status == 0) {
        client.abort();
        goes_on = false;
        co_return;
    }
    const net::http_response response = to_response(std::move(answer));
    co_await client.write(response);
}

task<> driver::upgrade(net::http_server_connection& client, const net::http_request& request,
                       std::shared_ptr<cut_stream> stream) {
    const std::string host{without_port(request.header("Host"))};
    const auto refused = hub_->locked(
        [&](hub& self) { return self.gateway.on_dial(host, request.target, self.now()); });
    if (refused && refused->status == 0) {
        client.abort();
        co_return;
    }
    if (refused) {
        net::http_response response;
        response.status = refused->status;
        if (refused->retry_after.count() > 0)
            response.headers.emplace_back(
                "Retry-After",
                std::to_string(
                    std::chrono::ceil<std::chrono::seconds>(refused->retry_after).count()));
        co_await client.write(response);
        co_return;
    }
    const bool extensions = !request.header("Sec-WebSocket-Extensions").empty();
    net::websocket_options options;
    net::websocket socket = co_await net::websocket::accept(std::move(client), std::move(options));
    const auto id = hub_->locked([&](hub& self) {
        return self.gateway.on_open(host, request.target, extensions, self.now());
    });
    const auto made =
        std::make_shared<connection>(id, std::move(socket), std::move(stream), group_.executor());
    connections_.emplace(id, made);
    group_.spawn(write_all(made));
    co_await read_all(made);
}

task<> driver::read_all(std::shared_ptr<connection> from) {
    struct leave {
        driver& self;
        connection& of;
        ~leave() {
            of.over = true;
            of.wake.cancel();
            self.connections_.erase(of.id);
            self.hub_->locked([this](hub& machines) {
                machines.gateway.on_closed(of.id, of.socket.close_code(), of.socket.close_reason(),
                                           machines.now());
            });
            self.watch_.cancel();
        }
    } leaving{*this, *from};

    std::string text;
    for (;;) {
        const net::message_read got = co_await from->socket.read(text);
        if (got.failure)
            co_return;
        hub_->locked(
            [&](hub& self) { self.gateway.on_message(from->id, text, !got.text, self.now()); });
        wake_now();
    }
}

task<> driver::write_all(std::shared_ptr<connection> to) {
    for (;;) {
        std::optional<gateway_output> next =
            hub_->locked([&to](hub& self) { return self.gateway.next(to->id, self.now()); });
        if (!next) {
            if (to->over)
                co_return;
            to->wake.expires_at(runtime_clock::time_point::max());
            co_await to->wake.async_wait(asio::as_tuple(asio::use_awaitable));
            continue;
        }
        switch (next->what) {
        case gateway_output::kind::reset_in_frame:
            to->stream->cut_next_write();
            [[fallthrough]];
        case gateway_output::kind::message:
            co_await to->socket.write(next->bytes, next->binary);
            break;
        case gateway_output::kind::close:
            co_await to->socket.close(next->code, next->reason);
            co_return;
        case gateway_output::kind::reset:
            to->stream->reset();
            to->socket.abort();
            co_return;
        }
    }
}

} // namespace strandcord::testing
