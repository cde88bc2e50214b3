// As many shards as a big bot has, in one process.

#include "fixture.hpp"

#include <algorithm>
#include <map>

using namespace strandcord;
using namespace strandcord::test;

namespace {

/// The digits behind `"shard":[`.
int shard_in(const std::string& identify) {
    return std::stoi(identify.substr(identify.find("\"shard\":[") + 9));
}

} // namespace

TEST_CASE("1000 shards start as fast as the identify budget allows, and send nothing else "
          "(GW-ID-12, GW-ID-13, GW-SHARD-6, GW-SHARD-9)") {
    constexpr int shards = 1000;
    constexpr int buckets = 16;
    testing::emulator_options options;
    options.recommended_shards = shards;
    options.max_concurrency = buckets;
    ping_bot t{options, [](bot_config& config) { config.gateway.compress = compression::none; }};
    t.connect();

    const auto all = t.the_bot().status();
    CHECK(all.size() == shards);
    CHECK(std::all_of(all.begin(), all.end(), [](const shard_status& one) {
        return one.state == shard_state::ready && one.identifies == 1 && one.resumes == 0;
    }));
    const auto identifies = t.discord.gateway().frames(2);
    REQUIRE(identifies.size() == shards);
    std::map<int, std::vector<std::chrono::nanoseconds>> by_bucket;
    for (const auto& one : identifies)
        by_bucket[shard_in(one.text) % buckets].push_back(one.at);
    CHECK(by_bucket.size() == buckets);
    for (const auto& [bucket, times] : by_bucket)
        for (std::size_t i = 1; i < times.size(); ++i)
            CHECK(times[i] - times[i - 1] >= 5s);
    // 63 rounds of 5 seconds and a margin; the first shard starts alone.
    CHECK(identifies.back().at - identifies.front().at <= 63 * 5250ms);
    for (const int command : {3, 4, 6, 8, 31, 43})
        CHECK(t.discord.gateway().frames(command).empty());
    CHECK(t.discord.gateway().handshakes().size() == shards);
    CHECK(t.discord.rest().requests("/gateway/bot").size() == 1);
    CHECK(t.discord.violations() == std::vector<std::string>{});

    t.ada.says("!ping", t.general);
    CHECK(t.general.last().content == "pong");
}
