#include "gateway/command_limiter.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <vector>

using namespace std::chrono_literals;
using strandcord::gateway::command_limiter;
using time_point = command_limiter::time_point;

TEST_CASE("the limiter keeps slots free for beats and for Identify or Resume, GW-SEND-5") {
    command_limiter limiter;
    const auto [interval, least] = GENERATE(table<std::chrono::milliseconds, int>(
        {{41250ms, 7}, {10s, 12}, {1s, 66}, {100ms, 119}, {1h, 6}}));
    limiter.beats_every(interval);
    CHECK(limiter.reserve() >= least);
    CHECK(limiter.reserve() < command_limiter::limit);
    const time_point now{1h};
    int taken = 0;
    while (limiter.take(now))
        ++taken;
    CHECK(taken == command_limiter::limit - limiter.reserve());
    CHECK(limiter.available(now) == now + command_limiter::window);
}

TEST_CASE("heartbeats never wait, but count, GW-HB-13") {
    command_limiter limiter;
    limiter.beats_every(41250ms);
    const time_point now{1h};
    for (int beat = 0; beat < 60; ++beat)
        limiter.take_reserved(now);
    int taken = 0;
    while (limiter.take(now))
        ++taken;
    CHECK(taken == 60);
    CHECK(limiter.used(now) == 120);
    CHECK(limiter.used(now + command_limiter::window) == 0);
}

TEST_CASE("a new connection has all its slots, GW-SEND-4") {
    command_limiter limiter;
    const time_point now{1h};
    while (limiter.take(now)) {
    }
    limiter.reset();
    CHECK(limiter.take(now));
    CHECK(limiter.used(now) == 1);
}

TEST_CASE("whatever comes when, no 60 s hold more than 120 and `available` is true to its word, "
          "GW-SEND-3") {
    const auto seed = GENERATE(range(1U, 40U));
    INFO("seed " << seed);
    std::mt19937 random{seed};
    const auto below = [&](int bound) {
        return static_cast<int>(random() % static_cast<unsigned>(bound));
    };
    command_limiter limiter;
    const auto interval = std::chrono::seconds{1 + below(45)};
    limiter.beats_every(interval);
    time_point now{1h};
    auto next_beat = now;
    std::vector<time_point> sent;
    for (int step = 0; step < 1500; ++step) {
        const auto then = now + std::chrono::milliseconds{below(3) == 0 ? below(4000) : below(40)};
        for (; next_beat <= then; next_beat += interval) {
            limiter.take_reserved(next_beat);
            sent.push_back(next_beat);
        }
        now = then;
        const auto promised = limiter.available(now);
        if (limiter.take(now)) {
            CHECK(promised == now);
            sent.push_back(now);
            continue;
        }
        REQUIRE(promised > now);
        auto copy = limiter;
        CHECK_FALSE(copy.take(promised - 1ns));
        CHECK(copy.take(promised));
    }
    for (std::size_t first = 0, last = 0; last < sent.size(); ++last) {
        while (sent[last] - sent[first] >= 60s)
            ++first;
        REQUIRE(last - first + 1 <= 120);
    }
}
