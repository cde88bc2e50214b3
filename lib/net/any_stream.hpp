#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strandcord::net {

/// What a read or write calls when it ends.
using transfer_handler =
    boost::asio::any_completion_handler<void(boost::system::error_code, std::size_t)>;
/// What a shutdown calls when it ends.
using end_handler = boost::asio::any_completion_handler<void(boost::system::error_code)>;

/// One kind of byte stream: TCP, TLS, memory. Derived classes must keep themselves alive while an
/// operation is pending (`shared_from_this`), never call a handler from inside the initiating call,
/// and end pending operations on `close` and on the cancellation of their handler.
class stream_base : public std::enable_shared_from_this<stream_base> {
public:
    virtual ~stream_base() = default;
    virtual boost::asio::any_io_executor executor() const noexcept = 0;
    /// `where` is not empty. Ends with `asio::error::eof` and 0 when the peer sends no more.
    virtual void read_some(boost::asio::mutable_buffer where, transfer_handler handler) = 0;
    /// `what` is not empty.
    virtual void write_some(boost::asio::const_buffer what, transfer_handler handler) = 0;
    /// Tells the peer that nothing more will be sent, without waiting for its answer.
    virtual void shutdown(end_handler handler) = 0;
    /// Drops the stream at once; the peer sees its end.
    virtual void close() noexcept = 0;
    /// Drops the stream at once; the peer sees a reset connection.
    virtual void reset() noexcept { close(); }

private:
    friend class any_stream;
    struct read_ahead_operation;

    void buffered_read(boost::asio::mutable_buffer where, transfer_handler handler);
    bool take_immediate() noexcept { return immediate_ > 0 && immediate_-- > 0; }

    std::vector<char> ahead_;
    std::size_t ahead_begin_ = 0;
    std::size_t ahead_end_ = 0;
    int immediate_ = 0;
    std::string gathered_;
};

/// A byte stream of any kind, erased here so that Beast is instantiated once. Models Asio's
/// AsyncReadStream and AsyncWriteStream. Small reads are served from a read-ahead buffer, so a
/// frame's header and payload cost one system call; small buffers written together leave as one.
/// Move-only; one read and one write at a time; destroying it drops the connection.
class any_stream {
public:
    using executor_type = boost::asio::any_io_executor;

    any_stream() noexcept = default;
    explicit any_stream(std::shared_ptr<stream_base> stream) noexcept : base_{std::move(stream)} {}
    any_stream(any_stream&&) noexcept = default;
    any_stream& operator=(any_stream&& other) noexcept {
        if (this != &other) {
            close();
            base_ = std::move(other.base_);
        }
        return *this;
    }
    ~any_stream() { close(); }

    explicit operator bool() const noexcept { return base_ != nullptr; }
    executor_type get_executor() const noexcept {
        return base_ ? base_->executor() : executor_type{};
    }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
            [](auto handler, stream_base* stream, boost::asio::mutable_buffer where) {
                stream->buffered_read(where, transfer_handler{std::move(handler)});
            },
            token, base_.get(), first_of(buffers));
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
            [](auto handler, stream_base* stream, boost::asio::const_buffer what) {
                start_write(stream, what, transfer_handler{std::move(handler)});
            },
            token, base_.get(), gather(buffers));
    }

    /// Tells the peer that nothing more will be sent; does not wait for its answer.
    template <class Token>
    auto async_shutdown(Token&& token) {
        return boost::asio::async_initiate<Token, void(boost::system::error_code)>(
            [](auto handler, stream_base* stream) {
                stream->shutdown(end_handler{std::move(handler)});
            },
            token, base_.get());
    }

    /// Drops the connection; pending operations end with `operation_aborted`.
    void close() noexcept {
        if (base_)
            base_->close();
    }
    /// The same, seen by the peer as a reset connection.
    void reset() noexcept {
        if (base_)
            base_->reset();
    }
    /// Gives bytes back that were read too far: the next read brings them first.
    void put_back(std::string_view bytes);
    /// Lets the next so many reads of bytes that are already here call their handler at once, from
    /// inside the call that starts them. For who knows that nothing can go wrong with that.
    void allow_immediate(int times) noexcept { base_->immediate_ = times; }
    /// Uses up one of these.
    bool take_immediate() noexcept { return base_->take_immediate(); }

private:
    static constexpr std::size_t gather_limit = 16U * 1024;

    static void start_write(stream_base* stream, boost::asio::const_buffer what,
                            transfer_handler handler);

    template <class Buffers>
    static boost::asio::mutable_buffer first_of(const Buffers& buffers) {
        const auto end = boost::asio::buffer_sequence_end(buffers);
        for (auto at = boost::asio::buffer_sequence_begin(buffers); at != end; ++at) {
            const boost::asio::mutable_buffer buffer{*at};
            if (buffer.size() != 0)
                return buffer;
        }
        return {};
    }

    // One buffer goes as it is; several are copied into one, so that they make one TLS record.
    template <class Buffers>
    boost::asio::const_buffer gather(const Buffers& buffers) {
        boost::asio::const_buffer only;
        std::size_t used = 0;
        const auto end = boost::asio::buffer_sequence_end(buffers);
        for (auto at = boost::asio::buffer_sequence_begin(buffers); at != end; ++at) {
            const boost::asio::const_buffer buffer{*at};
            if (buffer.size() == 0)
                continue;
            if (++used == 1)
                only = buffer;
        }
        if (used <= 1 || only.size() >= gather_limit)
            return only;
        std::string& into = base_->gathered_;
        into.clear();
        for (auto at = boost::asio::buffer_sequence_begin(buffers);
             at != end && into.size() < gather_limit; ++at) {
            const boost::asio::const_buffer buffer{*at};
            const std::size_t room = gather_limit - into.size();
            into.append(static_cast<const char*>(buffer.data()),
                        buffer.size() < room ? buffer.size() : room);
        }
        return boost::asio::buffer(into);
    }

    std::shared_ptr<stream_base> base_;
};

} // namespace strandcord::net
