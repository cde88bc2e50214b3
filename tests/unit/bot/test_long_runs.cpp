#include "runner_fixture.hpp"

#include <boost/asio/this_coro.hpp>
#include <chrono>
#include <string>
#include <vector>

using namespace strandcord;
using namespace std::chrono_literals;
using test::runner_fixture;

namespace {

std::vector<test::captured_record> told(const runner_fixture& f) {
    auto all = f.logs.at_least(level::warning);
    std::erase_if(all, [](const auto& one) { return !one.has("running_ms"); });
    return all;
}

} // namespace

TEST_CASE("a handler that never ends is named once, with its event, its place and how long") {
    runner_fixture f{{.warn_after = 5min}};
    f.events.on<message_create>([](auto) -> task<> { co_await sleep_for(24h); },
                                {.name = "sleeper"});
    f.message("one");
    f.loop.advance(299s);
    CHECK(told(f).empty());
    f.loop.advance(1s);
    REQUIRE(told(f).size() == 1);
    const auto record = told(f).front();
    CHECK(record.severity == level::warning);
    CHECK(record.shard == 2);
    CHECK(record.string("event") == "MESSAGE_CREATE");
    CHECK(record.string("handler") == "sleeper");
    CHECK_THAT(record.string("place"), Catch::StartsWith("test_long_runs.cpp:"));
    CHECK(record.number("running_ms") == 300'000);
    f.loop.advance(1h);
    CHECK(told(f).size() == 1);
}

TEST_CASE("the state of a handler has the age of its oldest run, on whatever shard") {
    runner_fixture f;
    handler_runner other{
        f.loop.executor(), shard_id{3, 4},
        runner_services{&f.events.internals(),
                        rest_client{f.loop.executor(), rest_config{.token = "a.b.c"}}, f.logs.log(),
                        f.counters}};
    f.events.on<message_create>(
        [](auto message) -> task<> { co_await sleep_for(message->content == "short" ? 1s : 10s); });
    const auto oldest = [&] { return f.events.handlers().front().oldest_ms; };
    CHECK(oldest() == 0);
    f.message("short");
    f.loop.advance(500ms);
    f.message("long");
    CHECK(oldest() == 500);
    f.loop.advance(500ms);
    CHECK(oldest() == 500); // the first has ended
    f.loop.advance(9s);
    CHECK(oldest() == 9500);
    CHECK(f.events.handlers().front().running == 1);
    f.loop.advance(1s);
    CHECK(oldest() == 0);
    f.loop.run(other.drain({}));
}

TEST_CASE("a handler that waits for an event is not told of, what it does afterwards is") {
    runner_fixture f{{.warn_after = 1min}};
    f.events.on<message_create>([&](auto message) -> task<> {
        if (message->content != "question")
            co_return;
        co_await f.events.wait_for<message_create>([](const auto&) { return true; }, 24h);
        co_await sleep_for(24h);
    });
    f.message("question");
    f.loop.advance(1h);
    CHECK(told(f).empty());
    f.message("answer");
    f.loop.advance(59s);
    CHECK(told(f).empty());
    f.loop.advance(1s);
    REQUIRE(told(f).size() == 1);
    CHECK(told(f).front().number("running_ms") == 3'660'000);
}

TEST_CASE("a deadline is waited for first, and who ignores it is told of; the next in turn is not "
          "overlooked for one with a longer deadline") {
    runner_fixture f{{.warn_after = 1min}};
    f.events.on<message_delete>([](auto) -> task<> { co_await sleep_for(24h); },
                                {.name = "patient", .deadline = 2h});
    f.events.on<message_create>(
        [](auto) -> task<> {
            co_await boost::asio::this_coro::reset_cancellation_state(
                boost::asio::disable_cancellation());
            co_await sleep_for(24h);
        },
        {.name = "deaf", .deadline = 1min});
    f.deliver("MESSAGE_DELETE", R"({"id":"1","channel_id":"2"})");
    f.message("one");
    f.loop.advance(119s);
    CHECK(told(f).empty());
    f.loop.advance(1s);
    REQUIRE(told(f).size() == 1);
    CHECK(told(f).front().string("handler") == "deaf");
    f.loop.advance(24h);
    CHECK(told(f).size() == 1); // the other one ended at its deadline
}

TEST_CASE("each call of a handler that is called again has its time") {
    runner_fixture f{{.warn_after = 1min}};
    f.events.on<message_create>(
        [](auto) -> task<> {
            co_await sleep_for(50s);
            throw std::runtime_error{"again"};
        },
        {.retries = 3, .retry_after = 50s});
    f.message("one");
    f.loop.advance(10min);
    CHECK(told(f).empty());
    CHECK(f.counters->value(counter::handler_retries) == 3);
}

TEST_CASE("many long runs of one handler are told of ever more rarely, and not at all when that "
          "is off") {
    const auto lines = [](std::chrono::milliseconds warn_after) {
        runner_fixture f{{.warn_after = warn_after}};
        f.events.on<message_create>([](auto) -> task<> { co_await sleep_for(24h); });
        for (int i = 0; i < 100; ++i) {
            f.message("one more");
            f.loop.advance(1s);
        }
        f.loop.advance(5min);
        return told(f).size();
    };
    CHECK(lines(1min) == 7); // 1, 2, 4, ... 64
    CHECK(lines(0ms) == 0);
}
