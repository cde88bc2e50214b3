#include "runtime/task_group.hpp"

#include "core/failure.hpp"
#include "runtime/contained.hpp"
#include "runtime/watched_executor.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <cstdio>

namespace asio = boost::asio;

namespace strandcord {

struct task_group::child_state {
    task_group* group = nullptr; // null once the child ended, or the group is gone
    on_end ended = {};
    asio::cancellation_signal signal = {};
    std::exception_ptr failure = {};
    std::size_t index = 0;
    bool started = false;
    bool cancel_requested = false;

    // A signal that reaches a root before its first run would make Asio throw out of
    // io_context::run and lose the child; until then the wish is only written down.
    void cancel() {
        cancel_requested = true;
        if (started)
            signal.emit(asio::cancellation_type::terminal);
    }
};

struct task_group::end_handler {
    using cancellation_slot_type = asio::cancellation_slot;
    std::shared_ptr<child_state> state;

    cancellation_slot_type get_cancellation_slot() const noexcept { return state->signal.slot(); }
    void operator()(std::exception_ptr failure) const {
        if (failure && !state->failure)
            state->failure = failure;
        if (state->group != nullptr)
            state->group->on_child_end(state);
    }
};

// Waits without a cancellation slot, and resumes the caller in its own executor.
template <class Handler>
struct task_group::joiner {
    using executor_type = asio::any_io_executor;
    task_group* group;
    Handler caller;

    executor_type get_executor() const noexcept { return caller.get_executor(); }
    void operator()(error_code) {
        if (group->children_.empty())
            caller();
        else
            group->joined_.async_wait(std::move(*this));
    }
};

namespace {

bool runs_here(const asio::any_io_executor& given) noexcept {
    const asio::any_io_executor& executor = unwatched(given);
    if (const auto* strand = executor.target<asio::strand<asio::any_io_executor>>())
        return strand->running_in_this_thread();
    if (const auto* strand = executor.target<asio::strand<asio::io_context::executor_type>>())
        return strand->running_in_this_thread();
    if (const auto* context = executor.target<asio::io_context::executor_type>())
        return context->running_in_this_thread();
    return false;
}

} // namespace

task_group::task_group(asio::any_io_executor strand)
    : strand_{std::move(strand)}, joined_{strand_, runtime_clock::time_point::max()} {}

task_group::~task_group() {
    if (children_.empty())
        return;
    // A context that is destroyed takes parents and children down in any order: no fault, and no
    // child will run again. Anything else is a child without a parent.
    if (runs_here(strand_)) {
        std::fputs("strandcord: a task_group was destroyed before it was joined\n", stderr);
        std::terminate();
    }
    for (const auto& state : children_)
        state->group = nullptr;
}

task<> task_group::run(std::shared_ptr<child_state> state, task<> work) {
    state->started = true;
    if (state->cancel_requested)
        state->signal.emit(asio::cancellation_type::terminal);
    try {
        co_await std::move(work);
    } catch (...) {
        state->failure = std::current_exception();
    }
    // The same cure as in contained(), which a cancelled caller could not await.
    co_await asio::this_coro::throw_if_cancelled(false);
}

task_group::child task_group::spawn(task<> work, on_end ended) {
    return spawn_on(strand_, std::move(work), std::move(ended));
}

task_group::child task_group::spawn_on(const asio::any_io_executor& executor, task<> work,
                                       on_end ended) {
    auto state = std::make_shared<child_state>();
    state->group = this;
    state->ended = std::move(ended);
    state->index = children_.size();
    state->cancel_requested = cancelled_;
    children_.push_back(state);
    asio::co_spawn(executor, run(state, std::move(work)), end_handler{state});
    return child{state};
}

void task_group::cancel() {
    cancelled_ = true;
    // A child may end, or spawn, while its signal is emitted.
    const auto now = children_;
    for (const auto& state : now)
        state->cancel();
}

void task_group::on_child_end(const std::shared_ptr<child_state>& state) noexcept {
    state->group = nullptr;
    children_[state->index] = std::move(children_.back());
    children_[state->index]->index = state->index;
    children_.pop_back();
    const on_end ended = std::move(state->ended);
    if (ended)
        ended(state->failure);
    else if (state->failure && !failure_ && !is_cancellation(state->failure))
        failure_ = state->failure;
    if (children_.empty())
        joined_.cancel();
}

void task_group::child::cancel() const {
    if (const auto state = state_.lock(); state && state->group != nullptr)
        state->cancel();
}

bool task_group::child::running() const noexcept {
    const auto state = state_.lock();
    return state && state->group != nullptr;
}

auto task_group::join_operation::operator()(caller_frame* caller) -> caller_thread* {
    if (group_->children_.empty())
        return nullptr; // nothing was taken from the caller, so Asio goes on with it at once
    using resume = asio::detail::awaitable_async_op_handler<void(), asio::any_io_executor>;
    static resume::result_type none;
    group_->joined_.async_wait(joiner<resume>{group_, resume{caller->detach_thread(), none}});
    return nullptr;
}

} // namespace strandcord
