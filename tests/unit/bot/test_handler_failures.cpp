#include "runner_fixture.hpp"

#include <chrono>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

using namespace strandcord;
using namespace std::chrono_literals;
using test::runner_fixture;

namespace {

using texts = std::vector<std::string>;

/// Fails for the first `failures` calls of each message.
struct failing_fixture : runner_fixture {
    failing_fixture(int failures, registration how, handler_options options = {})
        : runner_fixture{options} {
        events.on<message_create>(
            [this, failures](auto message) -> task<> {
                const int call = ++calls[message->content];
                seen.push_back(message->content + std::to_string(call));
                if (call <= failures)
                    throw std::runtime_error{"no luck"};
                co_return;
            },
            std::move(how));
    }
    std::map<std::string, int> calls;
    texts seen;
};

} // namespace

TEST_CASE("a handler that asked for it is called again for the same event when it failed") {
    failing_fixture f{2, {.retries = 2}};
    f.message("a");
    CHECK(f.seen == texts{"a1", "a2", "a3"});
    CHECK(f.counters->value(counter::handler_retries) == 2);
    CHECK(f.counters->value(counter::handler_errors) == 0);
    CHECK(f.logs.at_least(level::error).empty());
    CHECK(f.runner().finished(1) == 1);
}

TEST_CASE("calls in vain are a failure in the end, once, with how many there were") {
    failing_fixture f{9, {.name = "sisyphus", .retries = 2, .retry_after = 10s}};
    std::vector<event_failures> reports;
    f.events.on_error([&](const event_failures& all) { reports.push_back(all); });
    f.message("a");
    CHECK(f.runner().finished(1) == 0);
    f.loop.advance(19s);
    CHECK(reports.empty());
    f.loop.advance(1s);
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].failures[0].handler == "sisyphus");
    CHECK(reports[0].failures[0].calls == 3);
    CHECK(f.runner().finished(1) == 1);
    CHECK(f.events.handlers()[0].failures == 1);
}

TEST_CASE("an event whose handler is called again keeps its turn") {
    failing_fixture f{1, {.order = order_by::channel, .retries = 1, .retry_after = 1s}};
    f.message("a");
    f.message("b");
    f.loop.advance(5s);
    CHECK(f.seen == texts{"a1", "a2", "b1", "b2"});
}

TEST_CASE("on_error may have one handler called again, and the event is not finished until then") {
    failing_fixture f{1, {}};
    int good = 0;
    f.events.on<message_create>([&](auto) -> task<> {
        ++good;
        co_return;
    });
    std::vector<int> calls;
    f.events.on_error([&](event_failures& all) {
        calls.push_back(all.failures.at(0).calls);
        all.failures[0].retry = true;
        CHECK(f.runner().finished(1) == 0);
    });
    f.message("a");
    CHECK(f.seen == texts{"a1", "a2"});
    CHECK(calls == std::vector<int>{1});
    CHECK(good == 1);
    CHECK(f.counters->value(counter::handler_retries) == 1);
    CHECK(f.counters->value(counter::handler_errors) == 1);
    CHECK(f.runner().finished(1) == 1);
}

TEST_CASE("called again by on_error it goes behind what waits for its turn") {
    failing_fixture f{1, {.order = order_by::channel}};
    f.events.on_error([&](event_failures& all) {
        for (auto& one : all.failures)
            one.retry = one.calls < 2;
    });
    f.message("a");
    f.message("b");
    CHECK(f.seen == texts{"a1", "a2", "b1", "b2"});
    CHECK(f.counters->value(gauge::handlers_in_flight) == 0);
    CHECK(f.counters->value(gauge::handlers_queued) == 0);
    CHECK(f.runner().finished(2) == 2);
}

TEST_CASE("one that always fails and is always called again lets the others run") {
    failing_fixture f{1000, {}};
    f.events.on_error(
        [&](event_failures& all) { all.failures[0].retry = all.failures[0].calls < 1000; });
    f.message("a");
    CHECK(f.calls["a"] == 1000);
    CHECK(f.runner().finished(1) == 1);
}

TEST_CASE("nothing is called again when the time to stop is over") {
    runner_fixture f;
    int calls = 0;
    f.events.on<message_create>(
        [&](auto) -> task<> {
            ++calls;
            co_await sleep_for(1h);
        },
        {.retries = 5});
    f.events.on_error([](event_failures& all) { all.failures[0].retry = true; });
    f.message("a");
    f.loop.run(f.runner().drain(1s));
    CHECK(calls == 1);
    CHECK(f.runner().finished(1) == 0);
}

TEST_CASE("a stop ends the wait before a further call") {
    failing_fixture f{9, {.retries = 5, .retry_after = 1h}};
    f.message("a");
    f.loop.run(f.runner().drain(1s));
    CHECK(f.seen == texts{"a1"});
    CHECK(f.counters->value(gauge::handlers_in_flight) == 0);
}
