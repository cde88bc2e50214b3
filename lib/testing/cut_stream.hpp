#pragma once

#include "net/any_stream.hpp"

#include <memory>

namespace strandcord::testing {

/// A stream that its owner can break: at once, or in the middle of the next write.
class cut_stream final : public net::stream_base {
public:
    explicit cut_stream(net::any_stream inner) : inner_{std::move(inner)} {}

    boost::asio::any_io_executor executor() const noexcept override {
        return inner_.get_executor();
    }
    void read_some(boost::asio::mutable_buffer where, net::transfer_handler handler) override;
    void write_some(boost::asio::const_buffer what, net::transfer_handler handler) override;
    void shutdown(net::end_handler handler) override;
    void close() noexcept override { inner_.close(); }
    void reset() noexcept override { inner_.reset(); }

    /// Half of the next write is sent, then the peer sees a reset connection.
    void cut_next_write() noexcept { cut_ = true; }

private:
    net::any_stream inner_;
    bool cut_ = false;
};

} // namespace strandcord::testing
