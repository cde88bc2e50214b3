#pragma once

#include "net/http.hpp"

#include <boost/beast/core/flat_buffer.hpp>

namespace strandcord::net {

/// What a server's connection knows; `websocket::accept` takes it over.
struct http_server_connection::impl {
    any_stream stream;
    std::size_t maximum_body;
    boost::beast::flat_buffer buffer = {};
    http_request request = {};
    bool keep_alive = true;
    bool over = false;
};

} // namespace strandcord::net
