#include "support/virtual_context.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stdexcept>
#include <vector>

using namespace std::chrono_literals;
using namespace strandcord;
using strandcord::test::virtual_context;

namespace {

task<> note_after(std::chrono::nanoseconds length, int what, std::vector<int>& out) {
    co_await sleep_for(length);
    out.push_back(what);
}

task<> beat(std::chrono::nanoseconds interval, int& beats) {
    for (;;) {
        co_await sleep_for(interval);
        ++beats;
    }
}

task<int> answer() {
    co_await sleep_for(10s);
    co_return 42;
}

task<> wait_for_nothing() {
    const auto executor = co_await boost::asio::this_coro::executor;
    timer never{executor, runtime_clock::time_point::max()};
    co_await never.async_wait(boost::asio::use_awaitable);
}

task<> fail() {
    co_await sleep_for(1s);
    throw std::runtime_error{"as asked"};
}

} // namespace

TEST_CASE("the clock is steady time until a manual_time owns it") {
    CHECK_FALSE(runtime_clock::is_manual());
    const auto before = runtime_clock::now();
    CHECK(runtime_clock::now() >= before);
    {
        manual_time time;
        CHECK(runtime_clock::is_manual());
        const auto start = runtime_clock::now();
        CHECK(runtime_clock::now() == start);
        time.advance(5s);
        CHECK(runtime_clock::now() - start == 5s);
        CHECK(manual_time::installed() == &time);
    }
    CHECK_FALSE(runtime_clock::is_manual());
    CHECK(manual_time::installed() == nullptr);
}

TEST_CASE("virtual time starts at the same moment in every run") {
    runtime_clock::time_point first;
    {
        virtual_context loop;
        first = loop.now();
        loop.advance(3h);
    }
    virtual_context loop;
    CHECK(loop.now() == first);
}

TEST_CASE("virtual time stands still while the loop settles") {
    virtual_context loop;
    int runs = 0;
    boost::asio::post(loop.context(), [&] {
        ++runs;
        boost::asio::post(loop.context(), [&] { ++runs; });
    });
    loop.settle();
    CHECK(runs == 2);
    CHECK(loop.elapsed() == 0s);
}

TEST_CASE("advance stops at each expiry, in order, and ends at its exact moment") {
    virtual_context loop;
    std::vector<int> order;
    loop.spawn(note_after(30s, 3, order));
    loop.spawn(note_after(10s, 1, order));
    loop.spawn(note_after(20s + 1ns, 2, order));

    loop.advance(20s);
    CHECK(order == std::vector{1});
    CHECK(loop.elapsed() == 20s);
    loop.advance(1ns);
    CHECK(order == std::vector{1, 2});
    loop.advance(1h);
    CHECK(order == std::vector{1, 2, 3});
    CHECK(loop.elapsed() == 1h + 20s + 1ns);
}

TEST_CASE("step jumps exactly to the next expiry") {
    virtual_context loop;
    std::vector<int> order;
    loop.spawn(note_after(41250ms, 1, order));
    CHECK(loop.next_expiry() == loop.now() + 41250ms);
    CHECK(loop.step());
    CHECK(loop.elapsed() == 41250ms);
    CHECK(order == std::vector{1});
    CHECK_FALSE(loop.step());
    CHECK_FALSE(loop.next_expiry());
}

TEST_CASE("a cancelled timer is no longer an expiry to jump to") {
    virtual_context loop;
    timer early{loop.executor(), 1s};
    timer late{loop.executor(), 1min};
    early.async_wait([](error_code) {});
    late.async_wait([](error_code) {});
    CHECK(loop.next_expiry() == loop.now() + 1s);
    early.cancel();
    CHECK(loop.next_expiry() == loop.now() + 1min);
}

TEST_CASE("a timer that never expires is nothing to wait for") {
    virtual_context loop;
    timer never{loop.executor(), runtime_clock::time_point::max()};
    bool cancelled = false;
    never.async_wait([&](error_code ec) { cancelled = ec == cause::cancelled; });
    CHECK_FALSE(loop.next_expiry());
    loop.advance(24h * 365);
    CHECK_FALSE(cancelled);
    never.cancel();
    loop.settle();
    CHECK(cancelled);
}

TEST_CASE("a virtual day of heartbeats is a few thousand steps") {
    virtual_context loop;
    int beats = 0;
    loop.spawn(beat(41250ms, beats));
    loop.advance(24h);
    CHECK(beats == 24 * 3600 * 1000 / 41250);
}

TEST_CASE("run gives the result of a coroutine and takes the time it needs") {
    virtual_context loop;
    CHECK(loop.run(answer()) == 42);
    CHECK(loop.elapsed() == 10s);
}

TEST_CASE("run throws what the coroutine threw") {
    virtual_context loop;
    CHECK_THROWS_WITH(loop.run(fail()), "as asked");
}

TEST_CASE("run reports a coroutine that waits for something no timer will bring") {
    virtual_context loop;
    CHECK_THROWS_WITH(loop.run(wait_for_nothing()), Catch::Contains("no timer will bring"));
    CHECK(loop.failure_of(wait_for_nothing()) == errc::timed_out);
}

TEST_CASE("run reports a coroutine that needs more than its limit") {
    virtual_context loop;
    CHECK_THROWS_WITH(loop.run(sleep_for(2h), 1h), Catch::Contains("still running"));
    CHECK(loop.elapsed() == 1h);
}

TEST_CASE("what spawned coroutines throw is kept, and the loop ends those that are left") {
    int beats = 0;
    virtual_context loop;
    loop.spawn(beat(1s, beats));
    loop.spawn(fail());
    loop.advance(2s);
    CHECK(beats == 2);
    REQUIRE(loop.failure_of_spawned());
    CHECK_THROWS_WITH(std::rethrow_exception(loop.failure_of_spawned()), "as asked");
}

TEST_CASE("settling from inside a handler does nothing") {
    virtual_context loop;
    int depth = 0;
    boost::asio::post(loop.context(), [&] {
        boost::asio::post(loop.context(), [&] { ++depth; });
        loop.settle();
        CHECK(depth == 0);
    });
    loop.settle();
    CHECK(depth == 1);
}
