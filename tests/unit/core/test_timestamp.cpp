#include <strandcord/timestamp.hpp>

#include <catch2/catch.hpp>
#include <string>

using namespace strandcord;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

timestamp at(sys_days date, microseconds time) {
    timestamp moment;
    moment.value = date + time;
    return moment;
}

const sys_days january_30 = year{2021} / January / 30;

} // namespace

TEST_CASE("a timestamp is read as Discord writes it") {
    CHECK(parse_timestamp("2021-01-30T19:28:44.123456+00:00") ==
          at(january_30, 19h + 28min + 44s + 123456us));
    CHECK(parse_timestamp("2021-01-30T19:28:44.123456Z") ==
          at(january_30, 19h + 28min + 44s + 123456us));
    CHECK(parse_timestamp("2021-01-30T19:28:44+00:00") == at(january_30, 19h + 28min + 44s));
    CHECK(parse_timestamp("2021-01-30T19:28:44Z") == at(january_30, 19h + 28min + 44s));
    CHECK(parse_timestamp("1970-01-01T00:00:00Z") == timestamp{});
}

TEST_CASE("fractions of 1 to 9 digits are read, to the microsecond") {
    CHECK(parse_timestamp("2021-01-30T00:00:00.1Z") == at(january_30, 100ms));
    CHECK(parse_timestamp("2021-01-30T00:00:00.120Z") == at(january_30, 120ms));
    CHECK(parse_timestamp("2021-01-30T00:00:00.000001Z") == at(january_30, 1us));
    CHECK(parse_timestamp("2021-01-30T00:00:00.123456789Z") == at(january_30, 123456us));
}

TEST_CASE("other offsets are brought to UTC") {
    CHECK(parse_timestamp("2021-01-30T01:00:00+02:00") == at(january_30, -1h));
    CHECK(parse_timestamp("2021-01-30T23:30:00-05:30") == at(january_30, 29h));
    CHECK(parse_timestamp("2021-01-30T00:00:00-00:00") == at(january_30, 0us));
}

TEST_CASE("the calendar is checked, leap years included") {
    CHECK(parse_timestamp("2024-02-29T00:00:00Z"));
    CHECK(parse_timestamp("2000-02-29T00:00:00Z"));
    CHECK(parse_timestamp("2021-12-31T23:59:59.999999Z"));
    for (const char* bad :
         {"2023-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2021-00-10T00:00:00Z",
          "2021-13-10T00:00:00Z", "2021-04-31T00:00:00Z", "2021-01-00T00:00:00Z",
          "2021-01-32T00:00:00Z", "2021-01-01T24:00:00Z", "2021-01-01T00:60:00Z",
          "2021-01-01T00:00:60Z", "2021-01-01T00:00:00+24:00", "2021-01-01T00:00:00+00:60"}) {
        INFO(bad);
        CHECK_FALSE(parse_timestamp(bad));
    }
}

TEST_CASE("anything but the ISO form gives nothing") {
    const std::string good = "2021-01-30T19:28:44.123456+00:00";
    for (std::size_t length = 0; length < good.size(); ++length) {
        INFO(length);
        CHECK_FALSE(parse_timestamp(std::string_view{good}.substr(0, length)));
    }
    for (const char* bad :
         {"2021-01-30 19:28:44Z", "2021-01-30T19:28:44", "2021-1-30T19:28:44Z",
          "2021-01-30T19:28:44.Z", "2021-01-30T19:28:44.1234567890Z", "2021-01-30T19:28:44ZZ",
          "2021-01-30T19:28:44z", "2021-01-30T19:28:44+0000", " 2021-01-30T19:28:44Z",
          "2021-01-30T19:28:44Z ", "+021-01-30T19:28:44Z", "2021-01-30T1-:28:44Z",
          "2021-01-30T19:28:44*00:00"}) {
        INFO(bad);
        CHECK_FALSE(parse_timestamp(bad));
    }
}

TEST_CASE("a timestamp is printed in the long form, in UTC") {
    CHECK(to_string(at(january_30, 19h + 28min + 44s + 123456us)) ==
          "2021-01-30T19:28:44.123456+00:00");
    CHECK(to_string(timestamp{}) == "1970-01-01T00:00:00.000000+00:00");
    CHECK(to_string(at(sys_days{}, -1us)) == "1969-12-31T23:59:59.999999+00:00");
}

TEST_CASE("what is printed is read back") {
    for (const auto days_on : {-20000, -1, 0, 59, 60, 789, 11016, 18262, 40000})
        for (const microseconds time : {0us, 1us, 999999us, microseconds{23h + 59min + 59s}}) {
            const timestamp moment = at(sys_days{days{days_on}}, time);
            CHECK(parse_timestamp(to_string(moment)) == moment);
        }
}
