#include "runner_fixture.hpp"

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

using namespace strandcord;
using namespace std::chrono_literals;
using test::runner_fixture;

namespace {

using texts = std::vector<std::string>;

} // namespace

TEST_CASE(
    "middleware runs around every handler, from the outside in, and knows event and handler") {
    runner_fixture f;
    texts seen;
    f.events.around([&](const delivery& what, next_handler next) -> task<> {
        seen.push_back("outer " + std::string{what.name()} + " " + std::string{next.name()});
        co_await next();
        seen.push_back("outer ends");
    });
    f.events.around([&](const delivery& what, next_handler next) -> task<> {
        seen.push_back("inner " + std::to_string(what.sequence()));
        co_await next();
        seen.push_back("inner ends");
    });
    f.events.on<message_create>(
        [&](auto message) -> task<> {
            co_await sleep_for(1s);
            seen.push_back(message->content);
        },
        {.name = "say"});
    f.message("hi");
    CHECK(seen == texts{"outer MESSAGE_CREATE say", "inner 1"});
    f.loop.advance(1s);
    CHECK(seen == texts{"outer MESSAGE_CREATE say", "inner 1", "hi", "inner ends", "outer ends"});
}

TEST_CASE("middleware may leave a handler out") {
    runner_fixture f;
    texts seen;
    f.events.around([](const delivery& what, next_handler next) -> task<> {
        if (what.sequence() != 2)
            co_await next();
    });
    f.events.on<message_create>([&](auto message) -> task<> {
        seen.push_back(message->content);
        co_return;
    });
    for (const char* text : {"one", "two", "three"})
        f.message(text);
    CHECK(seen == texts{"one", "three"});
    CHECK(f.runner().finished(3) == 3);
}

TEST_CASE("middleware may catch what a handler throws, call it again, and fail itself") {
    runner_fixture f;
    int calls = 0;
    texts seen;
    const auto id = f.events.around([&](const delivery&, next_handler next) -> task<> {
        bool failed = false;
        try {
            co_await next();
        } catch (const std::exception& e) {
            seen.push_back(e.what());
            failed = true;
        }
        if (failed)
            co_await next();
    });
    f.events.on<message_create>([&](auto message) -> task<> {
        if (++calls == 1)
            throw std::runtime_error{"once"};
        seen.push_back(message->content);
        co_return;
    });
    f.message("hi");
    CHECK(seen == texts{"once", "hi"});
    CHECK(f.counters->value(counter::handler_errors) == 0);

    CHECK(f.events.off(id));
    CHECK_FALSE(f.events.off(id));
    f.events.around([](const delivery&, next_handler) -> task<> {
        throw std::runtime_error{"not today"};
        co_return;
    });
    f.message("two");
    CHECK(calls == 2);
    CHECK(f.counters->value(counter::handler_errors) == 1);
    CHECK(f.logs.contains("a handler failed"));
}

TEST_CASE("middleware added or removed while a handler runs counts from the next event") {
    runner_fixture f;
    int around = 0;
    const auto id = f.events.around([&](const delivery&, next_handler next) -> task<> {
        co_await next();
        ++around;
    });
    f.events.on<message_create>([](auto) -> task<> { co_await sleep_for(1s); });
    f.message("one");
    f.events.off(id);
    f.message("two");
    f.loop.advance(1s);
    CHECK(around == 1);
}
