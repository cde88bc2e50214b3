#pragma once

#include "floor.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace bench {

/// The server's side of transport compression: one stream, flushed after each payload.
class compressor {
public:
    explicit compressor(stream_compression kind);
    ~compressor();
    std::string compress(std::string_view payload);

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

} // namespace bench
