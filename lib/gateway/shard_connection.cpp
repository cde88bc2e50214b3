#include "core/user_agent.hpp"
#include "gateway/shard_impl.hpp"
#include "net/url.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace asio = boost::asio;

namespace strandcord::gateway {
namespace {

// Buffers that one large payload has grown beyond this are not kept (GW-COMP-13).
constexpr std::size_t kept_capacity = 1024U * 1024;

// A frame that somebody still looks at is left to them.
void make_reusable(std::shared_ptr<std::string>& frame) {
    if (frame.use_count() > 1 || frame->capacity() > kept_capacity) {
        frame = std::make_shared<std::string>();
        return;
    }
    // The count alone does not order our next write after another thread's last look; changing it
    // does.
    const auto synchronise = frame;
}

} // namespace

connection::connection(asio::any_io_executor strand, net::websocket opened,
                       const gateway_options& options)
    : socket{std::move(opened)}
    , inflate{codec::make_inflater(options.compress, options.maximum_payload)}
    , writable{strand, timer::time_point::max()}
    , close_limit{strand, options.close_timeout}
    , room{strand}
    , loops{strand} {}

void connection::end() noexcept {
    over = true;
    socket.abort();
    room.cancel();
    writable.cancel();
    close_limit.cancel();
}

void connection::enqueue(std::string text) {
    // Nothing follows a close frame (GW-HB-16).
    if (goodbye)
        return;
    outgoing.push_back(std::move(text));
    writable.cancel();
}

void connection::say_goodbye(act::close last) {
    goodbye = std::move(last);
    room.cancel();
    writable.cancel();
}

task<> shard::impl::keep_connection(std::string url, duration after) {
    if (after > duration::zero())
        co_await sleep_for(after);
    machine.on_connecting(runtime_clock::now());
    drain();

    std::optional<net::websocket> opened;
    std::optional<error> refused;
    try {
        task<net::websocket> dialing = dial(std::move(url));
        net::websocket socket = co_await with_timeout(std::move(dialing), options.connect_timeout);
        opened.emplace(std::move(socket));
    } catch (const boost::system::system_error&) {
        refused = detail::current_error();
    }
    if (!opened) {
        recorder.note(runtime_clock::now(), refused->what());
        machine.on_connect_failed(refused->code(), refused->details().retry_after,
                                  runtime_clock::now(), refused->what());
        drain();
        co_return;
    }
    if (result || failure)
        co_return;

    std::uint16_t code = 0;
    std::string reason;
    {
        connection here{strand, std::move(*opened), options};
        opened.reset();
        current = &here;
        machine.on_open(runtime_clock::now());
        const auto ended = [this, &here](std::exception_ptr why) {
            fail(std::move(why));
            here.end();
            wake.cancel();
        };
        here.loops.spawn(read_loop(here), ended);
        here.loops.spawn(heartbeat_loop(here), ended);
        here.loops.spawn(write_loop(here));
        drain();
        co_await here.loops.join();
        current = nullptr;
        code = here.socket.close_code();
        reason = here.socket.close_reason();
    }
    recorder.note(runtime_clock::now(), "closed with " + std::to_string(code) + ": " + reason);
    machine.on_closed(code, reason, runtime_clock::now());
    drain();
}

task<net::websocket> shard::impl::dial(std::string text) {
    const net::url url = net::parse_url(text);
    endpoint where = url.where();
    task<net::any_stream> opening = services.net->open(std::move(where));
    net::any_stream stream = co_await std::move(opening);

    net::websocket_options settings;
    settings.maximum_message = options.maximum_payload;
    settings.write_timeout = options.write_timeout;
    settings.close_timeout = options.close_timeout;
    settings.user_agent = std::string{user_agent};
    task<net::websocket> upgrading = net::websocket::connect(std::move(stream), url.host_header(),
                                                             url.target, std::move(settings));
    net::websocket socket = co_await std::move(upgrading);
    co_return std::move(socket);
}

task<> shard::impl::read_loop(connection& here) {
    for (;;) {
        std::string& into = here.inflate ? here.message : *here.frame;
        const net::message_read got = co_await here.socket.read(into);
        if (got.failure == errc::payload_too_large) {
            machine.on_stream_error(got.failure, runtime_clock::now());
            drain();
        }
        if (got.failure)
            break;
        here.emitted = false;
        receive(here, got.text);
        if (here.emitted && services.sink->full() && !here.goodbye)
            co_await wait_for_room(here);
    }
}

task<> shard::impl::heartbeat_loop(connection& here) {
    while (!here.over) {
        wake.expires_at(machine.deadline().value_or(timer::time_point::max()));
        const auto [moved] = co_await wake.async_wait(asio::as_tuple(asio::use_awaitable));
        if (moved || here.over)
            continue;
        machine.on_time(runtime_clock::now());
        drain();
    }
}

task<> shard::impl::write_loop(connection& here) {
    try {
        co_await write_all(here);
    } catch (const boost::system::system_error& e) {
        const bool expected = here.goodbye || (here.over && e.code() != errc::timed_out);
        if (!expected)
            log.write(level::warning, "gateway", id.index,
                      "Writing failed; the connection is dropped.", {{"error", e.what()}});
        // The reader notices, also when it waits for room, and everything else follows from that.
        here.room.cancel();
        here.socket.abort();
    }
}

task<> shard::impl::write_all(connection& here) {
    while (!here.over) {
        if (!here.outgoing.empty()) {
            const std::string text = std::move(here.outgoing.front());
            here.outgoing.pop_front();
            co_await here.socket.write(text);
        } else if (here.goodbye) {
            co_await here.socket.close(here.goodbye->code, here.goodbye->reason);
            co_return;
        } else {
            co_await here.writable.async_wait(asio::as_tuple(asio::use_awaitable));
        }
    }
}

// A peer that takes no bytes would hold up the close frame as well.
task<> shard::impl::limit_close(connection& here) {
    here.close_limit.expires_after(options.close_timeout);
    const auto [ended] = co_await here.close_limit.async_wait(asio::as_tuple(asio::use_awaitable));
    if (!ended)
        here.socket.abort();
}

task<> shard::impl::wait_for_room(connection& here) {
    machine.on_reading(true, runtime_clock::now());
    drain();
    here.room.spawn(services.sink->room());
    co_await here.room.join();
    machine.on_reading(false, runtime_clock::now());
    drain();
}

void shard::impl::receive(connection& here, bool text) {
    here.frame_at = runtime_clock::now();
    if (!here.inflate) {
        services.metrics->add(counter::bytes_received, here.frame->size());
        handle_frame(here);
        return;
    }
    services.metrics->add(counter::bytes_received, here.message.size());
    if (text) {
        here.frame->swap(here.message);
        handle_frame(here);
        return;
    }
    error_code damaged;
    std::string_view piece = here.message;
    while (!here.unreadable && here.inflate->feed(piece, *here.frame, damaged)) {
        piece = {};
        services.metrics->add(counter::bytes_inflated, here.frame->size());
        handle_frame(here);
    }
    if (damaged) {
        here.unreadable = true;
        machine.on_stream_error(damaged, runtime_clock::now());
        drain();
    }
    if (here.message.capacity() > kept_capacity)
        std::string{}.swap(here.message);
}

void shard::impl::handle_frame(connection& here) {
    show(payload_direction::received, *here.frame);
    codec::envelope payload;
    auto malformed = parser.parse_head(*here.frame, payload);
    if (!malformed && (asked.reads(payload.type) || services.sink->reads(payload.type)))
        malformed = parser.parse_rest(payload);
    const auto now = here.frame_at;
    recorder.frame(now, payload_direction::received, malformed ? -1 : payload.op, payload.type,
                   payload.sequence, *here.frame);
    if (malformed)
        machine.on_malformed(*here.frame, now);
    else
        machine.on_payload(payload, now);
    drain();
    make_reusable(here.frame);
}

} // namespace strandcord::gateway
