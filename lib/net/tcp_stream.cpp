#include "net/complete.hpp"
#include "net/stream.hpp"

namespace strandcord::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

class tcp_stream final : public stream_base {
public:
    explicit tcp_stream(tcp::socket socket) : socket_{std::move(socket)} {}

    asio::any_io_executor executor() const noexcept override { return executor_; }
    void read_some(asio::mutable_buffer where, transfer_handler handler) override {
        socket_.async_read_some(asio::mutable_buffers_1{where}, std::move(handler));
    }
    void write_some(asio::const_buffer what, transfer_handler handler) override {
        socket_.async_write_some(asio::const_buffers_1{what}, std::move(handler));
    }
    void shutdown(end_handler handler) override {
        error_code failure;
        socket_.shutdown(tcp::socket::shutdown_send, failure);
        complete_later(std::move(handler), executor_, failure);
    }
    void close() noexcept override {
        error_code ignored;
        socket_.close(ignored);
    }
    void reset() noexcept override {
        error_code ignored;
        socket_.set_option(asio::socket_base::linger{true, 0}, ignored);
        socket_.close(ignored);
    }

private:
    tcp::socket socket_;
    asio::any_io_executor executor_ = socket_.get_executor();
};

} // namespace

any_stream make_tcp_stream(tcp::socket socket) {
    error_code ignored;
    socket.set_option(tcp::no_delay{true}, ignored);
    return any_stream{std::make_shared<tcp_stream>(std::move(socket))};
}

} // namespace strandcord::net
