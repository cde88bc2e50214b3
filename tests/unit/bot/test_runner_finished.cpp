#include "runner_fixture.hpp"

#include <chrono>
#include <stdexcept>

using namespace strandcord;
using namespace std::chrono_literals;
using test::runner_fixture;

namespace {

/// Its handler takes as many seconds as the message says.
struct slow_fixture : runner_fixture {
    slow_fixture() {
        events.on<message_create>([](auto message) -> task<> {
            co_await sleep_for(std::chrono::seconds{std::stoi(message->content)});
        });
    }
    std::int64_t finished() { return runner().finished(sequence); }
};

} // namespace

TEST_CASE("a sequence is finished when the handlers of everything up to it have returned "
          "(GW-RES-17)") {
    slow_fixture f;
    f.deliver("TYPING_START", "{}"); // nobody waits for it
    CHECK(f.finished() == 1);
    f.message("3");
    f.message("1");
    f.message("5");
    f.deliver("TYPING_START", "{}");
    CHECK(f.finished() == 1);
    f.loop.advance(2s);
    CHECK(f.finished() == 1);
    f.loop.advance(2s);
    CHECK(f.finished() == 3);
    f.loop.advance(2s);
    CHECK(f.finished() == 5);
}

TEST_CASE("an event is finished when its last handler is, also when that fails") {
    slow_fixture f;
    f.events.on<message_create>([](auto) -> task<> {
        co_await sleep_for(2s);
        throw std::runtime_error{"no luck"};
    });
    f.message("1");
    f.loop.advance(1500ms);
    CHECK(f.finished() == 0);
    f.loop.advance(1s);
    CHECK(f.finished() == 1);
}

TEST_CASE("what the end of the grace period cuts off is not finished") {
    slow_fixture f;
    f.message("1");
    f.message("60");
    f.message("1");
    f.loop.run(f.runner().drain(3s));
    CHECK(f.finished() == 1);
}

TEST_CASE("READY starts the count anew, whatever handlers of the lost session do") {
    slow_fixture f;
    f.sequence = 500;
    f.message("60");
    CHECK(f.finished() == 500);
    f.sequence = 0;
    f.deliver("READY", "{}");
    CHECK(f.finished() == 1);
    f.message("1");
    CHECK(f.finished() == 1);
    f.loop.advance(2s);
    CHECK(f.finished() == 2);
}
