#pragma once

#include <strandcord/config.hpp>
#include <strandcord/error.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace strandcord::codec {

/// One decompression context: one per connection (GW-COMP-7).
class inflater {
public:
    virtual ~inflater() = default;
    /// Feeds one WebSocket message. True when `out` then holds one whole payload (replaced,
    /// capacity reused, at least 64 spare bytes); false when more messages are needed, or when what
    /// was fed is used up. Call again with an empty message for further payloads from the same
    /// message, until false. A failure (`errc::decompression_failed`, `errc::payload_too_large`)
    /// ends the stream for good.
    virtual bool feed(std::string_view message, std::string& out, error_code& failure) = 0;
};

/// `automatic` must have been resolved. Null for `none`. Throws `errc::unsupported` for zstd-stream
/// when not built in.
std::unique_ptr<inflater> make_inflater(compression kind, std::size_t maximum_payload);
/// `automatic` to what this build prefers.
compression resolve(compression kind) noexcept;
/// `zlib-stream`, `zstd-stream`, empty for none: the value of the `compress` query parameter.
std::string_view query_value(compression kind) noexcept;

} // namespace strandcord::codec
