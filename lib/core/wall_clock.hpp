#pragma once

#include <strandcord/timestamp.hpp>

namespace strandcord {

/// The time that people have.
timestamp wall_clock();

} // namespace strandcord
