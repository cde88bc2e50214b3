#pragma once

#include "net/any_stream.hpp"

namespace strandcord::net {

/// Calls the handler from its own executor, never from inside this call.
void complete_later(transfer_handler handler, const boost::asio::any_io_executor& otherwise,
                    boost::system::error_code failure, std::size_t transferred);
void complete_later(end_handler handler, const boost::asio::any_io_executor& otherwise,
                    boost::system::error_code failure);

} // namespace strandcord::net
