#include "runtime/backoff.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using strandcord::backoff;

TEST_CASE("GW-CONN-12: without jitter the waits double from 1 s to 60 s and stay there") {
    CHECK(backoff(1, 0) == 1s);
    CHECK(backoff(2, 0) == 2s);
    CHECK(backoff(3, 0) == 4s);
    CHECK(backoff(6, 0) == 32s);
    CHECK(backoff(7, 0) == 60s);
    CHECK(backoff(8, 0) == 60s);
    CHECK(backoff(1'000'000, 0) == 60s);
}

TEST_CASE("GW-CONN-12: jitter takes up to half of the wait away, never more") {
    for (int attempt = 1; attempt <= 10; ++attempt) {
        const auto full = backoff(attempt, 0);
        CHECK(backoff(attempt, 0.5) == full * 3 / 4);
        for (const double jitter : {0.0, 0.1, 0.5, 0.9, 0.999999}) {
            CHECK(backoff(attempt, jitter) <= full);
            CHECK(backoff(attempt, jitter) >= full / 2);
        }
    }
}

TEST_CASE("GW-CONN-12: the waits of five refused connections grow with any jitter") {
    for (const double jitter : {0.0, 0.3, 0.99})
        for (int attempt = 1; attempt < 5; ++attempt)
            CHECK(backoff(attempt + 1, jitter) > backoff(attempt, jitter));
}

TEST_CASE("before the first retry there is no wait") {
    CHECK(backoff(0, 0.5) == 0s);
    CHECK(backoff(-3, 0) == 0s);
}
