#pragma once

#include <strandcord/error.hpp>
#include <strandcord/task.hpp>

#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace strandcord::net {

/// Asks for the addresses of a host, in a thread of its own, for as long as that takes.
using name_service = std::vector<boost::asio::ip::tcp::endpoint> (*)(const std::string& host,
                                                                     std::uint16_t port,
                                                                     error_code& failure);
/// The operating system's.
std::vector<boost::asio::ip::tcp::endpoint> system_names(const std::string& host,
                                                         std::uint16_t port, error_code& failure);

/// All addresses of a host, at least one; an address literal needs no look-up. Throws `error`.
/// Ends at once on cancellation and with its context, even while the name service still waits for
/// its answer. On a strand.
task<std::vector<boost::asio::ip::tcp::endpoint>> resolve(std::string host, std::uint16_t port,
                                                          name_service names = system_names);

} // namespace strandcord::net
