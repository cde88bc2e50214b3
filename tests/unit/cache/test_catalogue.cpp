#include "cache/effects.hpp"
#include "model/catalogue.hpp"

#include <catch2/catch.hpp>

using namespace strandcord;

TEST_CASE("every event that touches a kind has an effect, and no other") {
    for (const auto& row : catalogue()) {
        CAPTURE(row.name);
        CHECK((cache::effect_of(row.name) != nullptr) == !row.touches.empty());
    }
    CHECK(cache::effect_of("FOO_BAR") == nullptr);
}
