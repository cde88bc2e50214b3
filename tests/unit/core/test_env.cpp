#include <strandcord/config.hpp>
#include <strandcord/error.hpp>

#include <catch2/catch.hpp>
#include <cstdlib>

using namespace strandcord;

TEST_CASE("env gives the variable's value") {
    ::setenv("STRANDCORD_TEST_VALUE", "something", 1);
    CHECK(env("STRANDCORD_TEST_VALUE") == "something");
    CHECK(env("STRANDCORD_TEST_VALUE", "other") == "something");
    ::unsetenv("STRANDCORD_TEST_VALUE");
}

TEST_CASE("env names the variable that is not set, or empty") {
    ::unsetenv("STRANDCORD_TEST_VALUE");
    CHECK_THROWS_WITH(env("STRANDCORD_TEST_VALUE"),
                      "The environment variable STRANDCORD_TEST_VALUE is not set.");
    ::setenv("STRANDCORD_TEST_VALUE", "", 1);
    try {
        env("STRANDCORD_TEST_VALUE");
        FAIL("it did not throw");
    } catch (const error& e) {
        CHECK(e.code() == errc::invalid_configuration);
        CHECK(e.code() == cause::fatal);
    }
    CHECK(env("STRANDCORD_TEST_VALUE", "other") == "other");
    ::unsetenv("STRANDCORD_TEST_VALUE");
}
