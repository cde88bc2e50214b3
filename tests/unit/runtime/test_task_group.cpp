#include "support/virtual_context.hpp"

#include "runtime/contained.hpp"
#include "runtime/task_group.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace std::chrono_literals;
using namespace strandcord;
using strandcord::test::virtual_context;
namespace asio = boost::asio;

namespace {

// How children ended, in order; keeps the group's `on_end` in one place.
struct endings {
    std::vector<std::exception_ptr> list = {};

    task_group::on_end note() {
        return [this](std::exception_ptr why) { list.push_back(why); };
    }
    std::size_t count() const { return list.size(); }
    bool cancelled(std::size_t index) const {
        try {
            if (list.at(index))
                std::rethrow_exception(list.at(index));
        } catch (const boost::system::system_error& e) {
            return e.code() == cause::cancelled;
        } catch (...) {
        }
        return false;
    }
    bool clean(std::size_t index) const { return list.at(index) == nullptr; }
};

task<> never_waits(int& runs) {
    ++runs;
    co_return;
}

task<> throws_at_once() {
    throw std::runtime_error{"child failed"};
    co_return;
}

task<> sleeps(std::chrono::nanoseconds length, int& finished) {
    co_await sleep_for(length);
    ++finished;
}

// Swallows the first cancellation and takes its time to end.
task<> ends_slowly(int& finished) {
    try {
        co_await sleep_for(24h);
    } catch (const boost::system::system_error&) {
    }
    co_await asio::this_coro::reset_cancellation_state();
    co_await sleep_for(5s);
    ++finished;
}

task<> spawns_another(task_group& group, int depth, int& finished) {
    co_await sleep_for(1s);
    if (depth > 0)
        group.spawn(spawns_another(group, depth - 1, finished));
    ++finished;
}

task<> cancels_its_group(task_group& group) {
    group.cancel();
    co_await sleep_for(1s);
}

task<> cancels_without_waiting(task_group& group) {
    group.cancel();
    co_return;
}

task<> joins(task_group& group, bool& joined) {
    co_await group.join();
    joined = true;
}

task<> joins_then_waits(task_group& group, bool& joined) {
    co_await group.join();
    joined = true;
    co_await sleep_for(1h);
}

task<> holds(std::shared_ptr<int> resource) {
    co_await sleep_for(24h);
    *resource = 1;
}

struct fixture {
    virtual_context loop{};
    task_group group{asio::any_io_executor{asio::make_strand(loop.executor())}};
    endings ended{};

    void join() {
        bool joined = false;
        loop.run(joins(group, joined));
        CHECK(joined);
        CHECK(group.size() == 0);
    }
};

} // namespace

TEST_CASE("joining an empty group returns at once") {
    fixture f;
    f.join();
    CHECK(f.loop.elapsed() == 0s);
}

TEST_CASE("join waits for every child") {
    fixture f;
    int finished = 0;
    f.group.spawn(sleeps(1s, finished), f.ended.note());
    f.group.spawn(sleeps(1h, finished), f.ended.note());
    CHECK(f.group.size() == 2);
    f.join();
    CHECK(finished == 2);
    CHECK(f.loop.elapsed() == 1h);
    CHECK(f.ended.count() == 2);
    CHECK(f.ended.clean(0));
    CHECK(f.ended.clean(1));
}

TEST_CASE("cancel ends every child and their ends say so") {
    fixture f;
    int finished = 0;
    for (int i = 0; i < 5; ++i)
        f.group.spawn(sleeps(1h, finished), f.ended.note());
    f.loop.settle();
    f.group.cancel();
    CHECK(f.group.cancelled());
    f.join();
    CHECK(finished == 0);
    REQUIRE(f.ended.count() == 5);
    for (std::size_t i = 0; i < 5; ++i)
        CHECK(f.ended.cancelled(i));
    CHECK(f.loop.elapsed() == 0s);
}

TEST_CASE("a child cancelled before its first run is joined, never runs, and reports it") {
    fixture f;
    int runs = 0;
    f.group.spawn(never_waits(runs), f.ended.note());
    f.group.cancel(); // the strand has not run yet
    f.join();
    CHECK(runs == 0);
    REQUIRE(f.ended.count() == 1);
    CHECK(f.ended.cancelled(0));
}

TEST_CASE("a child spawned after cancel ends as cancelled") {
    fixture f;
    int runs = 0;
    f.group.cancel();
    f.group.spawn(never_waits(runs), f.ended.note());
    f.join();
    CHECK(runs == 0);
    REQUIRE(f.ended.count() == 1);
    CHECK(f.ended.cancelled(0));
}

TEST_CASE("a child that ended without ever waiting may be cancelled before it is joined") {
    fixture f;
    int runs = 0;
    f.group.spawn(never_waits(runs), f.ended.note());
    asio::post(f.group.executor(), [&] {
        // The child has run, and its end is on its way.
        CHECK(runs == 1);
        CHECK(f.group.size() == 1);
        f.group.cancel();
    });
    f.join();
    REQUIRE(f.ended.count() == 1);
    CHECK(f.ended.clean(0));
}

TEST_CASE("a child may cancel the group it belongs to") {
    fixture f;
    int finished = 0;
    f.group.spawn(sleeps(1h, finished), f.ended.note());
    f.group.spawn(cancels_its_group(f.group), f.ended.note());
    f.join();
    CHECK(f.ended.count() == 2);
    CHECK(finished == 0);
}

TEST_CASE("a child that never waits may cancel the group it belongs to") {
    fixture f;
    f.group.spawn(cancels_without_waiting(f.group), f.ended.note());
    f.join();
    REQUIRE(f.ended.count() == 1);
    CHECK(f.ended.clean(0));
}

TEST_CASE("what a child throws goes to its on_end") {
    fixture f;
    f.group.spawn(throws_at_once(), f.ended.note());
    f.join();
    REQUIRE(f.ended.count() == 1);
    REQUIRE(f.ended.list[0]);
    CHECK_THROWS_WITH(std::rethrow_exception(f.ended.list[0]), "child failed");
    CHECK_FALSE(f.group.failure());
}

TEST_CASE("without on_end the first failure is kept") {
    fixture f;
    int finished = 0;
    f.group.spawn(sleeps(1h, finished));
    f.group.spawn(throws_at_once());
    f.loop.settle();
    f.group.cancel();
    f.join();
    REQUIRE(f.group.failure());
    CHECK_THROWS_WITH(std::rethrow_exception(f.group.failure()), "child failed");
}

TEST_CASE("without on_end a cancellation is no failure") {
    fixture f;
    int finished = 0;
    f.group.spawn(sleeps(1h, finished));
    f.loop.settle();
    f.group.cancel();
    f.join();
    CHECK_FALSE(f.group.failure());
}

TEST_CASE("on_end is never called from inside spawn, and may spawn") {
    fixture f;
    int runs = 0;
    bool inside = false;
    asio::post(f.group.executor(), [&] {
        inside = true;
        f.group.spawn(never_waits(runs), [&](std::exception_ptr) {
            CHECK_FALSE(inside);
            f.group.spawn(sleeps(1s, runs), f.ended.note());
        });
        CHECK(runs == 1); // on the strand a child starts at once
        inside = false;
    });
    f.loop.settle();
    f.join();
    CHECK(runs == 2);
    CHECK(f.ended.count() == 1);
    CHECK(f.loop.elapsed() == 1s);
}

TEST_CASE("join also waits for children that children spawn meanwhile") {
    fixture f;
    int finished = 0;
    f.group.spawn(spawns_another(f.group, 3, finished));
    f.join();
    CHECK(finished == 4);
    CHECK(f.loop.elapsed() == 4s);
}

TEST_CASE("several coroutines may join the same group") {
    fixture f;
    int finished = 0;
    bool first = false;
    bool second = false;
    f.group.spawn(sleeps(10s, finished));
    f.loop.spawn(joins(f.group, first));
    f.loop.spawn(joins(f.group, second));
    f.loop.advance(9s);
    CHECK_FALSE(first);
    f.loop.advance(1s);
    CHECK(first);
    CHECK(second);
}

TEST_CASE("join ignores cancellation of its caller, who sees it at the next wait") {
    fixture f;
    int finished = 0;
    bool joined = false;
    f.group.spawn(sleeps(10s, finished));
    endings caller;
    task_group parents{f.loop.executor()};
    parents.spawn(joins_then_waits(f.group, joined), caller.note());
    f.loop.settle();
    parents.cancel();
    f.loop.advance(9s);
    CHECK_FALSE(joined);
    CHECK(caller.count() == 0);
    f.loop.advance(1s);
    CHECK(joined);
    CHECK(finished == 1);
    REQUIRE(caller.count() == 1);
    CHECK(caller.cancelled(0));
}

TEST_CASE("a caller that was cancelled before can still join") {
    virtual_context loop;
    task_group outer{loop.executor()};
    endings ended;
    int finished = 0;
    struct scene {
        static task<> run(int& finished) {
            const auto executor = co_await asio::this_coro::executor;
            task_group inner{executor};
            inner.spawn(ends_slowly(finished));
            try {
                co_await sleep_for(1h);
            } catch (const boost::system::system_error&) {
            }
            inner.cancel();
            co_await inner.join();
            ++finished;
        }
    };
    outer.spawn(scene::run(finished), ended.note());
    loop.settle();
    outer.cancel();
    loop.advance(4s);
    CHECK(finished == 0);
    loop.advance(1s);
    CHECK(finished == 2);
    CHECK(ended.count() == 1);
    CHECK(outer.size() == 0);
}

TEST_CASE("cancelling again reaches a child that took its time") {
    fixture f;
    int finished = 0;
    f.group.spawn(ends_slowly(finished), f.ended.note());
    f.loop.settle();
    f.group.cancel();
    f.loop.settle();
    CHECK(f.group.size() == 1);
    f.group.cancel();
    f.join();
    CHECK(finished == 0);
    CHECK(f.loop.elapsed() == 0s);
    CHECK(f.ended.cancelled(0));
}

TEST_CASE("one child is cancelled without the others") {
    fixture f;
    int finished = 0;
    auto first = f.group.spawn(sleeps(10s, finished), f.ended.note());
    f.group.spawn(sleeps(10s, finished), f.ended.note());
    f.loop.settle();
    CHECK(first.running());
    first.cancel();
    f.loop.settle();
    CHECK_FALSE(first.running());
    CHECK(f.group.size() == 1);
    f.join();
    CHECK(finished == 1);
    first.cancel(); // too late: nothing
    CHECK(f.ended.cancelled(0));
    CHECK(f.ended.clean(1));
}

TEST_CASE("a handle of a child that never was does nothing") {
    const task_group::child nobody;
    nobody.cancel();
    CHECK_FALSE(nobody.running());
}

TEST_CASE("a group destroyed by a running handler before it was joined ends the program") {
    const pid_t process = ::fork();
    REQUIRE(process >= 0);
    if (process == 0) {
        std::signal(SIGABRT, SIG_DFL);
        std::fclose(stderr);
        virtual_context loop;
        asio::post(loop.context(), [&] {
            int finished = 0;
            task_group group{loop.executor()};
            group.spawn(sleeps(1h, finished));
        });
        loop.settle();
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(process, &status, 0) == process);
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGABRT);
}

TEST_CASE("a context destroyed with children in it takes them down quietly") {
    auto resource = std::make_shared<int>(0);
    {
        virtual_context loop;
        auto group = std::make_unique<task_group>(loop.executor());
        group->spawn(holds(resource));
        loop.settle();
        CHECK(resource.use_count() == 2);
        group.reset();
    }
    CHECK(resource.use_count() == 1);
    CHECK(*resource == 0);
}

TEST_CASE("a contained root that is cancelled without ever having waited throws nothing") {
    virtual_context loop;
    asio::cancellation_signal signal;
    std::exception_ptr failure;
    int runs = 0;
    bool ended = false;
    asio::co_spawn(
        loop.executor(), contained(never_waits(runs), failure),
        asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr e) { ended = !e; }));
    asio::post(loop.context(), [&] { signal.emit(asio::cancellation_type::terminal); });
    CHECK_NOTHROW(loop.settle());
    CHECK(runs == 1);
    CHECK(ended);
    CHECK_FALSE(failure);
}

TEST_CASE("a contained root hands its exception over") {
    virtual_context loop;
    std::exception_ptr failure;
    loop.run(contained(throws_at_once(), failure));
    REQUIRE(failure);
    CHECK_THROWS_WITH(std::rethrow_exception(failure), "child failed");
}
