#include "core/clock.hpp"
#include "core/random.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <random>
#include <vector>

using namespace strandcord;

// Every timer of the library is one of this clock (runtime/timer.hpp).
TEST_CASE("GW-SAFE-6: the library's time is steady, whatever happens to the wall clock") {
    STATIC_REQUIRE(runtime_clock::is_steady);
    const auto before = std::chrono::steady_clock::now().time_since_epoch();
    const auto now = runtime_clock::now().time_since_epoch();
    const auto after = std::chrono::steady_clock::now().time_since_epoch();
    CHECK(before <= now);
    CHECK(now <= after);
}

TEST_CASE(
    "chance follows from the seed on a thread whose time is owned, and from the system elsewhere") {
    const auto draw = [] {
        std::vector<std::uint32_t> out;
        random_words words;
        for (int i = 0; i < 8; ++i)
            out.push_back(words());
        return out;
    };
    const auto owned = [&draw](std::uint64_t seed) {
        manual_time time;
        time.seed(seed);
        return draw();
    };
    CHECK(owned(1) == owned(1));
    CHECK(owned(1) != owned(2));
    CHECK(draw() != draw());
}
