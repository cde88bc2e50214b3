#pragma once

#include "floor.hpp"

#include <string>

namespace bench {

/// The same events through strandcord: socket, TLS, WebSocket, inflate, session, dispatcher, and a
/// coroutine handler that gets a three-field projection. One thread.
run_cost strandcord_client(std::uint16_t port, const std::string& authority_file,
                           stream_compression kind, std::size_t events);

} // namespace bench
