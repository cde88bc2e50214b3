#pragma once

#include <strandcord/log.hpp>

#include <chrono>
#include <string>

namespace strandcord {

/// `2026-01-31T10:00:00.123Z`
std::string format_time(std::chrono::system_clock::time_point when);

/// `2026-01-31T10:00:00.123Z info gateway[0] text name=value`, without a line end. Control
/// characters are escaped, so a record is always one line; values with spaces or quotes are quoted.
std::string format_line(const log_record& record, std::chrono::system_clock::time_point when);

} // namespace strandcord
