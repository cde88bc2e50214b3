#include "net/http.hpp"

#include "net/http_server_state.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

namespace strandcord::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

namespace {

constexpr std::uint32_t maximum_header = 64U * 1024;

std::string_view find_header(const http_headers& headers, std::string_view name) noexcept {
    for (const auto& [key, value] : headers)
        if (beast::iequals({key.data(), key.size()}, {name.data(), name.size()}))
            return value;
    return {};
}

template <class Fields>
void copy_headers(const Fields& from, http_headers& to) {
    to.clear();
    for (const auto& field : from)
        to.emplace_back(std::string{field.name_string()}, std::string{field.value()});
}

error_code http_failure(error_code failure) {
    if (failure == asio::error::operation_aborted)
        return errc::cancelled;
    if (failure == http::error::body_limit || failure == http::error::header_limit ||
        failure == http::error::buffer_overflow)
        return errc::payload_too_large;
    if (failure == http::error::end_of_stream || failure == http::error::partial_message ||
        failure == asio::error::eof)
        return errc::connection_closed;
    if (failure.category() == http::make_error_code(http::error::end_of_stream).category())
        return errc::malformed_payload;
    return failure;
}

[[noreturn]] void throw_broken(error_code failure, const char* what, const std::string& host) {
    const error_code code = http_failure(failure);
    throw error{code, std::string{what} + host + ": " + failure.message() + "."};
}

} // namespace

std::string_view http_request::header(std::string_view name) const noexcept {
    return find_header(headers, name);
}

std::string_view http_response::header(std::string_view name) const noexcept {
    return find_header(headers, name);
}

struct http_connection::impl {
    any_stream stream;
    std::string host;
    std::size_t maximum_body;
    beast::flat_buffer buffer = {};
    bool reusable = true;
    bool answer_begun = false;

    [[noreturn]] void break_off(error_code failure, const char* what) {
        reusable = false;
        stream.close();
        throw_broken(failure, what, host);
    }
};

http_connection::http_connection(any_stream stream, std::string host, std::size_t maximum_body)
    : impl_{std::make_unique<impl>(impl{std::move(stream), std::move(host), maximum_body})} {}
http_connection::http_connection(http_connection&&) noexcept = default;
http_connection& http_connection::operator=(http_connection&&) noexcept = default;
http_connection::~http_connection() = default;

bool http_connection::reusable() const noexcept {
    return impl_->reusable;
}
bool http_connection::answer_begun() const noexcept {
    return impl_->answer_begun;
}

task<http_response> http_connection::exchange(const http_request& request) {
    impl& self = *impl_;
    self.answer_begun = false;
    // Until the answer is whole, anything that ends this coroutine breaks the connection.
    const bool was_reusable = std::exchange(self.reusable, false);
    if (!was_reusable)
        throw error{errc::connection_closed, "The connection to " + self.host + " is used up."};

    http::request<http::string_body> message;
    message.version(11);
    message.method_string(request.method);
    message.target(request.target);
    message.set(http::field::host, self.host);
    for (const auto& [name, value] : request.headers)
        message.set(name, value);
    message.body() = request.body;
    message.prepare_payload();

    const auto [unsent, sent] =
        co_await http::async_write(self.stream, message, asio::as_tuple(asio::use_awaitable));
    if (unsent)
        self.break_off(unsent, "A request could not be sent to ");

    std::optional<http::response_parser<http::string_body>> parser;
    do {
        parser.emplace();
        parser->body_limit(self.maximum_body);
        parser->header_limit(maximum_header);
        parser->skip(request.method == "HEAD");
        const auto [unread, received] = co_await http::async_read(
            self.stream, self.buffer, *parser, asio::as_tuple(asio::use_awaitable));
        self.answer_begun = parser->got_some() || self.buffer.size() != 0;
        if (unread)
            self.break_off(unread, "No complete answer came from ");
    } while (parser->get().result_int() / 100 == 1);

    // What came behind the answer was not asked for, and must not be taken for the next one.
    self.reusable = parser->keep_alive() && self.buffer.size() == 0;
    http::response<http::string_body> answer = parser->release();
    http_response response;
    response.status = static_cast<int>(answer.result_int());
    copy_headers(answer, response.headers);
    response.body = std::move(answer.body());
    co_return response;
}

http_server_connection::http_server_connection(any_stream stream, std::size_t maximum_body)
    : impl_{std::make_unique<impl>(impl{std::move(stream), maximum_body})} {}
http_server_connection::http_server_connection(http_server_connection&&) noexcept = default;
http_server_connection&
http_server_connection::operator=(http_server_connection&&) noexcept = default;
http_server_connection::~http_server_connection() = default;

task<std::optional<http_request>> http_server_connection::read() {
    impl& self = *impl_;
    std::optional<http_request> request;
    if (self.over)
        co_return request;
    http::request_parser<http::string_body> parser;
    parser.body_limit(self.maximum_body);
    parser.header_limit(maximum_header);
    const auto [failure, received] = co_await http::async_read(self.stream, self.buffer, parser,
                                                               asio::as_tuple(asio::use_awaitable));
    if (failure) {
        self.over = true;
        self.keep_alive = false;
        const error_code code = http_failure(failure);
        if (code == errc::malformed_payload || code == errc::payload_too_large ||
            code == errc::cancelled)
            throw_broken(failure, "A request could not be read", "");
        co_return request;
    }
    http::request<http::string_body> message = parser.release();
    self.keep_alive = message.keep_alive();
    self.request.method = std::string{message.method_string()};
    self.request.target = std::string{message.target()};
    copy_headers(message, self.request.headers);
    self.request.body.clear();
    request = self.request;
    request->body = std::move(message.body());
    co_return request;
}

bool http_server_connection::wants_websocket() const noexcept {
    const std::string_view upgrade = impl_->request.header("Upgrade");
    return impl_->request.method == "GET" &&
           beast::iequals({upgrade.data(), upgrade.size()}, "websocket");
}

task<> http_server_connection::write(const http_response& response) {
    impl& self = *impl_;
    http::response<http::string_body> message;
    message.version(11);
    message.result(static_cast<unsigned>(response.status));
    for (const auto& [name, value] : response.headers)
        message.set(name, value);
    message.keep_alive(self.keep_alive);
    message.body() = response.body;
    const bool without_body =
        response.status / 100 == 1 || response.status == 204 || response.status == 304;
    if (without_body)
        message.body().clear();
    else
        message.content_length(response.body.size());
    if (self.request.method == "HEAD")
        message.body().clear();
    const auto [failure, sent] =
        co_await http::async_write(self.stream, message, asio::as_tuple(asio::use_awaitable));
    if (failure) {
        self.over = true;
        throw_broken(failure, "A response could not be written", "");
    }
    if (!self.keep_alive) {
        self.over = true;
        const auto [unfinished] =
            co_await self.stream.async_shutdown(asio::as_tuple(asio::use_awaitable));
        static_cast<void>(unfinished);
    }
}

void http_server_connection::abort() noexcept {
    impl_->over = true;
    impl_->stream.close();
}

} // namespace strandcord::net
