#include "runtime/virtual_loop.hpp"

#include <memory>
#include <sched.h>
#include <stdexcept>

namespace strandcord {
namespace {

constexpr std::size_t too_many_handlers = 50'000'000;
constexpr std::size_t too_many_polls = 1'000'000;

} // namespace

virtual_loop::virtual_loop()
    : time_{}
    , start_{time_.now()}
    , context_{1}
    , anchor_{context_.get_executor(), time_point::max()}
    , spawned_{context_.get_executor()} {
    anchor_.async_wait([](error_code) {});
}

virtual_loop::~virtual_loop() {
    try {
        spawned_.cancel();
        advance_until([this] { return spawned_.size() == 0; }, std::chrono::hours{1});
    } catch (...) {
        // What is left goes down with the context.
    }
}

void virtual_loop::settle() {
    if (settling_)
        return;
    settling_ = true;
    struct leave {
        bool& flag;
        ~leave() { flag = false; }
    } leaving{settling_};

    std::size_t handlers = 0;
    std::size_t polls = 0;
    // Asio's reactor looks at the timers when the kernel says that they are due, and the kernel
    // may say so a moment late. A poll that finds nothing counts only when the timers were looked
    // at, which shows in the wait that they asked for. `anchor_` sees to it that they always ask.
    for (;;) {
        time_.forget_waits();
        if (context_.stopped())
            context_.restart();
        if (context_.poll_one() != 0) {
            polls = 0;
            if (++handlers == too_many_handlers)
                throw std::runtime_error{"the loop does not settle: handlers start one another"};
        } else if (time_.earliest()) {
            return;
        } else if (++polls == too_many_polls) {
            throw std::runtime_error{"the loop does not see its timers: virtual time needs Asio's "
                                     "epoll reactor with timerfd"};
        } else {
            ::sched_yield();
        }
    }
}

std::optional<virtual_loop::time_point> virtual_loop::next_expiry() {
    settle();
    const auto earliest = time_.earliest();
    if (!earliest || *earliest == time_point::max())
        return std::nullopt;
    return earliest;
}

bool virtual_loop::step(time_point last) {
    const auto next = next_expiry();
    if (!next || *next > last)
        return false;
    time_.advance(*next - time_.now());
    settle();
    return true;
}

void virtual_loop::advance(duration span) {
    const time_point target = time_.now() + span;
    while (step(target)) {
    }
    time_.advance(target - time_.now());
    settle();
}

bool virtual_loop::advance_until(const std::function<bool()>& done, duration limit) {
    const time_point last = time_.now() + limit;
    settle();
    while (!done()) {
        const auto next = next_expiry();
        if (!next)
            return false;
        if (*next > last) {
            time_.advance(last - time_.now());
            return false;
        }
        step(last);
    }
    return true;
}

task_group::child virtual_loop::spawn(task<> work) {
    return spawned_.spawn(std::move(work));
}

void virtual_loop::run_to_end(task<> work, duration limit) {
    struct outcome {
        bool ended = false;
        std::exception_ptr failure = {};
    };
    // Shared: a coroutine that refuses to end outlives this call.
    const auto result = std::make_shared<outcome>();
    const auto child = spawned_.spawn(std::move(work), [result](std::exception_ptr why) {
        result->failure = std::move(why);
        result->ended = true;
    });
    const auto done = [result] { return result->ended; };
    if (!advance_until(done, limit)) {
        const bool stuck = !next_expiry();
        child.cancel();
        if (!advance_until(done, std::chrono::hours{1}))
            throw std::logic_error{"a coroutine does not end when it is cancelled"};
        throw error{errc::timed_out,
                    stuck ? "The coroutine waits for something that no timer will bring."
                          : "The coroutine is still running after its time."};
    }
    if (result->failure)
        std::rethrow_exception(result->failure);
}

} // namespace strandcord
