#pragma once

#include <strandcord/config.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace strandcord::testing {

/// The server's half of transport compression: one context per connection.
class deflater {
public:
    virtual ~deflater() = default;
    /// One payload, flushed so that the peer can read it whole.
    virtual std::string feed(std::string_view payload) = 0;
};

/// Null for `none`, and for zstd-stream when not built in.
std::unique_ptr<deflater> make_deflater(compression kind);

} // namespace strandcord::testing
