#include "runner_fixture.hpp"

#include <chrono>
#include <string>
#include <vector>

using namespace strandcord;
using namespace std::chrono_literals;
using test::runner_fixture;

namespace {

using texts = std::vector<std::string>;

std::string message_in(std::string_view channel, std::string_view content,
                       std::string_view author = "9") {
    std::string out = R"({"id":"11","channel_id":")";
    out.append(channel).append(R"(","guild_id":"5","author":{"id":")").append(author);
    out.append(R"("},"content":")").append(content).append("\"}");
    return out;
}

/// Its one handler notes when it begins and ends, a second later.
struct turns_fixture : runner_fixture {
    explicit turns_fixture(registration how, handler_options options = {})
        : runner_fixture{options} {
        id = events.on<message_create>(
            [this](auto message) -> task<> {
                seen.push_back("+" + message->content);
                co_await sleep_for(1s);
                seen.push_back("-" + message->content);
            },
            std::move(how));
    }
    void says(std::string_view channel, std::string_view content, std::string_view author = "9") {
        deliver("MESSAGE_CREATE", message_in(channel, content, author));
    }
    handler_id id{};
    texts seen;
};

} // namespace

TEST_CASE("ordered by channel a handler runs for one event of it at a time, in order, and other "
          "channels go on") {
    turns_fixture f{{.order = order_by::channel}};
    f.says("1", "a");
    f.says("1", "b");
    f.says("2", "c");
    f.says("1", "d");
    CHECK(f.seen == texts{"+a", "+c"});
    CHECK(f.counters->value(gauge::handlers_queued) == 2);
    CHECK(f.counters->value(gauge::handlers_in_flight) == 2);
    f.loop.advance(3s);
    CHECK(f.seen == texts{"+a", "+c", "-a", "+b", "-c", "-b", "+d", "-d"});
    CHECK(f.counters->value(gauge::handlers_queued) == 0);
    CHECK(f.counters->value(gauge::handlers_in_flight) == 0);
    CHECK(f.counters->value(timing::event_queue).count() == 2);
    CHECK(f.counters->value(timing::event_queue).sum == 3s);
}

TEST_CASE("each order takes its id from wherever the event has it") {
    const auto started = [](order_by order, std::vector<std::pair<const char*, const char*>> what) {
        runner_fixture f;
        std::size_t count = 0;
        f.events.on_any(
            [&](auto) -> task<> {
                ++count;
                co_await sleep_for(1s);
            },
            {.order = order});
        for (const auto& [type, data] : what)
            f.deliver(type, data);
        return count;
    };
    // One of the same, and one of another.
    CHECK(started(order_by::guild, {{"GUILD_CREATE", R"({"name":"x","id":"5"})"},
                                    {"MESSAGE_CREATE", R"({"guild_id":"5","id":"6"})"},
                                    {"MESSAGE_CREATE", R"({"guild_id":"6","id":"5"})"}}) == 2);
    CHECK(started(order_by::guild, {{"MESSAGE_CREATE", R"({"channel_id":"5"})"},
                                    {"MESSAGE_CREATE", R"({"channel_id":"5"})"},
                                    {"MESSAGE_CREATE", R"({"channel_id":"6"})"}}) == 2);
    CHECK(started(order_by::channel, {{"THREAD_UPDATE", R"({"id":"5","guild_id":"1"})"},
                                      {"MESSAGE_CREATE", R"({"id":"6","channel_id":"5"})"},
                                      {"CHANNEL_PINS_UPDATE", R"({"channel_id":"6"})"}}) == 2);
    CHECK(started(order_by::user, {{"TYPING_START", R"({"user_id":"5"})"},
                                   {"MESSAGE_CREATE", R"({"author":{"x":[{}],"id":"5"}})"},
                                   {"PRESENCE_UPDATE", R"({"user":{"id":"5"}})"},
                                   {"INTERACTION_CREATE", R"({"member":{"user":{"id":"5"}}})"},
                                   {"USER_UPDATE", R"({"id":5})"},
                                   {"USER_UPDATE", R"({"id":"7"})"}}) == 2);
    CHECK(started(order_by::shard, {{"TYPING_START", "{}"}, {"FOO", "null"}}) == 1);
    // Nothing to order by.
    CHECK(started(order_by::user, {{"FOO", "null"}, {"FOO", R"({"user":3})"}, {"FOO", "[]"}}) == 3);
    CHECK(started(order_by::none,
                  {{"FOO", R"({"guild_id":"5"})"}, {"FOO", R"({"guild_id":"5"})"}}) == 2);
}

TEST_CASE("a family is ordered together") {
    runner_fixture f;
    texts seen;
    f.events.on_any<message_create, message_delete>(
        [&](auto event) -> task<> {
            seen.emplace_back(event.name());
            co_await sleep_for(1s);
        },
        {.order = order_by::channel});
    f.deliver("MESSAGE_CREATE", message_in("1", "a"));
    f.deliver("MESSAGE_DELETE", R"({"id":"11","channel_id":"1"})");
    CHECK(seen == texts{"MESSAGE_CREATE"});
    f.loop.advance(1s);
    CHECK(seen == texts{"MESSAGE_CREATE", "MESSAGE_DELETE"});
}

TEST_CASE("a bound of its own lets a handler run for that many events at once") {
    turns_fixture f{{.in_flight = 2}};
    for (const char* text : {"a", "b", "c"})
        f.says("1", text);
    CHECK(f.seen == texts{"+a", "+b"});
    f.loop.advance(2s);
    CHECK(f.seen == texts{"+a", "+b", "-a", "+c", "-b", "-c"});
}

TEST_CASE("a handler that waits for its turn holds up no other handler of the event") {
    turns_fixture f{{.order = order_by::shard}};
    texts others;
    f.events.on<message_create>([&](auto message) -> task<> {
        others.push_back(message->content);
        co_return;
    });
    f.says("1", "a");
    f.says("1", "b");
    CHECK(others == texts{"a", "b"});
    CHECK(f.seen == texts{"+a"});
}

TEST_CASE("a full queue pauses reading until one of it had its turn (GW-DISP-7)") {
    turns_fixture f{{.order = order_by::channel, .queued = 2}};
    f.says("1", "a");
    f.says("1", "b");
    CHECK_FALSE(f.runner().full());
    f.says("1", "c");
    CHECK(f.runner().full());
    f.loop.run(f.runner().room());
    CHECK(f.loop.elapsed() == 1s);
    f.loop.advance(5s);
    CHECK(f.seen.size() == 6);
    CHECK(f.counters->value(counter::events_dropped) == 0);
}

TEST_CASE("a full queue that drops the newest counts it, and it is finished (GW-DISP-7)") {
    turns_fixture f{{.order = order_by::channel, .queued = 1, .when_full = overflow::drop_newest}};
    for (const char* text : {"a", "b", "c"})
        f.says("1", text);
    CHECK_FALSE(f.runner().full());
    CHECK(f.counters->value(counter::events_dropped) == 1);
    f.loop.advance(5s);
    CHECK(f.seen == texts{"+a", "-a", "+b", "-b"});
    CHECK(f.runner().finished(3) == 3);
}

TEST_CASE("a full queue that drops the oldest drops what has waited longest (GW-DISP-7)") {
    turns_fixture f{{.order = order_by::channel, .queued = 1, .when_full = overflow::drop_oldest}};
    for (const char* text : {"a", "b", "c"})
        f.says("1", text);
    CHECK(f.counters->value(counter::events_dropped) == 1);
    CHECK(f.runner().finished(3) == 0);
    f.loop.advance(5s);
    CHECK(f.seen == texts{"+a", "-a", "+c", "-c"});
    CHECK(f.runner().finished(3) == 3);
}

TEST_CASE("an event that waits for its turn is not finished (GW-RES-17)") {
    turns_fixture f{{.order = order_by::channel}};
    f.says("1", "a");
    f.says("1", "b");
    f.says("2", "c");
    f.loop.advance(1500ms);
    CHECK(f.runner().finished(3) == 1);
    f.loop.advance(1s);
    CHECK(f.runner().finished(3) == 3);
}

TEST_CASE("draining lets events that wait have their turn within the grace period") {
    turns_fixture f{{.order = order_by::channel}};
    f.says("1", "a");
    f.says("1", "b");
    f.loop.run(f.runner().drain(5s));
    CHECK(f.seen == texts{"+a", "-a", "+b", "-b"});
    CHECK(f.loop.elapsed() == 2s);
    CHECK(f.runner().finished(2) == 2);
}

TEST_CASE("events that still wait at the end of the grace period are given up, unfinished, and "
          "told of (GW-RES-17)") {
    turns_fixture f{{.name = "slow one", .order = order_by::channel}};
    for (const char* text : {"a", "b", "c"})
        f.says("1", text);
    f.loop.run(f.runner().drain(1500ms));
    CHECK(f.seen == texts{"+a", "-a", "+b"});
    CHECK(f.runner().finished(3) == 1);
    CHECK(f.counters->value(gauge::handlers_queued) == 0);
    CHECK(f.counters->value(gauge::handlers_in_flight) == 0);
    const auto warnings = f.logs.at_least(level::warning);
    REQUIRE(warnings.size() == 2);
    CHECK(warnings[0].number("events") == 1);
    CHECK(warnings[0].string("handler") == "slow one");
}

TEST_CASE("removing a handler takes its waiting events with it") {
    turns_fixture f{{.order = order_by::channel}};
    for (const char* text : {"a", "b", "c"})
        f.says("1", text);
    CHECK(f.events.off(f.id));
    f.deliver("TYPING_START", "{}");
    CHECK(f.counters->value(gauge::handlers_queued) == 0);
    f.loop.advance(5s);
    CHECK(f.seen == texts{"+a", "-a"});
    CHECK(f.runner().finished(4) == 4);
}

TEST_CASE("a handler that was removed while it runs starts none that waited") {
    turns_fixture f{{.order = order_by::channel}};
    f.says("1", "a");
    f.says("1", "b");
    CHECK(f.events.off(f.id));
    f.loop.advance(5s);
    CHECK(f.seen == texts{"+a", "-a"});
    CHECK(f.runner().finished(2) == 2);
}

TEST_CASE("a thousand events that wait for one turn and end at once do not pile up") {
    runner_fixture f;
    std::size_t count = 0;
    f.events.on<message_create>(
        [&](auto message) -> task<> {
            ++count;
            if (message->content == "first")
                co_await sleep_for(1s);
        },
        {.order = order_by::shard, .queued = 5000});
    f.message("first");
    for (int i = 0; i < 5000; ++i)
        f.message("more");
    CHECK(count == 1);
    f.loop.advance(1s);
    CHECK(count == 5001);
    CHECK(f.runner().finished(f.sequence) == f.sequence);
}

TEST_CASE("a deadline of its own goes before the common one, and the failure has its name") {
    runner_fixture f{{.deadline = 1h}};
    std::vector<event_failures> reports;
    f.events.on_error([&](const event_failures& all) { reports.push_back(all); });
    f.events.on<message_create>([](auto) -> task<> { co_await sleep_for(30min); },
                                {.name = "impatient", .deadline = 5s});
    f.message("hi");
    f.loop.advance(5s);
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].failures[0].handler == "impatient");
    CHECK(reports[0].shard == shard_id{2, 4});
}

TEST_CASE("the state of handlers is a value: names, calls, failures, who runs and who waits") {
    runner_fixture f;
    f.events.on<message_create>([](auto) -> task<> { co_await sleep_for(1s); },
                                {.name = "moderate", .order = order_by::channel});
    f.events.on<message_create>([](auto) -> task<> {
        throw error{errc::timed_out};
        co_return;
    });
    for (const char* text : {"a", "b", "c"})
        f.message(text);
    auto all = f.events.handlers();
    REQUIRE(all.size() == 2);
    CHECK(all[0].name == "moderate");
    CHECK_THAT(all[0].place, Catch::StartsWith("test_handler_turns.cpp:"));
    CHECK(all[0].event == "MESSAGE_CREATE");
    CHECK(all[0].calls == 1);
    CHECK(all[0].running == 1);
    CHECK(all[0].queued == 2);
    CHECK(all[1].name == all[1].place);
    CHECK(all[1].calls == 3);
    CHECK(all[1].failures == 3);
    CHECK(all[1].running == 0);
    f.loop.advance(3s);
    all = f.events.handlers();
    CHECK(all[0].calls == 3);
    CHECK(all[0].running == 0);
    CHECK(all[0].queued == 0);
    CHECK_THAT(to_json(all[0]), Catch::StartsWith(R"({"name":"moderate","place":"test_handler_)"));
}

TEST_CASE("options that cannot be are refused when the handler is registered") {
    dispatcher events;
    const auto with = [&](registration how) {
        events.on<message_create>([](auto) -> task<> { co_return; }, std::move(how));
    };
    CHECK_THROWS_AS(with({.deadline = -1s}), error);
    CHECK_THROWS_AS(with({.retries = -1}), error);
    CHECK_THROWS_AS(with({.order = order_by::guild, .queued = 0}), error);
    CHECK_NOTHROW(with({.queued = 0}));
    CHECK_NOTHROW(
        with({.order = order_by::guild, .queued = 0, .when_full = overflow::drop_newest}));
    CHECK(events.handlers().size() == 2);
}

TEST_CASE("reading that paused for a handler goes on when the handler is removed") {
    turns_fixture f{{.name = "slow", .order = order_by::channel, .queued = 1}};
    f.says("1", "a");
    f.says("1", "b");
    REQUIRE(f.runner().full());
    const auto paused = f.loop.spawn(f.runner().room());
    f.loop.settle();
    REQUIRE(paused.running());
    CHECK(f.events.off(f.id));
    f.loop.settle();
    CHECK_FALSE(paused.running());
    CHECK(f.loop.elapsed() == 0s);
    CHECK_FALSE(f.runner().full());
    // What waited for its turn waits for nothing.
    CHECK(f.counters->value(gauge::handlers_queued) == 0);
    f.loop.advance(1s);
    CHECK(f.seen == texts{"+a", "-a"});
}

TEST_CASE("what is lost in front of a handler is told of with the handler's name") {
    turns_fixture f{{.name = "slow",
                     .order = order_by::channel,
                     .queued = 1,
                     .when_full = overflow::drop_newest}};
    for (const char* text : {"a", "b", "c"})
        f.says("1", text);
    REQUIRE(f.logs.at_least(level::warning).size() == 1);
    CHECK(f.logs.at_least(level::warning).front().string("handler") == "slow");
    CHECK(f.logs.at_least(level::warning).front().string("event") == "MESSAGE_CREATE");
}
