#include "runner_fixture.hpp"

#include "bot/listener.hpp"

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/describe.hpp>
#include <chrono>
#include <future>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace strandcord;
using namespace std::chrono_literals;
using test::runner_fixture;

namespace {

using texts = std::vector<std::string>;

struct only_content {
    std::string content;
};
BOOST_DESCRIBE_STRUCT(only_content, (), (content))

/// What a wait came to, in words.
task<> wait_for_text(dispatcher& events, std::string wanted, std::string& out,
                     std::chrono::nanoseconds limit = 30s) {
    try {
        auto answer = co_await events.wait_for<message_create, only_content>(
            [&](const auto& message) { return message->content == wanted; }, limit);
        out = answer ? "heard " + (*answer)->content : "nothing";
    } catch (const std::exception& e) {
        out = e.what();
        throw;
    }
}

template <class Event>
task<> take_all(stream<Event> from, texts& out) {
    while (auto next = co_await from.next())
        out.push_back((*next)->content);
    out.push_back("end");
}

} // namespace

TEST_CASE("wait_for gives the first event that its predicate accepts, decoded as asked") {
    runner_fixture f;
    std::string first;
    std::string second;
    f.loop.spawn(wait_for_text(f.events, "yes", first));
    f.loop.spawn(wait_for_text(f.events, "no", second));
    f.loop.settle();
    f.message("maybe");
    f.deliver("MESSAGE_UPDATE", R"({"content":"yes"})");
    CHECK(first.empty());
    f.message("yes");
    CHECK(first == "heard yes");
    CHECK(second.empty());
    CHECK(f.loop.elapsed() == 0s);
    f.message("no");
    CHECK(second == "heard no");
    CHECK_FALSE(f.events.internals().listeners->any());
}

TEST_CASE("wait_for gives nothing when its time is over, by the clock of the library") {
    runner_fixture f;
    std::string out;
    f.loop.spawn(wait_for_text(f.events, "yes", out));
    f.loop.advance(29s);
    CHECK(out.empty());
    f.loop.advance(1s);
    CHECK(out == "nothing");
    CHECK_FALSE(f.events.internals().listeners->any());
    f.message("yes");
    CHECK(out == "nothing");
}

TEST_CASE("a wait without an end in sight may be as long as numbers go") {
    runner_fixture f;
    std::string out;
    f.loop.spawn(wait_for_text(f.events, "yes", out, std::chrono::nanoseconds::max()));
    f.loop.advance(24h);
    f.message("yes");
    CHECK(out == "heard yes");
}

TEST_CASE("cancellation ends a wait as cancelled") {
    runner_fixture f;
    std::string out;
    const auto waiting = f.loop.spawn(wait_for_text(f.events, "yes", out));
    f.loop.settle();
    waiting.cancel();
    f.loop.settle();
    CHECK_FALSE(waiting.running());
    CHECK_FALSE(out.empty());
    CHECK(out != "nothing");
    CHECK_FALSE(f.events.internals().listeners->any());
    f.message("yes");
}

TEST_CASE("what a predicate throws is thrown where it waits, and the event goes on") {
    runner_fixture f;
    int handled = 0;
    std::string out;
    f.events.on<message_create>([&](auto) -> task<> {
        ++handled;
        co_return;
    });
    const auto wait = [](dispatcher& events, std::string& words) -> task<> {
        try {
            co_await events.wait_for<message_create>(
                [](const auto&) -> bool { throw std::runtime_error{"no opinion"}; }, 30s);
        } catch (const std::exception& e) {
            words = e.what();
        }
    };
    f.loop.spawn(wait(f.events, out));
    f.loop.settle();
    f.message("hi");
    CHECK(out == "no opinion");
    CHECK(handled == 1);
}

TEST_CASE("a named predicate may own what it captures") {
    runner_fixture f;
    std::string out;
    const auto wait = [](dispatcher& events, std::string& words) -> task<> {
        auto is_it = [wanted = std::string(100, 'x')](const auto& message) {
            return message->content == wanted;
        };
        auto heard = co_await events.wait_for<message_create>(is_it, 30s);
        words = heard ? (*heard)->content : "nothing";
    };
    f.loop.spawn(wait(f.events, out));
    f.loop.settle();
    f.message(std::string(100, 'x'));
    CHECK(out == std::string(100, 'x'));
}

TEST_CASE("a wait for any event hears each, and one that starves is no harm without intents") {
    runner_fixture f;
    std::string out;
    const auto wait = [](dispatcher& events, std::string& words) -> task<> {
        auto heard = co_await events.wait_for<any_event>(
            [](const auto& event) { return event.name() == "FOO_BAR"; }, 30s);
        if (heard)
            words = heard->raw();
    };
    f.loop.spawn(wait(f.events, out));
    f.loop.settle();
    f.message("hi");
    f.deliver("FOO_BAR", R"({"x":1})");
    CHECK(out == R"({"x":1})");
}

TEST_CASE("waits are fed before handlers, and data that is no object is not for typed ones") {
    runner_fixture f;
    texts order;
    f.events.on<message_create>([&](auto) -> task<> {
        order.push_back("handler");
        co_return;
    });
    auto heard = f.events.stream<message_create>();
    const auto ask = [&](const event<message_create>& message) {
        order.push_back("predicate " + message->content);
        return false;
    };
    std::optional<std::optional<event<message_create>>> result;
    const auto wait = [](dispatcher& events, auto predicate, auto& out) -> task<> {
        auto got = co_await events.wait_for<message_create>(predicate, 30s);
        out.emplace(std::move(got));
    };
    f.loop.spawn(wait(f.events, ask, result));
    f.loop.settle();
    f.deliver("MESSAGE_CREATE", "17");
    f.message("hi");
    CHECK(order == texts{"predicate hi", "handler"});
    CHECK(f.counters->value(counter::decode_errors) == 1);
    f.loop.advance(30s);
    REQUIRE(result);
    CHECK_FALSE(*result);
}

TEST_CASE("handlers that wait for an event do not fill their shard: it reads on (GW-DISP-7)") {
    runner_fixture f{{.in_flight = 1}};
    texts done;
    f.events.on<message_create>([&](auto message) -> task<> {
        if (message->content == "yes")
            co_return;
        auto answer = co_await f.events.wait_for<message_create>(
            [](const auto& later) { return later->content == "yes"; }, 30s);
        done.push_back(message->content + (answer ? " answered" : " not answered"));
    });
    f.message("one");
    CHECK_FALSE(f.runner().full());
    CHECK(f.counters->value(gauge::handlers_in_flight) == 0);
    CHECK(f.counters->value(gauge::handlers_waiting) == 1);
    f.message("two");
    CHECK_FALSE(f.runner().full());
    f.message("yes");
    CHECK(done == texts{"one answered", "two answered"});
    CHECK(f.counters->value(gauge::handlers_in_flight) == 0);
    CHECK(f.counters->value(gauge::handlers_waiting) == 0);
    CHECK(f.loop.elapsed() == 0s);
}

TEST_CASE("a wait inside a deadline does not count either, and ends with it") {
    runner_fixture f{{.in_flight = 1, .deadline = 10s}};
    f.events.on<message_create>([&](auto) -> task<> {
        co_await f.events.wait_for<message_create>([](const auto&) { return false; }, 30s);
    });
    f.message("one");
    CHECK_FALSE(f.runner().full());
    CHECK(f.counters->value(gauge::handlers_waiting) == 1);
    f.loop.advance(10s);
    CHECK(f.counters->value(gauge::handlers_waiting) == 0);
    CHECK(f.counters->value(gauge::handlers_in_flight) == 0);
    CHECK(f.counters->value(counter::handlers_cancelled) == 1);
}

TEST_CASE("a handler that waits in the order of its channel hears the next message of it") {
    runner_fixture f;
    texts seen;
    f.events.on<message_create>(
        [&](auto message) -> task<> {
            seen.push_back(message->content);
            if (message->content != "question")
                co_return;
            auto answer =
                co_await f.events.wait_for<message_create>([](const auto&) { return true; }, 30s);
            seen.push_back(answer ? "answer: " + (*answer)->content : "no answer");
        },
        {.order = order_by::channel, .queued = 1});
    f.message("question");
    f.message("42");
    CHECK(seen == texts{"question", "answer: 42", "42"});
}

TEST_CASE("a queue whose handlers all wait for events does not stop the reading, it drops") {
    runner_fixture f;
    std::string out;
    f.events.on<message_create>(
        [&](auto) -> task<> {
            auto heard =
                co_await f.events.wait_for<guild_delete>([](const auto&) { return true; }, 30s);
            out += heard ? "heard " : "nothing ";
        },
        {.order = order_by::channel, .queued = 1});
    for (const char* text : {"one", "two", "three"})
        f.message(text);
    CHECK_FALSE(f.runner().full());
    CHECK(f.counters->value(counter::events_dropped) == 1);
    f.deliver("GUILD_DELETE", R"({"id":"5"})");
    CHECK(out == "heard ");
    f.loop.advance(30s);
    CHECK(out == "heard nothing ");
}

TEST_CASE("drop_oldest spares handlers that wait for an event: that would make no room") {
    runner_fixture f{{.in_flight = 1, .when_full = overflow::drop_oldest}};
    texts ended;
    f.events.on<message_create>([&](auto message) -> task<> {
        if (message->content == "waits") {
            auto heard = co_await f.events.wait_for<message_create>(
                [](const auto& later) { return later->content == "two"; }, 30s);
            ended.push_back(heard ? "heard" : "nothing");
        } else {
            co_await sleep_for(1s);
            ended.push_back(message->content);
        }
    });
    f.message("waits");
    f.message("one");
    f.message("two");
    f.loop.advance(2s);
    CHECK(ended == texts{"heard", "two"});
}

TEST_CASE("a stream gives every event since it was made, in order, and ends when the bot stops") {
    runner_fixture f;
    texts out;
    auto messages = f.events.stream<message_create>();
    f.message("one");
    f.message("two");
    f.loop.spawn(take_all(std::move(messages), out));
    f.loop.settle();
    CHECK(out == texts{"one", "two"});
    f.message("three");
    CHECK(out.back() == "three");
    f.events.internals().listeners->close();
    f.loop.settle();
    CHECK(out == texts{"one", "two", "three", "end"});
    CHECK_FALSE(f.events.internals().listeners->any());
}

TEST_CASE("what a stream holds when the bot stops can still be taken") {
    runner_fixture f;
    texts out;
    auto messages = f.events.stream<message_create>();
    f.message("one");
    f.events.internals().listeners->close();
    f.message("too late");
    f.loop.spawn(take_all(std::move(messages), out));
    f.loop.settle();
    CHECK(out == texts{"one", "end"});
}

TEST_CASE("a stream that nobody reads keeps its bound, and counts what it lost") {
    runner_fixture f;
    texts out;
    auto messages = f.events.stream<message_create>(2);
    for (const char* text : {"one", "two", "three"})
        f.message(text);
    CHECK(messages.lost() == 1);
    f.events.internals().listeners->close();
    f.loop.spawn(take_all(std::move(messages), out));
    f.loop.settle();
    CHECK(out == texts{"two", "three", "end"});
}

TEST_CASE("cancelling next() loses nothing, and a stream has one reader") {
    runner_fixture f;
    auto messages = f.events.stream<message_create>();
    const auto next = [](auto& from, std::string& out) -> task<> {
        try {
            auto got = co_await from.next();
            out = got ? (*got)->content : "end";
        } catch (const error& e) {
            out = e.code().message();
        }
    };
    std::string first;
    std::string second;
    const auto reading = f.loop.spawn(next(messages, first));
    f.loop.settle();
    f.loop.spawn(next(messages, second));
    f.loop.settle();
    CHECK(second == error_code{errc::invalid_argument}.message());
    reading.cancel();
    f.loop.settle();
    CHECK(first == error_code{errc::cancelled}.message());
    f.message("one");
    f.loop.spawn(next(messages, first));
    f.loop.settle();
    CHECK(first == "one");
}

TEST_CASE("a wait that is begun after the bot stopped is over at once") {
    runner_fixture f;
    f.events.internals().listeners->close();
    std::string out;
    f.loop.spawn(wait_for_text(f.events, "yes", out));
    f.loop.settle();
    CHECK(out == "nothing");
}

TEST_CASE("an event that only somebody waits for is decoded for nobody else, and not counted as "
          "handled") {
    runner_fixture f;
    auto messages = f.events.stream<message_create, only_content>();
    f.message("one");
    f.deliver("TYPING_START", "{}");
    CHECK(f.counters->value(counter::events_dispatched) == 0);
    CHECK(f.runner().finished(2) == 2);
}

TEST_CASE("who waits may be on another thread than the shard") {
    runner_fixture f;
    auto messages = f.events.stream<message_create>();
    std::vector<std::string> out;
    std::thread reader{[&] {
        boost::asio::io_context elsewhere{1};
        boost::asio::co_spawn(elsewhere, take_all(std::move(messages), out),
                              [](std::exception_ptr failed) {
                                  if (failed)
                                      std::rethrow_exception(failed);
                              });
        elsewhere.run();
    }};
    for (int i = 0; i < 100; ++i)
        f.message(std::to_string(i));
    f.events.internals().listeners->close();
    reader.join();
    REQUIRE(out.size() == 101);
    CHECK(out[99] == "99");
}

TEST_CASE("a context that is destroyed takes who waits in it along") {
    dispatcher events;
    texts out;
    {
        boost::asio::io_context short_lived{1};
        boost::asio::co_spawn(short_lived, take_all(events.stream<message_create>(), out),
                              [](std::exception_ptr) {});
        short_lived.poll();
        CHECK(events.internals().listeners->any());
    }
    CHECK_FALSE(events.internals().listeners->any());
    CHECK(out.empty());
}

TEST_CASE("a predicate may stop the bot, and what it accepted is heard") {
    runner_fixture f;
    std::string out;
    const auto wait = [](dispatcher& events, std::string& words) -> task<> {
        auto heard = co_await events.wait_for<message_create>(
            [&](const auto&) {
                events.internals().listeners->close();
                return true;
            },
            30s);
        words = heard ? (*heard)->content : "nothing";
    };
    f.loop.spawn(wait(f.events, out));
    f.loop.settle();
    f.message("stop");
    CHECK(out == "stop");
}

TEST_CASE("a predicate that waits for somebody who stops the bot holds up nobody") {
    runner_fixture f;
    std::string out;
    std::promise<void> asked;
    std::promise<void> stopped;
    std::thread other{[&] {
        asked.get_future().wait();
        f.events.internals().listeners->close();
        stopped.set_value();
    }};
    const auto wait = [&](std::string& words) -> task<> {
        auto heard = co_await f.events.wait_for<message_create>(
            [&](const auto&) {
                asked.set_value();
                stopped.get_future().wait();
                return false;
            },
            30s);
        words = heard ? "heard" : "nothing";
    };
    f.loop.spawn(wait(out));
    f.loop.settle();
    f.message("hi");
    other.join();
    CHECK(out == "nothing");
}

namespace {

/// An event that a shard would offer, from any thread.
delivery some_event(runner_fixture& f) {
    auto state = std::make_shared<detail::delivery_state>(
        rest_client{f.loop.executor(), rest_config{.token = "a.b.c"}});
    state->frame = std::make_shared<std::string>("FOO_BAR");
    state->name = *state->frame;
    return delivery{std::move(state), nullptr};
}

} // namespace

TEST_CASE("a predicate is never called twice at a time, whichever shards have something for it") {
    runner_fixture f;
    std::atomic<int> inside{0};
    std::atomic<bool> alone{true};
    std::atomic<int> asked{0};
    const auto wait = [&]() -> task<> {
        co_await f.events.wait_for<any_event>(
            [&](const auto&) {
                alone = alone && ++inside == 1;
                ++asked;
                std::this_thread::yield();
                --inside;
                return false;
            },
            30s);
    };
    f.loop.spawn(wait());
    f.loop.settle();
    std::vector<std::thread> shards;
    for (int i = 0; i < 4; ++i)
        shards.emplace_back([&, event = some_event(f)] {
            for (int round = 0; round < 500; ++round)
                for (const auto& one : f.events.internals().listeners->of("FOO_BAR"))
                    one->offer(event);
        });
    for (auto& shard : shards)
        shard.join();
    CHECK(alone);
    CHECK(asked == 2000);
    f.loop.advance(30s);
}

TEST_CASE("who waits goes on when the predicate has ended, and it is not called any more") {
    runner_fixture f;
    std::atomic<bool> inside{false};
    std::atomic<bool> going{false};
    std::atomic<bool> ended{false};
    bool ended_first = false;
    const auto wait = [&]() -> task<> {
        co_await f.events.wait_for<any_event>(
            [&](const auto&) {
                inside = true;
                while (!going)
                    std::this_thread::yield();
                for (int i = 0; i < 1000; ++i)
                    std::this_thread::yield();
                ended = true;
                return true;
            },
            30s);
        ended_first = ended;
    };
    f.loop.spawn(wait());
    f.loop.settle();
    const auto who = f.events.internals().listeners->of("FOO_BAR").front();
    std::thread shard{[&, event = some_event(f)] { who->offer(event); }};
    while (!inside)
        std::this_thread::yield();
    going = true;
    f.loop.advance(30s);
    CHECK(ended_first);
    shard.join();
    inside = false;
    who->offer(some_event(f));
    CHECK_FALSE(inside);
}
