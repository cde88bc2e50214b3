#pragma once

#include "net/any_stream.hpp"

#include <cstddef>
#include <limits>
#include <utility>

namespace strandcord::net {

inline constexpr std::size_t unlimited_pipe = std::numeric_limits<std::size_t>::max();

/// Two connected streams in this process: what is written to one is read from the other. Each end
/// is used from its own executor, the ends may be on different ones. A write waits while
/// `capacity` bytes are unread. `async_shutdown` and `close` are seen as the end of the stream by
/// the other end after it has read what was written, `reset` as a reset connection at once.
std::pair<any_stream, any_stream> make_memory_pipe(boost::asio::any_io_executor first,
                                                   boost::asio::any_io_executor second,
                                                   std::size_t capacity = unlimited_pipe);

} // namespace strandcord::net
