#pragma once

#include <strandcord/task.hpp>

#include <exception>

namespace strandcord {

/// `work`, made safe to cancel at any moment when it is the root of a `co_spawn`, and its exception
/// handed to `failure` instead of thrown. Asio 1.81 awaits once more for a child that never
/// suspended, and throws out of `io_context::run` when that child was cancelled by then.
task<> contained(task<> work, std::exception_ptr& failure);

} // namespace strandcord
