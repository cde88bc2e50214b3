#pragma once

#include <strandcord/config.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strandcord::gateway {

/// What to dial for a gateway URL.
struct gateway_address {
    bool tls = true;
    std::string host = {};
    std::uint16_t port = 443;
    std::string target = {}; ///< path and query

    friend bool operator==(const gateway_address&, const gateway_address&) = default;
};

/// `url` with the parameters of a connection; keeps its port, path and query. GW-CONN-4, GW-CONN-5.
std::string connection_url(std::string_view url, compression compress);
/// Takes `ws://` and `wss://` apart; nothing when it is neither.
std::optional<gateway_address> parse_gateway_url(std::string_view url);

} // namespace strandcord::gateway
