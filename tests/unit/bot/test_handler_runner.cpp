#include "runner_fixture.hpp"

#include "core/clock.hpp"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>
#include <chrono>
#include <stdexcept>
#include <vector>

using namespace strandcord;
using namespace std::chrono_literals;
using test::runner_fixture;

TEST_CASE("a handler that throws hurts neither the others nor later events (GW-DISP-6)") {
    runner_fixture f;
    int good = 0;
    f.events.on<message_create>([](auto) -> task<> {
        throw std::runtime_error{"no luck"};
        co_return;
    });
    f.events.on<message_create>([&](auto) -> task<> {
        ++good;
        co_return;
    });
    f.message("one");
    f.message("two");
    CHECK(good == 2);
    CHECK(f.counters->value(counter::handler_errors) == 2);
    const auto errors = f.logs.at_least(level::error);
    REQUIRE(errors.size() == 2);
    CHECK(errors[0].string("error") == "no luck");
    CHECK(errors[0].string("event") == "MESSAGE_CREATE");
    CHECK(errors[0].string("handler").find("test_handler_runner.cpp:") == 0);
    CHECK(errors[0].shard == 2);
}

TEST_CASE("all failures of one event come as one aggregate, when its last handler has ended") {
    runner_fixture f;
    std::vector<event_failures> reports;
    f.events.on_error([&](const event_failures& all) { reports.push_back(all); });
    f.events.on<message_create>([](auto) -> task<> {
        throw std::runtime_error{"first"};
        co_return;
    });
    f.events.on<message_create>([](auto) -> task<> {
        co_await sleep_for(1s);
        throw error{errc::timed_out, "second"};
    });
    f.events.on<message_create>([](auto) -> task<> {
        co_await sleep_for(2s);
        throw 3;
    });
    f.message("hi");
    f.loop.advance(1500ms);
    CHECK(reports.empty());
    f.loop.advance(1s);
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].event == "MESSAGE_CREATE");
    CHECK(reports[0].shard == shard_id{2, 4});
    CHECK(reports[0].sequence == 1);
    REQUIRE(reports[0].failures.size() == 3);
    CHECK(reports[0].failures[0].what == "first");
    CHECK(reports[0].failures[1].what.find("second") != std::string::npos);
    CHECK_THROWS_AS(std::rethrow_exception(reports[0].failures[2].exception), int);
}

TEST_CASE("an on_error that throws is logged and forgotten") {
    runner_fixture f;
    f.events.on_error([](const event_failures&) { throw std::runtime_error{"worse"}; });
    f.events.on<message_create>([](auto) -> task<> {
        throw std::runtime_error{"bad"};
        co_return;
    });
    f.message("hi");
    CHECK(f.logs.contains("worse"));
}

TEST_CASE("at the bound reading pauses, and goes on when a handler ends (GW-DISP-7)") {
    runner_fixture f{{.in_flight = 2}};
    f.events.on<message_create>([](auto) -> task<> { co_await sleep_for(10s); });
    f.message("one");
    CHECK_FALSE(f.runner().full());
    f.loop.advance(1s);
    f.message("two");
    CHECK(f.runner().full());
    CHECK(f.counters->value(gauge::handlers_in_flight) == 2);

    f.loop.run(f.runner().room());
    CHECK(f.loop.elapsed() == 10s);
    CHECK(f.counters->value(counter::events_dropped) == 0);
    f.loop.advance(1s);
    CHECK(f.counters->value(gauge::handlers_in_flight) == 0);
}

TEST_CASE("drop_newest loses the event just received, and counts it (GW-DISP-7)") {
    runner_fixture f{{.in_flight = 1, .when_full = overflow::drop_newest}};
    std::vector<std::string> done;
    f.events.on<message_create>([&](auto event) -> task<> {
        co_await sleep_for(1s);
        done.push_back(event->content);
    });
    f.message("one");
    f.message("two");
    CHECK_FALSE(f.runner().full());
    f.loop.advance(1s);
    f.message("three");
    f.loop.advance(1s);
    CHECK(done == std::vector<std::string>{"one", "three"});
    CHECK(f.counters->value(counter::events_dropped) == 1);
    REQUIRE(f.logs.at_least(level::warning).size() == 1);
    const auto record = f.logs.at_least(level::warning).front();
    CHECK(record.string("event") == "MESSAGE_CREATE");
    CHECK_THAT(record.string("handler"), Catch::StartsWith("test_handler_runner.cpp:"));
}

TEST_CASE("drop_oldest cancels the longest-running handler, and counts it (GW-DISP-7)") {
    runner_fixture f{{.in_flight = 2, .when_full = overflow::drop_oldest}};
    std::vector<std::string> done;
    f.events.on<message_create>(
        [&](auto event) -> task<> {
            co_await sleep_for(10s);
            done.push_back(event->content);
        },
        {.name = "slow"});
    for (const char* text : {"one", "two", "three", "four"})
        f.message(text);
    f.loop.advance(20s);
    CHECK(done == std::vector<std::string>{"three", "four"});
    CHECK(f.counters->value(counter::events_dropped) == 2);
    CHECK(f.counters->value(counter::handlers_cancelled) == 2);
    CHECK(f.counters->value(counter::handler_errors) == 0);
    CHECK(f.logs.at_least(level::warning).front().string("handler") == "slow");
}

TEST_CASE("a handler cut by drop_oldest is not counted again when the bot stops") {
    runner_fixture f{{.in_flight = 1, .when_full = overflow::drop_oldest}};
    f.events.on<message_create>([](auto) -> task<> {
        try {
            co_await sleep_for(1h);
        } catch (const boost::system::system_error&) {
        }
        // Says good-bye at leisure.
        co_await boost::asio::this_coro::reset_cancellation_state();
        co_await sleep_for(1s);
    });
    f.message("one");
    f.message("two");
    CHECK(f.counters->value(counter::handlers_cancelled) == 1);
    f.loop.run(f.runner().drain({}));
    CHECK(f.counters->value(counter::handlers_cancelled) == 2);
}

TEST_CASE("a handler over its deadline is cancelled and reported with where it was registered") {
    runner_fixture f{{.deadline = 5s}};
    bool finished = false;
    f.events.on<message_create>([&](auto) -> task<> {
        co_await sleep_for(1h);
        finished = true;
    });
    f.message("hi");
    f.loop.advance(5s);
    CHECK_FALSE(finished);
    CHECK(f.counters->value(counter::handlers_cancelled) == 1);
    const auto errors = f.logs.at_least(level::error);
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].string("handler").find("test_handler_runner.cpp:") == 0);
}

TEST_CASE("draining lets handlers finish within the grace period") {
    runner_fixture f;
    bool finished = false;
    f.events.on<message_create>([&](auto) -> task<> {
        co_await sleep_for(2s);
        finished = true;
    });
    f.message("hi");
    f.loop.run(f.runner().drain(3s));
    CHECK(finished);
    CHECK(f.loop.elapsed() == 2s);
    CHECK(f.counters->value(counter::handlers_cancelled) == 0);
}

TEST_CASE("draining cancels who does not finish, and says who was cut") {
    runner_fixture f;
    bool cancelled = false;
    f.events.on<message_create>([&](auto) -> task<> {
        try {
            co_await sleep_for(1h);
        } catch (const boost::system::system_error& e) {
            cancelled = e.code() == cause::cancelled;
            throw;
        }
    });
    f.message("hi");
    f.loop.run(f.runner().drain(3s));
    CHECK(cancelled);
    CHECK(f.loop.elapsed() == 3s);
    CHECK(f.counters->value(counter::handlers_cancelled) == 1);
    CHECK(f.counters->value(counter::handler_errors) == 0);
    const auto warnings = f.logs.at_least(level::warning);
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0].string("event") == "MESSAGE_CREATE");
    CHECK(warnings[0].has("handler"));

    f.message("too late");
    CHECK(f.counters->value(gauge::handlers_in_flight) == 0);
}

TEST_CASE("10000 numbered events reach a handler in order (GW-DISP-3, GW-PAY-8)") {
    runner_fixture f;
    std::int64_t last = 0;
    bool ordered = true;
    f.events.on<message_create>([&](auto event) -> task<> {
        ordered = ordered && event.sequence() == last + 1;
        last = event.sequence();
        co_return;
    });
    for (int i = 0; i < 10000; ++i)
        f.message("hi");
    CHECK(ordered);
    CHECK(last == 10000);
}

namespace {

std::vector<test::captured_record> warnings(const test::log_capture& logs) {
    return logs.at_least(level::warning);
}

} // namespace

TEST_CASE("a handler that holds up its shard is named, with its event and how long (GW-HB-18)") {
    runner_fixture f;
    f.events.on<message_create>([](auto message) -> task<> {
        // As if it computed all the time.
        if (message->content == "slow")
            manual_time::installed()->advance(3s);
        co_await sleep_for(1ms);
    });
    f.message("quick");
    CHECK(warnings(f.logs).empty());
    f.message("slow");
    REQUIRE(warnings(f.logs).size() == 1);
    const auto record = warnings(f.logs).front();
    CHECK(record.string("event") == "MESSAGE_CREATE");
    CHECK_THAT(record.string("handler"), Catch::StartsWith("test_handler_runner.cpp:"));
    CHECK(record.number("held_up_ms") == 3000);
}

TEST_CASE("a handler that holds up its shard after a wait is named too, also in its last turn "
          "(GW-HB-18)") {
    runner_fixture f;
    f.events.on<message_create>(
        [](auto message) -> task<> {
            co_await sleep_for(1ms);
            if (message->content == "middle")
                manual_time::installed()->advance(2s);
            co_await sleep_for(1ms);
            if (message->content == "end")
                manual_time::installed()->advance(3s);
        },
        {.name = "computes"});
    f.message("quick");
    f.loop.advance(1s);
    CHECK(warnings(f.logs).empty());
    f.message("middle");
    f.loop.advance(1s);
    REQUIRE(warnings(f.logs).size() == 1);
    CHECK(warnings(f.logs)[0].string("handler") == "computes");
    CHECK(warnings(f.logs)[0].string("event") == "MESSAGE_CREATE");
    CHECK(warnings(f.logs)[0].number("held_up_ms") == 2000);
    f.message("end");
    f.loop.advance(1s);
    REQUIRE(warnings(f.logs).size() == 2);
    CHECK(warnings(f.logs)[1].number("held_up_ms") == 3000);
    CHECK(warnings(f.logs)[1].shard == 2);
}

TEST_CASE("what a handler calls and starts is its own time, what its end lets start is not") {
    runner_fixture f;
    const auto compute = [](std::chrono::seconds length) -> task<> {
        co_await sleep_for(1ms);
        manual_time::installed()->advance(length);
    };
    f.events.on<message_create>(
        [&](auto message) -> task<> {
            co_await sleep_for(1ms);
            if (message->content == "nested")
                co_await with_timeout(compute(2s), 1h);
        },
        {.name = "innocent or not"});
    f.events.on<message_create>(
        [](auto message) -> task<> {
            if (message->content == "first")
                co_await sleep_for(1ms);
            if (message->content == "second")
                manual_time::installed()->advance(4s);
        },
        {.name = "takes turns", .order = order_by::shard});
    f.message("nested");
    f.loop.advance(1s);
    REQUIRE(warnings(f.logs).size() == 1);
    CHECK(warnings(f.logs)[0].string("handler") == "innocent or not");
    f.message("first");
    f.message("second"); // starts in the last turn of the first
    f.loop.advance(1s);
    REQUIRE(warnings(f.logs).size() == 2);
    CHECK(warnings(f.logs)[1].string("handler") == "takes turns");
    CHECK(warnings(f.logs)[1].number("held_up_ms") == 4000);
}

TEST_CASE("the times on an event's way are measured, of events that somebody handles") {
    runner_fixture f;
    f.events.on<message_create>([](auto) -> task<> { co_await sleep_for(3s); });
    f.events.on_raw("TYPING_START", [](auto) -> task<> { co_return; });
    f.deliver("GUILD_CREATE", "{}");
    for (int i = 0; i < static_cast<int>(timing::count_); ++i)
        CHECK(f.counters->value(static_cast<timing>(i)).count() == 0);

    f.read_ago = 2s;
    f.message("hi");
    CHECK(f.counters->value(timing::event_inflate).sum == 2s);
    CHECK(f.counters->value(timing::event_decode).count() == 1);
    CHECK(f.counters->value(timing::handler_run).count() == 0);
    f.loop.advance(5s);
    CHECK(f.counters->value(timing::handler_run).sum == 3s);
    CHECK(f.counters->value(timing::event_total).sum == 5s);
    f.deliver("TYPING_START", "{}");
    CHECK(f.counters->value(timing::event_decode).count() == 1); // nothing to decode
    CHECK(f.counters->value(timing::event_total).count() == 2);
    CHECK(f.counters->value(timing::event_queue).count() == 0);
}

TEST_CASE("the times of an event are not those of the cache and of who waits for it") {
    using test::runner_fixture;
    const auto slow = keep_if([](const cache_key&) {
        manual_time::installed()->advance(7s);
        return true;
    });
    runner_fixture f{{}, cache_options{}.keep(entity_kind::channel, {.keep_if = slow})};
    f.events.on<channel_create>([](auto) -> task<> { co_await sleep_for(3s); });
    const auto wait = [](dispatcher& events) -> task<> {
        co_await events.wait_for<channel_create>(
            [](const auto&) {
                manual_time::installed()->advance(11s);
                return true;
            },
            1h);
    };
    f.loop.spawn(wait(f.events));
    f.loop.settle();
    f.read_ago = 2s;
    f.deliver("CHANNEL_CREATE", R"({"id":"5","type":1})");
    const auto before_handlers = f.loop.elapsed();
    CHECK(before_handlers >= 18s);
    CHECK(f.counters->value(timing::event_inflate).sum == 2s);
    CHECK(f.counters->value(timing::event_decode).count() == 1);
    CHECK(f.counters->value(timing::event_decode).sum == 0s);
    f.loop.advance(3s);
    CHECK(f.counters->value(timing::handler_run).sum == 3s);
    CHECK(f.counters->value(timing::event_total).sum == 5s + before_handlers);
}

TEST_CASE("what strandcord tells of a guild has the guild as it was before (GW-GUILD-4, "
          "GW-GUILD-5, GW-READY-7)") {
    runner_fixture f{{}, cache_options{}.keep(entity_kind::guild)};
    std::vector<std::string> seen;
    const auto note = [&](const auto& event) -> task<> {
        const auto before = event.template before<guild>();
        seen.push_back(std::string{event.name()} + ' ' + (before ? before->name : "?"));
        co_return;
    };
    f.events.on_any<guild_delete, guild_outage, guild_left, guilds_ready>(note);
    const auto ready_with = [&](const char* guilds) {
        f.deliver("READY", R"({"user":{"id":"7"},"guilds":)" + std::string{guilds} + "}");
    };
    ready_with(R"([{"id":"1"},{"id":"2"},{"id":"5"}])");
    f.deliver("GUILD_CREATE", R"({"id":"1","name":"one"})");
    f.deliver("GUILD_CREATE", R"({"id":"2","name":"two"})");
    f.deliver("GUILD_CREATE", R"({"id":"5","name":"five"})");
    // As a shard's relay delivers them: the event, and what it means with the same data.
    f.deliver("GUILD_DELETE", R"({"id":"1","unavailable":true})");
    f.deliver("STRANDCORD_GUILD_OUTAGE", R"({"id":"1","unavailable":true})");
    f.deliver("GUILD_DELETE", R"({"id":"1"})");
    f.deliver("STRANDCORD_GUILD_LEFT", R"({"id":"1"})");
    f.deliver("STRANDCORD_GUILDS_READY", R"({"loaded":2,"missing":[]})");
    ready_with(R"([{"id":"2"}])");
    f.deliver("STRANDCORD_GUILD_LEFT", R"({"id":"5"})");
    f.deliver("MESSAGE_CREATE", "{}");
    f.deliver("STRANDCORD_GUILD_LEFT", R"({"id":"5"})");
    CHECK(seen == std::vector<std::string>{
                      "GUILD_DELETE one", "STRANDCORD_GUILD_OUTAGE one", "GUILD_DELETE one",
                      "STRANDCORD_GUILD_LEFT one", "STRANDCORD_GUILDS_READY ?",
                      "STRANDCORD_GUILD_LEFT five", "STRANDCORD_GUILD_LEFT ?"});
}

TEST_CASE("when handlers stop the reading, the oldest is named (GW-DISP-7)") {
    runner_fixture f{{.in_flight = 2}};
    f.events.on<message_create>([](auto) -> task<> { co_await sleep_for(1h); });
    f.message("one");
    f.loop.advance(10s);
    f.message("two");
    REQUIRE(f.runner().full());
    const auto waiting = f.loop.spawn(f.runner().room());
    f.loop.advance(0s);
    REQUIRE(warnings(f.logs).size() == 1);
    const auto record = warnings(f.logs).front();
    CHECK(record.string("event") == "MESSAGE_CREATE");
    CHECK_THAT(record.string("handler"), Catch::StartsWith("test_handler_runner.cpp:"));
    CHECK(record.number("running_ms") == 10000);
    CHECK(record.number("in_flight") == 2);
    waiting.cancel();
    f.loop.settle();
}
