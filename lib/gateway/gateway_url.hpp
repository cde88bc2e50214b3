#pragma once

#include <strandcord/config.hpp>

#include <string>
#include <string_view>

namespace strandcord::gateway {

/// `url` with the parameters of a connection; keeps its port, path and query. GW-CONN-4, GW-CONN-5.
std::string connection_url(std::string_view url, compression compress);
/// Whether it can be meant to be dialed: `ws://` or `wss://`, a host, nothing unprintable.
bool is_gateway_url(std::string_view url) noexcept;

} // namespace strandcord::gateway
