#include "net/complete.hpp"
#include "net/openssl.hpp"
#include "net/stream.hpp"

#include <strandcord/error.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <limits>

namespace strandcord::net {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// OpenSSL directly on the non-blocking socket: nothing is copied on the way, an idle connection
// holds no buffers, and a cancelled read has lost nothing.
class tls_stream final : public stream_base {
public:
    tls_stream(tcp::socket socket, tls_context context);

    asio::any_io_executor executor() const noexcept override { return executor_; }
    void read_some(asio::mutable_buffer where, transfer_handler handler) override {
        start(work::read, where.data(), where.size(), std::move(handler));
    }
    void write_some(asio::const_buffer what, transfer_handler handler) override {
        // OpenSSL takes the bytes as const again.
        start(work::write, const_cast<void*>(what.data()), what.size(), std::move(handler));
    }
    void handshake(transfer_handler handler) {
        start(work::handshake, nullptr, 0, std::move(handler));
    }
    void shutdown(end_handler handler) override;
    void close() noexcept override {
        error_code ignored;
        socket_.close(ignored);
    }
    void reset() noexcept override {
        error_code ignored;
        socket_.set_option(asio::socket_base::linger{true, 0}, ignored);
        socket_.close(ignored);
    }

    void become_client(const std::string& host);
    void become_server() { SSL_set_accept_state(ssl_.get()); }
    error refusal(error_code failure, const std::string& host) const;

private:
    enum class work { handshake, read, write };
    struct operation;
    struct outcome {
        int wanted = SSL_ERROR_NONE; // SSL_ERROR_WANT_READ or _WRITE: not done yet
        error_code failure = {};
        std::size_t transferred = 0;
    };

    void start(work what, void* data, std::size_t size, transfer_handler handler);
    void wait(int wanted, operation&& pending);
    outcome attempt(work what, void* data, std::size_t size);
    int read_all(char* data, int size);
    error_code failure_of(int kind);

    static const BIO_METHOD* socket_method();
    static int socket_read(BIO* bio, char* data, int size);
    static int socket_write(BIO* bio, const char* data, int size);
    static long socket_control(BIO* bio, int command, long, void*);
    int settle(BIO* bio, std::size_t transferred, error_code failure, int retry);

    tls_context context_;
    tcp::socket socket_;
    asio::any_io_executor executor_ = socket_.get_executor();
    openssl_ptr<SSL, SSL_free> ssl_;
    error_code socket_failure_;
    std::string reason_;
};

// One read, write or handshake that waits for its socket. Has no allocator, see `any_stream.cpp`.
struct tls_stream::operation {
    using executor_type = asio::any_completion_executor;
    using cancellation_slot_type = transfer_handler::cancellation_slot_type;

    executor_type get_executor() const noexcept { return handler_executor; }
    cancellation_slot_type get_cancellation_slot() const noexcept {
        return handler.get_cancellation_slot();
    }

    std::shared_ptr<tls_stream> stream;
    work what;
    void* data;
    std::size_t size;
    transfer_handler handler;
    executor_type handler_executor;

    void operator()(error_code failure) {
        outcome result;
        result.failure = failure;
        if (!failure)
            result = stream->attempt(what, data, size);
        if (result.wanted != SSL_ERROR_NONE) {
            const std::shared_ptr<tls_stream> keep = stream;
            keep->wait(result.wanted, std::move(*this));
            return;
        }
        stream.reset();
        std::move(handler)(result.failure, result.transferred);
    }
};

tls_stream::tls_stream(tcp::socket socket, tls_context context)
    : context_{std::move(context)}, socket_{std::move(socket)} {
    error_code ignored;
    socket_.set_option(tcp::no_delay{true}, ignored);
    socket_.non_blocking(true, ignored);
    ssl_.reset(SSL_new(context_.native()));
    BIO* bio = ssl_ ? BIO_new(socket_method()) : nullptr;
    if (bio == nullptr)
        throw error{errc::handshake_failed,
                    "OpenSSL cannot make a connection: " + take_openssl_reason()};
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_.get(), bio, bio);
}

void tls_stream::become_client(const std::string& host) {
    SSL_set_connect_state(ssl_.get());
    error_code not_an_address;
    asio::ip::make_address(host, not_an_address);
    int accepted = 0;
    if (not_an_address) {
        accepted = SSL_set_tlsext_host_name(ssl_.get(), host.c_str()) == 1 &&
                   SSL_set1_host(ssl_.get(), host.c_str()) == 1;
        SSL_set_hostflags(ssl_.get(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    } else {
        accepted = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_.get()), host.c_str());
    }
    if (accepted != 1)
        throw error{errc::invalid_configuration, "\"" + host + "\" cannot be a TLS server's name."};
}

void tls_stream::start(work what, void* data, std::size_t size, transfer_handler handler) {
    const outcome result = attempt(what, data, size);
    if (result.wanted == SSL_ERROR_NONE) {
        complete_later(std::move(handler), executor_, result.failure, result.transferred);
        return;
    }
    auto handler_executor =
        asio::get_associated_executor(handler, asio::any_completion_executor{executor_});
    wait(result.wanted, operation{std::static_pointer_cast<tls_stream>(shared_from_this()), what,
                                  data, size, std::move(handler), std::move(handler_executor)});
}

void tls_stream::wait(int wanted, operation&& pending) {
    socket_.async_wait(wanted == SSL_ERROR_WANT_READ ? tcp::socket::wait_read
                                                     : tcp::socket::wait_write,
                       std::move(pending));
}

tls_stream::outcome tls_stream::attempt(work what, void* data, std::size_t size) {
    if (!socket_.is_open())
        return {SSL_ERROR_NONE, asio::error::operation_aborted, 0};
    ERR_clear_error();
    const int length = static_cast<int>(
        std::min<std::size_t>(size, static_cast<std::size_t>(std::numeric_limits<int>::max())));
    int result = 0;
    switch (what) {
    case work::handshake:
        result = SSL_do_handshake(ssl_.get());
        break;
    case work::read:
        result = read_all(static_cast<char*>(data), length);
        break;
    case work::write:
        result = SSL_write(ssl_.get(), data, length);
        break;
    }
    if (result > 0)
        return {
            SSL_ERROR_NONE, {}, what == work::handshake ? 0U : static_cast<std::size_t>(result)};
    const int kind = SSL_get_error(ssl_.get(), result);
    if (kind == SSL_ERROR_WANT_READ || kind == SSL_ERROR_WANT_WRITE)
        return {kind, {}, 0};
    return {SSL_ERROR_NONE, failure_of(kind), 0};
}

// Takes all records that have already arrived: a record is often one small frame.
int tls_stream::read_all(char* data, int size) {
    const int first = SSL_read(ssl_.get(), data, size);
    if (first <= 0)
        return first;
    int total = first;
    while (total < size && SSL_has_pending(ssl_.get()) == 1) {
        const int more = SSL_read(ssl_.get(), data + total, size - total);
        if (more <= 0)
            break;
        total += more;
    }
    return total;
}

error_code tls_stream::failure_of(int kind) {
    if (kind == SSL_ERROR_ZERO_RETURN)
        return asio::error::eof;
    const bool during_handshake = SSL_is_init_finished(ssl_.get()) == 0;
    const long verified = SSL_get_verify_result(ssl_.get());
    if (during_handshake && verified != X509_V_OK) {
        reason_ = X509_verify_cert_error_string(verified);
        ERR_clear_error();
        return errc::certificate_invalid;
    }
    if (kind == SSL_ERROR_SYSCALL && socket_failure_)
        return socket_failure_;
    const unsigned long code = ERR_peek_error();
    const bool ended =
        kind == SSL_ERROR_SYSCALL || ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING;
    if (ended) {
        ERR_clear_error();
        reason_ = "the peer ended the connection";
        return errc::connection_closed;
    }
    reason_ = take_openssl_reason();
    return during_handshake ? errc::handshake_failed : errc::connection_closed;
}

error tls_stream::refusal(error_code failure, const std::string& host) const {
    if (failure == errc::certificate_invalid)
        return error{failure, "The certificate of " + host + " was not accepted: " + reason_ +
                                  ". Check the host name and this machine's clock; for a private "
                                  "authority set SSL_CERT_FILE to its certificate."};
    if (failure == asio::error::operation_aborted)
        return error{errc::cancelled, "The TLS handshake with " + host + " was cancelled."};
    return error{failure, "The TLS handshake with " + host +
                              " failed: " + (reason_.empty() ? failure.message() : reason_) + "."};
}

void tls_stream::shutdown(end_handler handler) {
    error_code failure;
    if (SSL_is_init_finished(ssl_.get()) == 1) {
        ERR_clear_error();
        // One try: when even the alert does not fit, nobody is reading.
        SSL_shutdown(ssl_.get());
        ERR_clear_error();
    }
    socket_.shutdown(tcp::socket::shutdown_send, failure);
    complete_later(std::move(handler), executor_, failure);
}

const BIO_METHOD* tls_stream::socket_method() {
    static const openssl_ptr<BIO_METHOD, BIO_meth_free> method = [] {
        openssl_ptr<BIO_METHOD, BIO_meth_free> made{
            BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket")};
        BIO_meth_set_read(made.get(), socket_read);
        BIO_meth_set_write(made.get(), socket_write);
        BIO_meth_set_ctrl(made.get(), socket_control);
        return made;
    }();
    return method.get();
}

int tls_stream::settle(BIO* bio, std::size_t transferred, error_code failure, int retry) {
    BIO_clear_retry_flags(bio);
    if (!failure)
        return static_cast<int>(transferred);
    if (failure == asio::error::would_block || failure == asio::error::try_again) {
        BIO_set_flags(bio, retry | BIO_FLAGS_SHOULD_RETRY);
        return -1;
    }
    if (failure == asio::error::eof)
        return 0;
    socket_failure_ = failure;
    return -1;
}

int tls_stream::socket_read(BIO* bio, char* data, int size) {
    auto* self = static_cast<tls_stream*>(BIO_get_data(bio));
    error_code failure;
    const std::size_t transferred = self->socket_.read_some(
        asio::mutable_buffers_1{data, static_cast<std::size_t>(size)}, failure);
    return self->settle(bio, transferred, failure, BIO_FLAGS_READ);
}

int tls_stream::socket_write(BIO* bio, const char* data, int size) {
    auto* self = static_cast<tls_stream*>(BIO_get_data(bio));
    error_code failure;
    const std::size_t transferred = self->socket_.write_some(
        asio::const_buffers_1{data, static_cast<std::size_t>(size)}, failure);
    return self->settle(bio, transferred, failure, BIO_FLAGS_WRITE);
}

long tls_stream::socket_control(BIO*, int command, long, void*) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

} // namespace

task<any_stream> connect_tls(tcp::socket socket, tls_context context, std::string host) {
    if (host.size() > 1 && host.back() == '.')
        host.pop_back();
    const auto stream = std::make_shared<tls_stream>(std::move(socket), std::move(context));
    any_stream owner{stream};
    stream->become_client(host);
    auto start = [&stream](auto handler) { stream->handshake(std::move(handler)); };
    const auto [failure, ignored] =
        co_await asio::async_initiate<const asio::as_tuple_t<asio::use_awaitable_t<>>,
                                      void(error_code, std::size_t)>(
            start, asio::as_tuple(asio::use_awaitable));
    if (failure)
        throw stream->refusal(failure, host);
    co_return std::move(owner);
}

any_stream accept_tls(tcp::socket socket, tls_context context) {
    const auto stream = std::make_shared<tls_stream>(std::move(socket), std::move(context));
    stream->become_server();
    return any_stream{stream};
}

} // namespace strandcord::net
