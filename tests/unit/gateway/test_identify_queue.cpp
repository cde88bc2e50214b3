#include "gateway/identify_queue.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace strandcord::gateway;
using time_point = identify_queue::time_point;

namespace {

constexpr auto step = identify_queue::spacing + identify_queue::margin;

struct queue_script {
    identify_queue queue;
    std::map<identify_queue::ticket, int> shards = {};
    time_point now{std::chrono::hours{1}};

    explicit queue_script(int concurrency = 1, int remaining = 1000,
                          std::chrono::nanoseconds reset = 24h) {
        queue.set_limits({concurrency, 1000, remaining, reset}, now);
    }
    identify_queue::ticket asks(int shard) {
        const auto ticket = queue.ask(shard);
        shards[ticket] = shard;
        return ticket;
    }
    std::vector<int> served() {
        std::vector<int> out;
        while (const auto ticket = queue.next(now))
            out.push_back(shards.at(*ticket));
        return out;
    }
    /// Everybody served sends at once.
    std::vector<int> served_and_sent() {
        const auto out = served();
        for (const int shard : out)
            queue.sent(shard, now);
        return out;
    }
};

using shards = std::vector<int>;

} // namespace

TEST_CASE("per key one Identify in 5 s and a margin, GW-ID-12 GW-ID-14") {
    queue_script q{2};
    const auto begin = q.now;
    for (int shard = 0; shard < 6; ++shard)
        q.asks(shard);
    CHECK(q.served_and_sent() == shards{0, 1});
    REQUIRE(q.queue.deadline(q.now));
    CHECK(*q.queue.deadline(q.now) == begin + step);
    q.now = begin + 5s;
    CHECK(q.served().empty());
    q.now = begin + step;
    CHECK(q.served_and_sent() == shards{2, 3});
    q.now = begin + 2 * step;
    CHECK(q.served_and_sent() == shards{4, 5});
    CHECK_FALSE(q.queue.deadline(q.now));
}

TEST_CASE("buckets start in order, whoever asked first, GW-ID-13") {
    queue_script q{16};
    for (int shard = 31; shard >= 0; --shard)
        q.asks(shard);
    const auto first = q.served_and_sent();
    REQUIRE(first.size() == 16);
    for (int shard = 0; shard < 16; ++shard)
        CHECK(first[static_cast<std::size_t>(shard)] == shard);
    q.now += step;
    const auto second = q.served_and_sent();
    REQUIRE(second.size() == 16);
    CHECK(second.front() == 16);
}

TEST_CASE("the 5 seconds count from the sending, not from the permit, GW-ID-14") {
    queue_script q;
    q.asks(0);
    q.asks(1);
    CHECK(q.served() == shards{0});
    CHECK_FALSE(q.queue.deadline(q.now));
    q.now += 1min;
    CHECK(q.served().empty());
    q.queue.sent(0, q.now);
    CHECK(*q.queue.deadline(q.now) == q.now + step);
    q.now += step;
    CHECK(q.served() == shards{1});
}

TEST_CASE("a place given up and a permit given back cost nothing, GW-ID-16") {
    queue_script q;
    q.asks(0);
    const auto second = q.asks(1);
    q.asks(2);
    CHECK(q.served() == shards{0});
    q.queue.give_up(second);
    q.queue.give_back(0);
    CHECK(q.served() == shards{2});
    CHECK(q.queue.remaining() == 1000);
    CHECK(q.queue.waiting() == 0);
}

TEST_CASE("at 0 left nobody is served until the allowance returns, GW-ID-18 GW-ID-19") {
    queue_script q{16, 1, 2h};
    const auto begin = q.now;
    q.asks(0);
    q.asks(1);
    CHECK(q.served() == shards{0});
    CHECK_FALSE(q.queue.deadline(q.now));
    SECTION("the last one is used") {
        q.queue.sent(0, q.now);
        CHECK(q.queue.remaining() == 0);
        CHECK(q.served().empty());
        CHECK(*q.queue.deadline(q.now) == begin + 2h);
        q.now = begin + 2h;
        CHECK(q.served_and_sent() == shards{1});
        CHECK(q.queue.remaining() == 999);
    }
    SECTION("the last one comes back") {
        q.queue.give_back(0);
        CHECK(q.served() == shards{1});
    }
}

TEST_CASE("a new concurrency does not let two through at once") {
    queue_script q;
    q.asks(0);
    CHECK(q.served_and_sent() == shards{0});
    q.queue.set_limits({4, 1000, 999, 24h}, q.now);
    q.asks(1);
    CHECK(q.served().empty());
    q.now += step;
    CHECK(q.served_and_sent() == shards{1});
}

TEST_CASE("without limits known one at a time is served") {
    identify_queue queue;
    const time_point now{1h};
    queue.ask(0);
    queue.ask(1);
    CHECK(queue.next(now));
    CHECK_FALSE(queue.next(now));
    CHECK_FALSE(queue.remaining());
}
