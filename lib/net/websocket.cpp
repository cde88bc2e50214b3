#include "net/websocket.hpp"

#include "net/eager_read.hpp"
#include "net/http_server_state.hpp"
#include "runtime/timer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/error.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <charconv>
#include <utility>

namespace strandcord::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace ws = beast::websocket;

// Beast finds these by argument-dependent look-up when a connection is to be ended. It never waits
// for the peer's end: `websocket` drops the stream afterwards.
template <class Handler>
void async_teardown(beast::role_type, any_stream& stream, Handler&& handler) {
    stream.async_shutdown(std::forward<Handler>(handler));
}

void beast_close_socket(any_stream& stream) {
    stream.close();
}

namespace {

// A buffer above this is given back once the message that needed it has been handed over.
constexpr std::size_t large_buffer = 1024U * 1024;
constexpr std::size_t longest_close_reason = 123; // RFC 6455, 5.5: a control frame's payload

// No character is cut in half.
std::string_view cut_to(std::string_view text, std::size_t limit) {
    if (text.size() <= limit)
        return text;
    while (limit != 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U)
        --limit;
    return text.substr(0, limit);
}

std::optional<std::chrono::milliseconds> retry_after(std::string_view seconds) {
    double value = 0;
    const auto [end, failure] =
        std::from_chars(seconds.data(), seconds.data() + seconds.size(), value);
    // Anything longer than a day is no advice for a gateway.
    if (failure != std::errc{} || !(value >= 0) || value > 86400)
        return std::nullopt;
    return std::chrono::milliseconds{static_cast<std::int64_t>(value * 1000)};
}

error_code websocket_failure(error_code failure) {
    if (failure == asio::error::operation_aborted)
        return errc::cancelled;
    if (failure == ws::error::closed || failure == asio::error::eof)
        return errc::connection_closed;
    if (failure == ws::error::message_too_big || failure == ws::error::buffer_overflow)
        return errc::payload_too_large;
    if (failure.category() == ws::make_error_code(ws::error::closed).category())
        return errc::malformed_payload;
    return failure;
}

error refused_upgrade(const std::string& host, const ws::response_type& response) {
    diagnostics details;
    details.status = static_cast<int>(response.result_int());
    details.message = host + " refused the WebSocket: HTTP " + std::to_string(details.status) +
                      ' ' + std::string{response.reason()};
    const auto wait = response.find(beast::http::field::retry_after);
    if (wait != response.end())
        details.retry_after = retry_after({wait->value().data(), wait->value().size()});
    return error{errc::handshake_failed, std::move(details)};
}

ws::request_type to_beast(const http_request& request) {
    ws::request_type made;
    made.version(11);
    made.method_string(request.method);
    made.target(request.target);
    for (const auto& [name, value] : request.headers)
        made.insert(name, value);
    return made;
}

} // namespace

struct websocket::impl : std::enable_shared_from_this<impl> {
    using stream_type = ws::stream<any_stream, false>;

    // A deadline on the library's clock; the stream is dropped when it passes.
    struct deadline {
        timer clock;
        std::uint64_t round = 0;
        bool passed = false;
    };

    impl(any_stream stream, websocket_options wanted)
        : options{std::move(wanted)}
        , write_limit{timer{stream.get_executor()}}
        , close_limit{timer{stream.get_executor()}}
        , socket{std::move(stream)}
        , eager{socket.get_executor(), socket.next_layer()} {
        socket.set_option(
            ws::stream_base::timeout{ws::stream_base::none(), ws::stream_base::none(), false});
        socket.read_message_max(options.maximum_message);
        socket.auto_fragment(false);
    }

    void arm(deadline& limit, std::chrono::nanoseconds length) {
        const std::uint64_t round = ++limit.round;
        limit.passed = false;
        limit.clock.expires_after(length);
        limit.clock.async_wait([weak = weak_from_this(), &limit, round](error_code cancelled) {
            const auto self = weak.lock();
            if (cancelled || !self || limit.round != round)
                return;
            limit.passed = true;
            self->socket.next_layer().close();
        });
    }
    static void disarm(deadline& limit) {
        ++limit.round;
        limit.clock.cancel();
    }

    void abort() noexcept {
        disarm(write_limit);
        disarm(close_limit);
        socket.next_layer().close();
    }

    class on_read;
    void start_read();
    void wait_for_read(end_handler waiting);

    void deliver(std::string& message) {
        const auto data = received.cdata();
        const std::size_t needed = data.size() + padding;
        if (message.capacity() > large_buffer && needed < message.capacity() / 4)
            std::string{}.swap(message);
        message.reserve(needed);
        message.assign(static_cast<const char*>(data.data()), data.size());
        received.clear();
        if (received.capacity() > large_buffer)
            received.shrink_to_fit();
    }

    error_code ended(error_code failure) {
        const ws::close_reason& why = socket.reason();
        code = why.code;
        reason.assign(why.reason.data(), why.reason.size());
        if (write_limit.passed)
            return errc::timed_out;
        // Once our close frame is out, Beast's close takes the reading over and drops the read.
        if (closing && failure == asio::error::operation_aborted)
            return errc::connection_closed;
        return websocket_failure(failure);
    }

    websocket_options options;
    deadline write_limit;
    deadline close_limit;
    stream_type socket;
    beast::flat_buffer received;
    eager_read eager;
    asio::cancellation_signal cancel_read;
    end_handler reader = nullptr; // waits for the read that is under way
    bool read_done = false;
    error_code read_failure;
    std::uint16_t code = 0;
    std::string reason;
    bool closing = false;
};

// What Beast calls when a message is whole. The coroutine that waits for it owns the connection,
// and Beast owns this: destroyed without having been called, it gives that coroutine up.
class websocket::impl::on_read {
public:
    using executor_type = eager_executor;
    using cancellation_slot_type = asio::cancellation_slot;

    explicit on_read(impl& owner) noexcept : owner_{&owner} {}
    on_read(on_read&& other) noexcept : owner_{std::exchange(other.owner_, nullptr)} {}
    on_read& operator=(on_read&&) = delete;
    ~on_read() {
        if (owner_ != nullptr)
            const end_handler given_up{std::move(owner_->reader)};
    }

    executor_type get_executor() const noexcept { return eager_executor{owner_->eager}; }
    cancellation_slot_type get_cancellation_slot() const noexcept {
        return owner_->cancel_read.slot();
    }

    void operator()(error_code failure, std::size_t) {
        impl& owner = *std::exchange(owner_, nullptr);
        owner.read_failure = failure;
        owner.read_done = true;
        if (end_handler reader{std::move(owner.reader)})
            std::move(reader)(failure);
    }

private:
    impl* owner_;
};

void websocket::impl::start_read() {
    read_done = false;
    eager.run([this] { socket.async_read(received, on_read{*this}); });
}

void websocket::impl::wait_for_read(end_handler waiting) {
    reader.swap(waiting);
    auto slot = reader.get_cancellation_slot();
    if (slot.is_connected())
        slot.assign([this](asio::cancellation_type type) { cancel_read.emit(type); });
}

websocket::websocket(std::shared_ptr<impl> state) noexcept : impl_{std::move(state)} {}
websocket::websocket(websocket&&) noexcept = default;
websocket& websocket::operator=(websocket&& other) noexcept {
    if (this != &other) {
        if (impl_)
            impl_->abort();
        impl_ = std::move(other.impl_);
    }
    return *this;
}
websocket::~websocket() {
    if (impl_)
        impl_->abort();
}

task<websocket> websocket::connect(any_stream stream, std::string host, std::string target,
                                   websocket_options options) {
    const auto state = std::make_shared<impl>(std::move(stream), std::move(options));
    websocket made{state};
    auto decorate = [&agent = state->options.user_agent](ws::request_type& request) {
        if (agent.empty())
            request.erase(beast::http::field::user_agent);
        else
            request.set(beast::http::field::user_agent, agent);
    };
    state->socket.set_option(ws::stream_base::decorator{decorate});
    ws::response_type response;
    const auto [failure] = co_await state->socket.async_handshake(
        response, host, target, asio::as_tuple(asio::use_awaitable));
    if (failure == ws::error::upgrade_declined)
        throw refused_upgrade(host, response);
    if (failure) {
        error_code code = websocket_failure(failure);
        if (code == errc::malformed_payload)
            code = errc::handshake_failed;
        throw error{code,
                    "The WebSocket handshake with " + host + " failed: " + failure.message() + "."};
    }
    co_return std::move(made);
}

task<websocket> websocket::accept(http_server_connection connection, websocket_options options) {
    http_server_connection::impl& server = *connection.impl_;
    const auto unread = server.buffer.cdata();
    server.stream.put_back({static_cast<const char*>(unread.data()), unread.size()});
    const auto state = std::make_shared<impl>(std::move(server.stream), std::move(options));
    websocket made{state};
    const ws::request_type request = to_beast(server.request);
    const auto [failure] =
        co_await state->socket.async_accept(request, asio::as_tuple(asio::use_awaitable));
    if (failure)
        throw error{websocket_failure(failure),
                    "A WebSocket could not be accepted: " + failure.message() + "."};
    co_return std::move(made);
}

task<message_read> websocket::read(std::string& message) {
    const std::shared_ptr<impl> self = impl_;
    message_read result;
    self->start_read();
    if (!self->read_done) {
        auto wait = [&self](auto handler) { self->wait_for_read(end_handler{std::move(handler)}); };
        const auto [ended] =
            co_await asio::async_initiate<const asio::as_tuple_t<asio::use_awaitable_t<>>,
                                          void(error_code)>(wait,
                                                            asio::as_tuple(asio::use_awaitable));
        static_cast<void>(ended);
    }
    if (self->read_failure) {
        result.failure = self->ended(self->read_failure);
    } else {
        result.text = self->socket.got_text();
        self->deliver(message);
    }
    co_return result;
}

task<> websocket::write(std::string_view payload, bool binary) {
    const std::shared_ptr<impl> self = impl_;
    if (self->closing)
        throw error{errc::connection_closed,
                    "The WebSocket is being closed: nothing more is sent."};
    self->socket.binary(binary);
    self->arm(self->write_limit, self->options.write_timeout);
    const auto [failure, size] = co_await self->socket.async_write(
        asio::const_buffer{payload.data(), payload.size()}, asio::as_tuple(asio::use_awaitable));
    if (!failure) {
        impl::disarm(self->write_limit);
        co_return;
    }
    const bool too_late = self->write_limit.passed;
    impl::disarm(self->write_limit);
    if (too_late)
        throw error{errc::timed_out, "The peer took no data within the write timeout; the "
                                     "connection was dropped."};
    throw error{websocket_failure(failure),
                "A WebSocket frame was not sent: " + failure.message() + "."};
}

task<> websocket::close(std::uint16_t code, std::string_view reason) {
    const std::shared_ptr<impl> self = impl_;
    if (std::exchange(self->closing, true))
        co_return;
    const std::string_view words = cut_to(reason, longest_close_reason);
    const ws::close_reason why{static_cast<ws::close_code>(code),
                               beast::string_view{words.data(), words.size()}};
    self->arm(self->close_limit, self->options.close_timeout);
    const auto [unfinished] =
        co_await self->socket.async_close(why, asio::as_tuple(asio::use_awaitable));
    static_cast<void>(unfinished);
    self->abort();
}

void websocket::abort() noexcept {
    impl_->abort();
}
std::uint16_t websocket::close_code() const noexcept {
    return impl_->code;
}
std::string_view websocket::close_reason() const noexcept {
    return impl_->reason;
}

} // namespace strandcord::net
