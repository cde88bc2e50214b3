#pragma once

// The floor that every figure stands beside: the least that any client must do, written as plain as
// possible.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bench {

/// What the floor reads of one payload.
struct four_fields {
    std::int64_t op = 0;
    std::int64_t sequence = 0;
    std::string_view type;
    std::string_view content; ///< of d; empty when there is none
};

/// simdjson on demand over one payload: op, s, t and d.content. `capacity` is at least 64 more than
/// `size`. One thread.
four_fields read_four(const char* payload, std::size_t size, std::size_t capacity);

/// The same without `d`: the least for an event that nobody handles.
four_fields read_three(const char* payload, std::size_t size, std::size_t capacity);

enum class stream_compression { none, zlib, zstd };

/// What one run over a socket cost.
struct run_cost {
    std::int64_t cpu_ns = 0;
    std::size_t events = 0;
    std::size_t content_bytes = 0; ///< so that two runs can be checked against each other
};

/// Blocking sockets and OpenSSL, WebSocket frames by hand, inflate, `read_four`; from the first
/// MESSAGE_CREATE to the last of `events`. With `read_ahead` OpenSSL reads as much as the socket
/// has, instead of a record's header and body apart.
run_cost floor_client(std::uint16_t port, stream_compression kind, std::size_t events,
                      bool read_ahead);

} // namespace bench
