#include "gateway/identify_gate.hpp"
#include "runtime/task_group.hpp"
#include "support/log_capture.hpp"
#include "support/virtual_context.hpp"

using namespace std::chrono_literals;
using namespace strandcord;
using namespace strandcord::gateway;
using test::virtual_context;

namespace {

constexpr auto step = identify_queue::spacing + identify_queue::margin;

struct served {
    int shard;
    runtime_clock::duration when;
    bool operator==(const served&) const = default;
};

task<> acquire_and_send(virtual_context& loop, queue_gate& gate, int shard,
                        std::vector<served>& out) {
    co_await gate.acquire(shard);
    out.push_back({shard, loop.elapsed()});
    gate.sent(shard);
}

task<> start_all(virtual_context& loop, queue_gate& gate, int count, std::vector<served>& out) {
    task_group group{loop.executor()};
    for (int shard = 0; shard < count; ++shard)
        group.spawn(acquire_and_send(loop, gate, shard, out));
    co_await group.join();
}

task<> cancel_the_second(virtual_context& loop, queue_gate& gate, std::vector<served>& out) {
    task_group group{loop.executor()};
    group.spawn(acquire_and_send(loop, gate, 0, out));
    auto second = group.spawn(acquire_and_send(loop, gate, 1, out));
    group.spawn(acquire_and_send(loop, gate, 2, out));
    co_await sleep_for(1s);
    second.cancel();
    co_await sleep_for(1s);
    CHECK_FALSE(second.running());
    co_await group.join();
}

} // namespace

TEST_CASE("the gate serves shards by key, 5 s and a margin apart, GW-ID-12 GW-ID-15") {
    virtual_context loop;
    test::log_capture captured;
    queue_gate gate{captured.log()};
    gate.update({2, 1000, 1000, 24h});
    std::vector<served> out;
    loop.run(start_all(loop, gate, 6, out));
    CHECK(out == std::vector<served>{
                     {0, 0s}, {1, 0s}, {2, step}, {3, step}, {4, 2 * step}, {5, 2 * step}});
    CHECK(gate.remaining() == 994);
    REQUIRE(captured.size() == 4);
    CHECK(captured.records()[0].number("wait_ms") == 5250);
    CHECK(captured.records()[0].shard == 2);
}

TEST_CASE("a cancelled wait gives its place up, GW-ID-16") {
    virtual_context loop;
    queue_gate gate;
    std::vector<served> out;
    loop.run(cancel_the_second(loop, gate, out));
    CHECK(out == std::vector<served>{{0, 0s}, {2, step}});
}

TEST_CASE("few starts left is a warning, none left is a wait, GW-ID-19") {
    virtual_context loop;
    test::log_capture captured;
    queue_gate gate{captured.log()};
    gate.update({1, 1000, 1, 3h});
    CHECK(captured.at_least(level::warning).size() == 1);
    std::vector<served> out;
    loop.run(start_all(loop, gate, 2, out));
    CHECK(out == std::vector<served>{{0, 0s}, {1, 3h}});
}
