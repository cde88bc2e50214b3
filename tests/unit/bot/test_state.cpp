#include "bot/state.hpp"

#include <catch2/catch.hpp>

using namespace strandcord;
using namespace std::chrono_literals;

TEST_CASE("the state of all parts is one JSON object") {
    shard_status shard;
    shard.shard = {1, 2};
    shard.state = shard_state::ready;
    shard.sequence = 7;
    shard.latency = 12500us;
    shard.guilds = 3;
    handler_status handler;
    handler.name = "ping";
    handler.calls = 4;
    cache_state cache;
    cache.guilds_available = 3;
    registry metrics;
    metrics.add(counter::events_received, 9);

    const std::string text = state_json({shard}, {handler}, cache, metrics);
    CHECK_THAT(
        text, Catch::StartsWith(R"({"shards":[{"index":1,"count":2,"state":"ready","sequence":7,)"
                                R"("latency_ms":12.5,"identifies":0,"resumes":0,"events":0,)"
                                R"("last_close":0,"guilds":3,"unavailable_guilds":0}],"handlers":[)"
                                R"({"name":"ping")"));
    CHECK_THAT(text, Catch::Contains(R"("calls":4)"));
    CHECK_THAT(text, Catch::Contains(R"("guilds_available":3)"));
    CHECK_THAT(text, Catch::Contains(R"("metrics":{"counters":{"events_received":9,)"));
}

TEST_CASE("a meter of the user's own has no place in the state") {
    struct nothing final : meter {
        void add(counter, std::uint64_t) noexcept override {}
        void set(gauge, std::int64_t) noexcept override {}
        void change(gauge, std::int64_t) noexcept override {}
        void observe(timing, std::chrono::nanoseconds) noexcept override {}
    };
    CHECK_THAT(state_json({}, {}, {}, nothing{}), !Catch::Contains("metrics"));
}
