#pragma once

#include "net/transport.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace strandcord::net {

/// An absolute ws, wss, http or https URL in its parts.
struct url {
    std::string scheme = {}; ///< lower case
    std::string host = {};   ///< without the brackets of an IPv6 literal
    std::uint16_t port = 0;  ///< the scheme's own when the text names none
    std::string target = {}; ///< path and query; begins with `/`

    bool tls() const noexcept { return scheme == "wss" || scheme == "https"; }
    endpoint where() const { return {tls(), host, port}; }
    /// The Host header: brackets around IPv6, the port only when it is not the scheme's own.
    std::string host_header() const;

    friend bool operator==(const url&, const url&) = default;
};

/// Throws `errc::invalid_configuration`; its sentence names what is wrong with the text.
url parse_url(std::string_view text);
/// The Host header for a stream to `where`.
std::string host_header(const endpoint& where);

} // namespace strandcord::net
