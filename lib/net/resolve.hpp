#pragma once

#include <strandcord/task.hpp>

#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace strandcord::net {

/// All addresses of a host, at least one; an address literal needs no look-up. Throws `error`.
/// Ends at once on cancellation, even while the system's resolver still waits for its answer.
task<std::vector<boost::asio::ip::tcp::endpoint>> resolve(std::string host, std::uint16_t port);

} // namespace strandcord::net
