#include <strandcord/snowflake.hpp>

#include <catch2/catch.hpp>
#include <string>
#include <unordered_set>

using namespace strandcord;

TEST_CASE("an id is read from digits, up to 64 bits") {
    CHECK(parse_snowflake("175928847299117063") == snowflake{175928847299117063ULL});
    CHECK(parse_snowflake("0") == snowflake{});
    CHECK(parse_snowflake("9223372036854775808") == snowflake{1ULL << 63});
    CHECK(parse_snowflake("18446744073709551615") == snowflake{~0ULL});
}

TEST_CASE("what is not an id gives nothing") {
    for (const char* bad :
         {"", " 1", "1 ", "+1", "-1", "0x10", "1.0", "12a", "18446744073709551616",
          "99999999999999999999", "000000000000000000001", "null"}) {
        INFO(bad);
        CHECK_FALSE(parse_snowflake(bad));
    }
}

TEST_CASE("an id is printed as Discord writes it") {
    CHECK(to_string(snowflake{175928847299117063ULL}) == "175928847299117063");
    CHECK(to_string(snowflake{~0ULL}) == "18446744073709551615");
    CHECK(to_string(snowflake{}) == "0");
}

TEST_CASE("an id knows when it was made") {
    using namespace std::chrono;
    const auto made = snowflake{175928847299117063ULL}.created_at();
    CHECK(duration_cast<milliseconds>(made.time_since_epoch()).count() == 1462015105796);
    CHECK(duration_cast<milliseconds>(snowflake{~0ULL}.created_at().time_since_epoch()).count() ==
          1420070400000 + 4398046511103);
}

TEST_CASE("ids are ordered, hashed and zero means none") {
    CHECK(snowflake{1} < snowflake{1ULL << 63});
    CHECK_FALSE(snowflake{});
    CHECK(snowflake{1});
    std::unordered_set<snowflake> seen{1, 2, 2, 3};
    CHECK(seen.size() == 3);
}
