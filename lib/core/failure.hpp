#pragma once

// What an exception that was caught elsewhere means.

#include <exception>
#include <string>

namespace strandcord {

/// Whether it only says that somebody gave the work up. Null is not.
bool is_cancellation(const std::exception_ptr& failure) noexcept;
/// Its own words, for logs and reports.
std::string in_words(const std::exception_ptr& failure);

} // namespace strandcord
