#include "unit/codec/samples.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace sample;

TEST_CASE("every kind of number is written so that it reads back") {
    numbers value{.flag = true,
                  .i8 = -128,
                  .i16 = -32768,
                  .i32 = std::numeric_limits<std::int32_t>::min(),
                  .i64 = std::numeric_limits<std::int64_t>::min(),
                  .u8 = 255,
                  .u16 = 65535,
                  .u32 = 4294967295U,
                  .u64 = std::numeric_limits<std::uint64_t>::max(),
                  .f64 = 0.1,
                  .colour = static_cast<colour>(9999),
                  .tiny = tiny::some};
    std::string text = sc::to_json(value);
    CHECK(text == R"({"flag":true,"i8":-128,"i16":-32768,"i32":-2147483648,)"
                  R"("i64":-9223372036854775808,"u8":255,"u16":65535,"u32":4294967295,)"
                  R"("u64":18446744073709551615,"f64":0.1,"colour":9999,"tiny":1})");
    CHECK(sc::equal(sc::from_json<numbers>(text), value));
}

TEST_CASE("a number that JSON does not have is written as null") {
    CHECK(sc::to_json(std::numeric_limits<double>::infinity()) == "null");
    CHECK(sc::to_json(std::numeric_limits<double>::quiet_NaN()) == "null");
    CHECK(sc::to_json(1e300) == "1e+300");
    CHECK(sc::to_json(5.0) == "5");
}

TEST_CASE("ids and permissions are strings, times are ISO 8601") {
    texts value{.text = "t",
                .id = {18446744073709551615ULL},
                .allow = sc::permissions{sc::permission::bypass_slowmode},
                .when = sc::parse_timestamp("2017-03-13T19:19:14.04Z").value(),
                .raw = {R"({"a":[1]})"},
                .default_ = "d"};
    CHECK(sc::to_json(value) ==
          R"({"text":"t","id":"18446744073709551615","allow":"4503599627370496",)"
          R"("when":"2017-03-13T19:19:14.040000+00:00","raw":{"a":[1]},"default":"d"})");
}

TEST_CASE("absent is not written, null is written as null") {
    holders value;
    CHECK(sc::to_json(value).find("maybe") == std::string::npos);
    CHECK(sc::to_json(value).find("three") == std::string::npos);
    CHECK(sc::to_json(value).find("words") == std::string::npos);
    CHECK(sc::to_json(value).find("raw") == std::string::npos);
    CHECK(sc::to_json(value).find("box") == std::string::npos);
    value.three = std::nullopt;
    CHECK(sc::to_json(value).find("\"three\":null") != std::string::npos);
    value.three = std::string{"x"};
    CHECK(sc::to_json(value).find("\"three\":\"x\"") != std::string::npos);
    value.words.emplace();
    CHECK(sc::to_json(value).find("\"words\":[]") != std::string::npos);
}

TEST_CASE("OBJ-2 absent, null and a value survive the round trip") {
    auto state = GENERATE(0, 1, 2);
    holders value;
    if (state == 1)
        value.three.set_null();
    if (state == 2)
        value.three = std::string{"x"};
    auto again = sc::from_json<holders>(sc::to_json(value));
    CHECK(again.three == value.three);
}

TEST_CASE("all that JSON cannot hold is escaped, the rest is left alone") {
    struct expectation {
        std::string text;
        std::string json;
    };
    auto [text, json] = GENERATE(
        expectation{"plain / text'", "\"plain / text'\""},
        expectation{"\"\\\n\r\t", R"("\"\\\n\r\t")"},
        expectation{std::string("\0\x01\x1F\x7F", 4), "\"\\u0000\\u0001\\u001f\x7F\""},
        expectation{"grüße 🔥", "\"grüße 🔥\""}, expectation{"", "\"\""},
        expectation{"a\xFFz", "\"a\xEF\xBF\xBDz\""},                             // no lead byte
        expectation{"\xC3", "\"\xEF\xBF\xBD\""},                                 // cut off
        expectation{"\xE2\x82", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},                 // cut off
        expectation{"\xC0\xAF", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},                 // overlong
        expectation{"\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""}, // surrogate
        expectation{"\xF4\x90\x80\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""});
    CHECK(sc::to_json(text) == json);
    // Whatever the text was, what is written is JSON.
    CHECK_NOTHROW(sc::from_json<std::string>(json));
}

TEST_CASE("every text survives the round trip") {
    std::string text;
    for (int letter = 0; letter < 128; ++letter)
        text += static_cast<char>(letter);
    text += "é€🔥\xEF\xBF\xBF";
    CHECK(sc::from_json<std::string>(sc::to_json(text)) == text);
}

TEST_CASE("a sequence is an array, an object in it too") {
    CHECK(sc::to_json(std::vector<int>{1, 2, 3}) == "[1,2,3]");
    CHECK(sc::to_json(std::vector<int>{}) == "[]");
    CHECK(sc::to_json(std::vector<ping>{{.id = 1, .channel_id = 2, .content = "x"}}) ==
          R"([{"id":"1","channel_id":"2","content":"x"}])");
    CHECK(sc::to_json(std::vector<std::optional<int>>{1, std::nullopt}) == "[1,null]");
}

TEST_CASE("inherited members are written first") {
    signed_ping value;
    value.author.username = "ada";
    CHECK(sc::to_json(value) ==
          R"({"id":"0","channel_id":"0","content":"","author":{"username":"ada"}})");
}
