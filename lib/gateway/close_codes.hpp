#pragma once

#include <cstdint>
#include <string_view>

namespace strandcord::gateway {

/// What becomes of the session when the server closes with a code.
enum class after_close : std::uint8_t {
    resume,   ///< the session may be continued
    identify, ///< the session is gone
    fatal,    ///< nothing may be tried again
};

/// One row of GW-CLOSE.
struct close_rule {
    std::uint16_t code = 0;
    after_close next = after_close::resume;
    /// The first reconnect already waits.
    bool backs_off = false;
    /// Only a mistake of ours brings this code: it is reported.
    bool our_mistake = false;
    std::string_view meaning = {};
};

/// The row for a code; 0 stands for a connection that ended without one. Codes that are not in the
/// table resume after a wait (GW-CLOSE-30).
close_rule rule_for(std::uint16_t code) noexcept;

} // namespace strandcord::gateway
