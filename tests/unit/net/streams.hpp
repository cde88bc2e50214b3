#pragma once

#include "net/any_stream.hpp"

#include <strandcord/task.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace strandcord::test {

inline constexpr auto as_result = boost::asio::as_tuple(boost::asio::use_awaitable);

/// What one read brings; `failure` is set when it brings nothing.
inline task<std::string> read_piece(net::any_stream& stream, error_code& failure) {
    std::array<char, 64U * 1024> space{};
    const auto [ended, size] =
        co_await stream.async_read_some(boost::asio::buffer(space), as_result);
    failure = ended;
    co_return std::string{space.data(), size};
}

/// Exactly `size` bytes, fewer when the stream ends.
inline task<std::string> read_exactly(net::any_stream& stream, std::size_t size) {
    std::string all(size, '\0');
    std::size_t got = 0;
    while (got < size) {
        const auto [failure, more] = co_await stream.async_read_some(
            boost::asio::buffer(all.data() + got, size - got), as_result);
        if (failure)
            break;
        got += more;
    }
    all.resize(got);
    co_return all;
}

/// Up to and with `mark`, byte by byte, so that nothing behind it is taken.
inline task<std::string> read_until(net::any_stream& stream, std::string_view mark) {
    std::string all;
    while (!all.ends_with(mark)) {
        std::string byte = co_await read_exactly(stream, 1);
        if (byte.empty())
            break;
        all += byte;
    }
    co_return all;
}

inline task<error_code> write_all(net::any_stream& stream, std::string bytes) {
    std::string_view left = bytes;
    while (!left.empty()) {
        const auto [failure, size] = co_await stream.async_write_some(
            boost::asio::const_buffer{left.data(), left.size()}, as_result);
        if (failure)
            co_return failure;
        left.remove_prefix(size);
    }
    co_return error_code{};
}

/// Ends our direction only.
inline task<> shut_down(net::any_stream& stream) {
    const auto [failure] = co_await stream.async_shutdown(as_result);
    static_cast<void>(failure);
}

} // namespace strandcord::test
