#include "shards/planner.hpp"

#include <catch2/catch.hpp>

using namespace strandcord;
using namespace strandcord::shards;

namespace {

gateway_bot recommends(int shards, int remaining = 1000, int total = 1000) {
    gateway_bot out;
    out.url = "wss://gateway.example";
    out.shards = shards;
    out.session_start_limit.total = total;
    out.session_start_limit.remaining = remaining;
    out.session_start_limit.reset_after = 3600000;
    return out;
}

std::string refusal(const shard_plan& plan) {
    try {
        check_plan(plan);
    } catch (const error& e) {
        CHECK(e.code() == errc::invalid_configuration);
        return e.what();
    }
    return "accepted";
}

std::vector<shard_id> drain(planner& plan) {
    std::vector<shard_id> out;
    while (const auto next = plan.next())
        out.push_back(*next);
    return out;
}

} // namespace

TEST_CASE("an automatic plan takes the recommended count: GW-SHARD-3") {
    planner plan{shard_plan::automatic()};
    CHECK(plan.shards().empty());
    CHECK_FALSE(plan.next());
    plan.on_gateway_bot(recommends(3));
    CHECK(plan.shards() == std::vector<shard_id>{{0, 3}, {1, 3}, {2, 3}});
    CHECK(plan.warning().empty());
}

TEST_CASE("a fixed plan keeps its count, a range runs its part only: GW-SHARD-10") {
    planner fixed{shard_plan::fixed(2)};
    fixed.on_gateway_bot(recommends(9));
    CHECK(fixed.shards() == std::vector<shard_id>{{0, 2}, {1, 2}});
    planner part{shard_plan::range(2, 3, 8)};
    part.on_no_limits();
    CHECK(part.shards() == std::vector<shard_id>{{2, 8}, {3, 8}});
}

TEST_CASE("plans that cannot be are refused in one sentence: GW-ID-7") {
    CHECK(refusal(shard_plan::automatic()) == "accepted");
    CHECK(refusal(shard_plan::fixed(1)) == "accepted");
    CHECK(refusal(shard_plan::range(7, 7, 8)) == "accepted");
    CHECK_THAT(refusal(shard_plan::fixed(0)), Catch::Contains("at least 1"));
    CHECK_THAT(refusal(shard_plan::fixed(-2)),
               Catch::Contains("at least 1") && Catch::Contains("-2"));
    CHECK_THAT(refusal(shard_plan::range(0, 8, 8)), Catch::Contains("from 0 to 7"));
    CHECK_THAT(refusal(shard_plan::range(-1, 2, 8)), Catch::Contains("from 0 to 7"));
    CHECK_THAT(refusal(shard_plan::range(3, 2, 8)),
               Catch::Contains("first must not come after the last"));
    CHECK_THAT(refusal(shard_plan::range(0, 0, 0)), Catch::Contains("at least 1"));
    CHECK_THROWS_AS(planner{shard_plan::range(0, 8, 8)}, error);
}

TEST_CASE(
    "the first shard starts alone, the others in order when it is ready: GW-ID-13 GW-SHARD-11") {
    planner plan{shard_plan::range(2, 5, 8)};
    plan.on_no_limits();
    CHECK(drain(plan) == std::vector<shard_id>{{2, 8}});
    plan.on_ready(3);
    CHECK_FALSE(plan.next());
    plan.on_ready(2);
    CHECK(drain(plan) == std::vector<shard_id>{{3, 8}, {4, 8}, {5, 8}});
    CHECK_FALSE(plan.will_start_more());
}

TEST_CASE("a shard that failed for good ends the starting of the others: GW-SHARD-11") {
    planner plan{shard_plan::fixed(4)};
    plan.on_no_limits();
    drain(plan);
    SECTION("the first") {
        plan.on_ended(0, true);
    }
    SECTION("a later one") {
        plan.on_ready(0);
        plan.next();
        plan.on_ended(1, true);
    }
    SECTION("or a stop") {
        plan.on_ready(0);
        plan.stop();
    }
    CHECK_FALSE(plan.next());
    CHECK_FALSE(plan.will_start_more());
}

TEST_CASE("a first shard that was stopped on its own does not hold the others back") {
    planner plan{shard_plan::fixed(2)};
    plan.on_no_limits();
    drain(plan);
    plan.on_ended(0, false);
    CHECK(drain(plan) == std::vector<shard_id>{{1, 2}});
}

TEST_CASE("a shard that is stopped before its turn is passed over until it is started") {
    planner plan{shard_plan::range(2, 5, 8)};
    plan.on_no_limits();
    SECTION("a later one") {
        plan.skip(3);
        drain(plan);
        plan.on_ready(2);
        CHECK(drain(plan) == std::vector<shard_id>{{4, 8}, {5, 8}});
        CHECK_FALSE(plan.will_start_more());
        CHECK_FALSE(plan.was_started(3));
        plan.unskip(3);
        CHECK(drain(plan) == std::vector<shard_id>{{3, 8}});
        CHECK(plan.was_started(3));
    }
    SECTION("the first: the next one starts alone in its place") {
        plan.skip(2);
        CHECK(drain(plan) == std::vector<shard_id>{{3, 8}});
        plan.unskip(2);
        CHECK_FALSE(plan.next());
        plan.on_ready(3);
        CHECK(drain(plan) == std::vector<shard_id>{{2, 8}, {4, 8}, {5, 8}});
    }
    SECTION("all of them: nothing is left to start") {
        for (int i = 2; i <= 5; ++i)
            plan.skip(i);
        CHECK_FALSE(plan.will_start_more());
    }
    SECTION("before its turn comes it is as if nothing was") {
        plan.skip(4);
        plan.unskip(4);
        plan.unskip(4);
        plan.unskip(9);
        plan.skip(9);
        drain(plan);
        plan.skip(2); // runs already
        plan.on_ready(2);
        CHECK(drain(plan) == std::vector<shard_id>{{3, 8}, {4, 8}, {5, 8}});
    }
}

TEST_CASE("today's session starts are compared with the shards: GW-ID-18 GW-ID-19") {
    struct row {
        int shards, remaining, total;
        budget expected;
    };
    for (const row& one :
         {row{1, 1, 1000, budget::enough}, row{16, 16, 1000, budget::enough},
          row{2, 1, 1000, budget::some_wait}, row{1, 0, 1000, budget::some_wait},
          row{1001, 1000, 1000, budget::impossible}, row{1, 1, 0, budget::enough}}) {
        INFO(one.shards << " shards, " << one.remaining << " of " << one.total);
        CHECK(
            judge_budget(one.shards, recommends(1, one.remaining, one.total).session_start_limit) ==
            one.expected);
    }
    planner waits{shard_plan::fixed(2)};
    waits.on_gateway_bot(recommends(2, 1));
    CHECK_THAT(waits.warning(),
               Catch::Contains("1 more session starts") && Catch::Contains("3600 s"));
    CHECK(waits.next());

    planner never{shard_plan::fixed(20)};
    try {
        never.on_gateway_bot(recommends(20, 10, 10));
        FAIL("accepted");
    } catch (const error& e) {
        CHECK(e.code() == errc::start_limit_reached);
    }
}

TEST_CASE("a recommendation that cannot be is refused") {
    planner plan{shard_plan::automatic()};
    CHECK_THROWS_AS(plan.on_gateway_bot(recommends(0)), error);
    planner fixed{shard_plan::fixed(1)};
    CHECK_NOTHROW(fixed.on_gateway_bot(recommends(0)));
}
