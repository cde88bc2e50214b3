#include "support/virtual_context.hpp"

#include "runtime/task_group.hpp"

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using namespace strandcord;
using strandcord::test::virtual_context;
namespace asio = boost::asio;

namespace {

task<std::string> slow_word(std::chrono::nanoseconds length) {
    co_await sleep_for(length);
    co_return "word";
}

task<> fails_after(std::chrono::nanoseconds length) {
    co_await sleep_for(length);
    throw std::runtime_error{"work failed"};
}

task<> note_end(std::chrono::nanoseconds length, bool& ended, bool& unwound) {
    struct leaving {
        bool& flag;
        ~leaving() { flag = true; }
    } on_exit{unwound};
    co_await sleep_for(length);
    ended = true;
}

// Does not end until 5 s after it was cancelled, and then ends well.
task<> stubborn() {
    try {
        co_await sleep_for(24h);
    } catch (const boost::system::system_error&) {
    }
    co_await asio::this_coro::reset_cancellation_state();
    co_await sleep_for(5s);
}

task<> ends_at_once(int& runs) {
    ++runs;
    co_return;
}

task<> with_limit(task<> work, std::chrono::nanoseconds limit, error_code& outcome) {
    try {
        co_await with_timeout(std::move(work), limit);
    } catch (const boost::system::system_error& e) {
        outcome = e.code();
        throw;
    }
}

task<int> fails_with(error_code code) {
    co_await sleep_for(1s);
    throw boost::system::system_error{code};
}

task<> fails_with_words() {
    co_await sleep_for(1s);
    throw error{errc::session_lost, "The session is lost."};
}

// Deadlines that pass at once, beside work that is about to end: every order of the two.
task<> hurries(std::atomic<int>& ended, std::atomic<int>& timed_out) {
    for (int i = 0; i < 20; ++i) {
        const std::chrono::microseconds limit{i % 2 == 0 ? 0 : 50};
        auto outcome = co_await attempt(with_timeout(sleep_for(20us), limit));
        ++(outcome ? ended : timed_out);
    }
}

// On a strand and off it the same must happen: both ways through finishes_within.
template <class T>
T run_on_strand(virtual_context& loop, task<T> work) {
    struct scene {
        static task<> start(task_group& group, task<> work, std::exception_ptr& failure) {
            group.spawn(std::move(work), [&](std::exception_ptr why) { failure = why; });
            co_await group.join();
        }
    };
    task_group group{asio::any_io_executor{asio::make_strand(loop.executor())}};
    std::exception_ptr failure;
    if constexpr (std::is_void_v<T>) {
        loop.run(scene::start(group, std::move(work), failure));
        if (failure)
            std::rethrow_exception(failure);
    } else {
        std::optional<T> out;
        loop.run(scene::start(group, detail::keep_result(std::move(work), out), failure));
        if (failure)
            std::rethrow_exception(failure);
        return std::move(*out);
    }
}

template <class T>
T run_either(bool strand, virtual_context& loop, task<T> work) {
    return strand ? run_on_strand(loop, std::move(work)) : loop.run(std::move(work));
}

} // namespace

TEST_CASE("sleep_for waits on the library's clock") {
    virtual_context loop;
    loop.run(sleep_for(90min));
    CHECK(loop.elapsed() == 90min);
    loop.run(sleep_for(0s));
    loop.run(sleep_for(-1s));
    CHECK(loop.elapsed() == 90min);
}

TEST_CASE("sleep_for ends early when cancelled") {
    virtual_context loop;
    task_group group{loop.executor()};
    error_code seen;
    group.spawn(sleep_for(1h), [&](std::exception_ptr why) {
        try {
            std::rethrow_exception(why);
        } catch (const boost::system::system_error& e) {
            seen = e.code();
        }
    });
    loop.settle();
    group.cancel();
    loop.settle();
    CHECK(seen == cause::cancelled);
    CHECK(group.size() == 0);
}

TEST_CASE("with_timeout gives the result of work that ends in time") {
    const bool strand = GENERATE(false, true);
    virtual_context loop;
    CHECK(run_either(strand, loop, with_timeout(slow_word(1s), 2s)) == "word");
    CHECK(loop.elapsed() == 1s);
    CHECK_FALSE(loop.next_expiry()); // no timer is left behind
}

TEST_CASE("with_timeout lets work that never waits end, whatever the limit") {
    const bool strand = GENERATE(false, true);
    virtual_context loop;
    int runs = 0;
    run_either(strand, loop, with_timeout(ends_at_once(runs), 0s));
    run_either(strand, loop, with_timeout(ends_at_once(runs), std::chrono::nanoseconds::max()));
    CHECK(runs == 2);
    CHECK(loop.elapsed() == 0s);
}

TEST_CASE("with_timeout cancels and joins work that takes too long") {
    const bool strand = GENERATE(false, true);
    virtual_context loop;
    bool ended = false;
    bool unwound = false;
    CHECK_THROWS_WITH(run_either(strand, loop, with_timeout(note_end(1h, ended, unwound), 1500ms)),
                      "It did not end within 1500 ms.");
    CHECK(loop.elapsed() == 1500ms);
    CHECK_FALSE(ended);
    CHECK(unwound);
}

TEST_CASE("a passed deadline is errc::timed_out") {
    const bool strand = GENERATE(false, true);
    virtual_context loop;
    try {
        run_either(strand, loop, with_timeout(sleep_for(1h), 20s));
        FAIL("it did not throw");
    } catch (const error& e) {
        CHECK(e.code() == errc::timed_out);
        CHECK(e.code() == cause::timed_out);
        CHECK(std::string{e.what()} == "It did not end within 20 s.");
    }
}

TEST_CASE("work that ends in the moment of its limit has ended in time") {
    const bool strand = GENERATE(false, true);
    virtual_context loop;
    CHECK(run_either(strand, loop, with_timeout(slow_word(5s), 5s)) == "word");
}

TEST_CASE("with_timeout waits for work that takes its time to be cancelled") {
    const bool strand = GENERATE(false, true);
    virtual_context loop;
    run_either(strand, loop, with_timeout(stubborn(), 10s)); // it ended well after all
    CHECK(loop.elapsed() == 15s);
}

TEST_CASE("with_timeout passes on what the work throws") {
    const bool strand = GENERATE(false, true);
    virtual_context loop;
    CHECK_THROWS_WITH(run_either(strand, loop, with_timeout(fails_after(1s), 2s)), "work failed");
    CHECK(loop.elapsed() == 1s);
}

TEST_CASE("cancelling the caller of with_timeout cancels and joins the work") {
    const bool strand = GENERATE(false, true);
    virtual_context loop;
    asio::any_io_executor executor = loop.executor();
    if (strand)
        executor = asio::make_strand(loop.executor());
    task_group group{executor};
    bool ended = false;
    bool unwound = false;
    error_code outcome;
    group.spawn(with_limit(note_end(1h, ended, unwound), 2h, outcome), [](std::exception_ptr) {});
    loop.advance(1s);
    CHECK_FALSE(unwound);
    group.cancel();
    loop.settle();
    CHECK(unwound);
    CHECK_FALSE(ended);
    CHECK(outcome == cause::cancelled);
    CHECK(group.size() == 0);
    CHECK_FALSE(loop.next_expiry());
}

TEST_CASE("deadlines nest: the inner one passes first") {
    virtual_context loop;
    CHECK_THROWS_WITH(loop.run(with_timeout(with_timeout(slow_word(1h), 1s), 1min)),
                      "It did not end within 1 s.");
    CHECK_THROWS_WITH(loop.run(with_timeout(with_timeout(slow_word(1h), 1min), 2s)),
                      "It did not end within 2 s.");
    CHECK(loop.elapsed() == 3s);
}

TEST_CASE("with_timeout may be awaited off any strand while several threads run the context") {
    asio::io_context context;
    std::atomic<int> ended{0};
    std::atomic<int> timed_out{0};
    for (int i = 0; i < 32; ++i)
        asio::co_spawn(context, hurries(ended, timed_out), [](std::exception_ptr why) {
            if (why)
                std::rethrow_exception(why);
        });
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] { context.run(); });
    for (auto& one : threads)
        one.join();
    CHECK(ended + timed_out == 32 * 20);
}

TEST_CASE("attempt gives the value, or the error instead of throwing it") {
    virtual_context loop;
    auto word = loop.run(attempt(slow_word(1s)));
    REQUIRE(word);
    CHECK(*word == "word");

    auto nothing = loop.run(attempt(fails_with(errc::connection_closed)));
    REQUIRE_FALSE(nothing);
    CHECK(nothing.error().code() == errc::connection_closed);

    auto lost = loop.run(attempt(fails_with_words()));
    REQUIRE_FALSE(lost);
    CHECK(lost.error().details().message == "The session is lost.");

    CHECK(loop.run(attempt(sleep_for(1s))));
}

TEST_CASE("attempt says cancelled in the library's words for what Asio calls aborted") {
    virtual_context loop;
    auto aborted = loop.run(attempt(fails_with(asio::error::operation_aborted)));
    REQUIRE_FALSE(aborted);
    CHECK(aborted.error().code() == errc::cancelled);
}

TEST_CASE("attempt lets exceptions through that are not system errors") {
    virtual_context loop;
    CHECK_THROWS_WITH(loop.run(attempt(fails_after(1s))), "work failed");
}
