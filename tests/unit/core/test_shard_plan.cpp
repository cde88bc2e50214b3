#include <strandcord/shard_plan.hpp>

#include <catch2/catch.hpp>
#include <set>

using namespace strandcord;

TEST_CASE("GW-SHARD-1: a guild belongs to (id >> 22) % count") {
    CHECK((81384788765712384ULL >> 22) == 19403645698ULL);
    CHECK(shard_of(81384788765712384ULL, 3) == shard_id{1, 3});
    CHECK(shard_of(81384788765712384ULL, 1) == shard_id{0, 1});
    CHECK(shard_of(81384788765712384ULL, 16) == shard_id{2, 16});
    static_assert(shard_of(snowflake{4194304ULL * 7}, 4).index == 3);
}

TEST_CASE("GW-SHARD-1: ids above 2^63 are unsigned") {
    CHECK(shard_of(1ULL << 63, 3) == shard_id{2, 3});
    CHECK(shard_of(~0ULL, 3) == shard_id{0, 3});
    CHECK(shard_of(~0ULL, 1000) == shard_id{103, 1000});
    for (int count = 1; count <= 64; ++count) {
        CHECK(shard_of(~0ULL, count).index >= 0);
        CHECK(shard_of(~0ULL, count).index < count);
    }
}

TEST_CASE("GW-SHARD-1: direct messages come to shard 0") {
    CHECK(shard_of(snowflake{}, 16) == shard_id{0, 16});
}

TEST_CASE("a plan says how many shards, and which of them run here") {
    CHECK(shard_plan::automatic().is_automatic());
    const auto four = shard_plan::fixed(4);
    CHECK_FALSE(four.is_automatic());
    CHECK(four.first() == 0);
    CHECK(four.last() == 3);
    CHECK(four.count() == 4);
    const auto some = shard_plan::range(8, 15, 32);
    CHECK(some.first() == 8);
    CHECK(some.last() == 15);
    CHECK(some.count() == 32);
}

TEST_CASE("every state of a shard has a name of its own") {
    std::set<std::string> names;
    for (const auto state :
         {shard_state::waiting, shard_state::connecting, shard_state::identifying,
          shard_state::resuming, shard_state::ready, shard_state::stopped})
        names.insert(to_string(state));
    CHECK(names.size() == 6);
    CHECK(to_string(shard_state::ready) == "ready");
}
