#pragma once

#include "runtime/timer.hpp"

#include <strandcord/task.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <exception>
#include <functional>
#include <list>
#include <memory>

namespace strandcord {

/// The parent of child coroutines on one strand: cancels them together and joins them. All members
/// are called on that strand. Must be joined before it is destroyed.
class task_group {
public:
    /// How a child ended: null, or what it threw. Called on the strand; must not throw.
    using on_end = std::function<void(std::exception_ptr)>;

    explicit task_group(boost::asio::any_io_executor strand);
    ~task_group();
    task_group(const task_group&) = delete;
    task_group& operator=(const task_group&) = delete;

    /// Starts a child. After `cancel()` it is started and cancelled at once.
    void spawn(task<> child, on_end ended = {});
    /// Asks every child, present and future, to end. Does not wait.
    void cancel();
    /// Returns when no child is left. Ignores cancellation of the caller: a group that is not joined
    /// would leave coroutines without a parent.
    task<> join();
    std::size_t size() const noexcept { return children_.size(); }
    const boost::asio::any_io_executor& executor() const noexcept { return strand_; }

private:
    struct child_state;
    boost::asio::any_io_executor strand_;
    std::list<std::shared_ptr<child_state>> children_;
    timer joined_;
    bool cancelled_ = false;
};

} // namespace strandcord
