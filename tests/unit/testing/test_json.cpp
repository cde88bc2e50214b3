#include "testing/json.hpp"

#include <catch2/catch.hpp>

using namespace strandcord::testing;

TEST_CASE("the emulator's JSON reads exactly one document") {
    CHECK(json_value::parse("null")->is_null());
    CHECK(json_value::parse(R"( {"a" : [1, -2.5e3, true, "x"]} )"));
    for (const auto* wrong : {"", "{", "[1,]", R"({"a":1,})", "01", "1.", "+1", "nul", "{} {}",
                              R"("\x")", R"("\ud800")", "\"\n\"", "{a:1}", "'a'"}) {
        INFO(wrong);
        CHECK_FALSE(json_value::parse(wrong));
    }
    CHECK_FALSE(json_value::parse(std::string(100000, '[')));
}

TEST_CASE("the emulator's JSON keeps what it read") {
    const std::string text =
        R"({"id":"123","big":9007199254740993,"list":[null,false,1.50],"s":"a\"b"})";
    const auto value = json_value::parse(text).value();
    CHECK(value.dump() == text);
    CHECK(value.find("id")->id() == strandcord::snowflake{123});
    CHECK(value.find("big")->integer() == 9007199254740993);
    CHECK_FALSE(value.find("big")->id());
    CHECK_FALSE(value.find("list")->items()[2].integer());
    CHECK(value.find("nothing") == nullptr);
    CHECK(json_value::parse(R"("\u00e9\ud83d\udd25\/")")->text() == "é🔥/");
}

TEST_CASE("the emulator's JSON writes objects and arrays by member") {
    json_object inner;
    inner.number("n", -1).boolean("b", true).null("z");
    json_object out;
    out.text("t", "line\nquote\"\x01").id("id", 5).splice(std::move(inner).done());
    out.raw("list", std::move(json_array{}.add("1").add("2")).done());
    CHECK(std::move(out).done() ==
          R"({"t":"line\nquote\"\u0001","id":"5","n":-1,"b":true,"z":null,"list":[1,2]})");
    CHECK(std::move(json_object{}.splice("{}").number("n", 1)).done() == R"({"n":1})");
}

TEST_CASE("the emulator's JSON can be changed") {
    auto value = json_value::parse(R"({"a":1,"b":2})").value();
    value.set("a", json_value::parse("[3]").value());
    value.set("c", json_value::parse("null").value());
    value.erase("b");
    CHECK(value.dump() == R"({"a":[3],"c":null})");
}
