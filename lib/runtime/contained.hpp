#pragma once

#include <strandcord/task.hpp>

#include <exception>

namespace strandcord {

/// `work`, made safe to cancel when it is the root of a `co_spawn`, and its exception handed to
/// `failure` instead of thrown. Asio 1.81 awaits once more for a root that never suspended, and
/// throws out of `io_context::run` when that root was cancelled by then.
///
/// Before the root runs for the first time no wrapper can help: do not emit cancellation until
/// then. `task_group` sees to that for its children.
task<> contained(task<> work, std::exception_ptr& failure);

} // namespace strandcord
