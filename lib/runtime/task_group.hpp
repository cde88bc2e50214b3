#pragma once

#include "runtime/timer.hpp"

#include <strandcord/task.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <vector>

namespace strandcord {

/// The parent of child coroutines on one strand: cancels them together and joins them. All members
/// are called on that strand (or before it runs). Must be joined before it is destroyed; destroying
/// it from a running handler while children are left ends the program with a message.
class task_group {
    struct child_state;

public:
    /// How a child ended: null, or what it threw. Called on the strand, when the child no longer
    /// counts in `size()`; may spawn; must not throw.
    using on_end = std::function<void(std::exception_ptr)>;

    /// A child to cancel on its own. Safe to keep after the child ended.
    class child {
    public:
        child() noexcept = default;
        void cancel() const;
        bool running() const noexcept;

    private:
        friend class task_group;
        explicit child(std::weak_ptr<child_state> state) noexcept : state_{std::move(state)} {}
        std::weak_ptr<child_state> state_;
    };

    /// What `join()` gives to `co_await`. Asio refuses to await a task once the caller was
    /// cancelled, so a `join()` that is a task could not keep its promise.
    class join_operation {
    public:
        using caller_frame =
            boost::asio::detail::awaitable_frame_base<boost::asio::any_io_executor>;
        using caller_thread = boost::asio::detail::awaitable_thread<boost::asio::any_io_executor>;

        /// Called by Asio when the caller has suspended.
        caller_thread* operator()(caller_frame* caller);

    private:
        friend class task_group;
        explicit join_operation(task_group& group) noexcept : group_{&group} {}
        task_group* group_;
    };

    explicit task_group(boost::asio::any_io_executor strand);
    ~task_group();
    task_group(const task_group&) = delete;
    task_group& operator=(const task_group&) = delete;

    /// Starts a child; on the strand it runs at once until its first wait. After `cancel()` the
    /// child is not run, and ends as cancelled. `ended` is called in every case, never from inside
    /// `spawn`. Without `ended` an exception that is not a cancellation is kept for `failure()`.
    child spawn(task<> work, on_end ended = {});
    /// The same with an executor of the child's own, which must run on the group's strand.
    child spawn_on(const boost::asio::any_io_executor& executor, task<> work, on_end ended = {});
    /// Asks every child, present and future, to end. Does not wait. Each call asks again those who
    /// are still there.
    void cancel();
    /// `co_await group.join();` returns when no child is left; children may spawn meanwhile, and
    /// several coroutines may join. Ignores cancellation of the caller, which its next wait will
    /// see. Never throws.
    join_operation join() noexcept { return join_operation{*this}; }
    /// The first exception of a child spawned without `on_end`, or null. Look at it after `join()`.
    std::exception_ptr failure() const noexcept { return failure_; }
    std::size_t size() const noexcept { return children_.size(); }
    bool cancelled() const noexcept { return cancelled_; }
    const boost::asio::any_io_executor& executor() const noexcept { return strand_; }

private:
    struct end_handler;
    template <class Handler>
    struct joiner;
    static task<> run(std::shared_ptr<child_state> state, task<> work);
    void on_child_end(const std::shared_ptr<child_state>& state) noexcept;

    boost::asio::any_io_executor strand_;
    std::vector<std::shared_ptr<child_state>> children_ = {};
    timer joined_; // never expires; cancelled when the last child ended
    std::exception_ptr failure_ = {};
    bool cancelled_ = false;
};

} // namespace strandcord
