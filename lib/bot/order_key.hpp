#pragma once

#include "codec/envelope.hpp"

#include <strandcord/registration.hpp>

#include <cstdint>
#include <string_view>

namespace strandcord::bot_detail {

/// What an event is ordered by, read from the frame that `parser` holds; 0 when it has no such
/// thing. Outside guilds the channel stands for the guild.
std::uint64_t order_key(order_by what, std::string_view event, const codec::frame_parser& parser);

} // namespace strandcord::bot_detail
