#include "net/any_stream.hpp"

#include "net/complete.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prepend.hpp>

#include <algorithm>
#include <cstring>

namespace strandcord::net {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr std::size_t read_ahead = 16U * 1024;

} // namespace

void complete_later(transfer_handler handler, const asio::any_io_executor& otherwise,
                    error_code failure, std::size_t transferred) {
    asio::post(otherwise, asio::prepend(std::move(handler), failure, transferred));
}

void complete_later(end_handler handler, const asio::any_io_executor& otherwise,
                    error_code failure) {
    asio::post(otherwise, asio::prepend(std::move(handler), failure));
}

// Copies what was read ahead to where the caller wanted it. Does not pass on the handler's
// allocator: in Boost 1.81 a handler within a handler frees the outer one through the inner,
// already destroyed.
struct stream_base::read_ahead_operation {
    using executor_type = asio::any_completion_executor;
    using cancellation_slot_type = transfer_handler::cancellation_slot_type;

    executor_type get_executor() const noexcept { return handler_executor; }
    cancellation_slot_type get_cancellation_slot() const noexcept {
        return handler.get_cancellation_slot();
    }

    transfer_handler handler;
    executor_type handler_executor;
    std::shared_ptr<stream_base> stream;
    asio::mutable_buffer where;

    void operator()(error_code failure, std::size_t transferred) {
        const std::size_t wanted = std::min(transferred, where.size());
        if (wanted != 0)
            std::memcpy(where.data(), stream->ahead_.data(), wanted);
        stream->ahead_begin_ = wanted;
        stream->ahead_end_ = transferred;
        stream.reset();
        std::move(handler)(failure, wanted);
    }
};

void stream_base::buffered_read(asio::mutable_buffer where, transfer_handler handler) {
    if (where.size() == 0) {
        complete_later(std::move(handler), executor(), {}, 0);
        return;
    }
    if (ahead_begin_ != ahead_end_) {
        const std::size_t size = std::min(where.size(), ahead_end_ - ahead_begin_);
        std::memcpy(where.data(), ahead_.data() + ahead_begin_, size);
        ahead_begin_ += size;
        if (take_immediate())
            std::move(handler)(error_code{}, size);
        else
            complete_later(std::move(handler), executor(), {}, size);
        return;
    }
    if (where.size() >= read_ahead) {
        read_some(where, std::move(handler));
        return;
    }
    if (ahead_.size() < read_ahead)
        ahead_.resize(read_ahead);
    auto handler_executor =
        asio::get_associated_executor(handler, asio::any_completion_executor{executor()});
    read_some(asio::buffer(ahead_),
              read_ahead_operation{std::move(handler), std::move(handler_executor),
                                   shared_from_this(), where});
}

void any_stream::put_back(std::string_view bytes) {
    if (bytes.empty())
        return;
    std::vector<char>& ahead = base_->ahead_;
    ahead.erase(ahead.begin(), ahead.begin() + static_cast<std::ptrdiff_t>(base_->ahead_begin_));
    base_->ahead_end_ -= base_->ahead_begin_;
    base_->ahead_begin_ = 0;
    ahead.insert(ahead.begin(), bytes.begin(), bytes.end());
    base_->ahead_end_ += bytes.size();
}

void any_stream::start_write(stream_base* stream, asio::const_buffer what,
                             transfer_handler handler) {
    if (what.size() == 0)
        complete_later(std::move(handler), stream->executor(), {}, 0);
    else
        stream->write_some(what, std::move(handler));
}

} // namespace strandcord::net
