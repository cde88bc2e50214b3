#include <strandcord/format.hpp>
#include <strandcord/model/message.hpp>

#include <catch2/catch.hpp>

namespace sc = strandcord;

TEST_CASE("models print with fmt, enumerators and flags by their names") {
    const auto role =
        sc::from_json<sc::role_colors>(R"({"primary_color":5,"secondary_color":null})");
    CHECK(fmt::format("{}", role) == "{primary_color=5, secondary_color=null}");
    const auto reference = sc::from_json<sc::message_reference>(R"({"type":1,"channel_id":"7"})");
    CHECK(fmt::format("<{}>", reference) == "<{type=forward, channel_id=7}>");
    const auto embed = sc::from_json<sc::embed_media>(R"({"url":"u","flags":32})");
    CHECK(fmt::format("{}", embed) == "{url=\"u\", flags=is_animated}");
    const auto owners = sc::from_json<sc::json_map<sc::snowflake>>(R"({"1":"2","0":"3"})");
    CHECK(sc::to_text(owners) == "{1=2, 0=3}");
}

TEST_CASE("models are equal when all their members are") {
    const auto text = R"({"type":1,"channel_id":"7"})";
    auto one = sc::from_json<sc::message_reference>(text);
    const auto other = sc::from_json<sc::message_reference>(text);
    CHECK(one == other);
    one.guild_id = sc::snowflake{1};
    CHECK(one != other);
    CHECK(std::vector<sc::message_reference>{other} == std::vector<sc::message_reference>{other});
}

TEST_CASE("a map of JSON is found by name, by id and in order") {
    const auto map = sc::from_json<sc::json_map<std::string>>(R"({"5":"five","de":"fünf"})");
    REQUIRE(map.size() == 2);
    CHECK(*map.find("de") == "fünf");
    CHECK(*map.find(sc::snowflake{5}) == "five");
    CHECK(map.find("fr") == nullptr);
    CHECK(map[1].name == "de");
    CHECK(sc::to_json(map) == R"({"5":"five","de":"fünf"})");
    sc::codec::decode_report report;
    const auto partly = sc::from_json<sc::json_map<std::string>>(R"({"a":{},"b":"x"})", report);
    CHECK(partly.size() == 1);
    CHECK(report.problems.at(0).path == "[]");
    CHECK(map != partly);
    CHECK(map == sc::from_json<sc::json_map<std::string>>(sc::to_json(map)));
    CHECK(map != sc::from_json<sc::json_map<std::string>>(R"({"de":"fünf","5":"five"})"));
}

TEST_CASE("a box is absent, null or a value, and copies what is in it") {
    sc::boxed<sc::message_reference> box;
    CHECK(box.is_absent());
    CHECK_THROWS_AS(box.value(), std::bad_optional_access);
    box = std::nullopt;
    CHECK(box.is_null());
    CHECK_FALSE(box);
    box.emplace().guild_id = sc::snowflake{1};
    auto copy = box;
    CHECK(copy == box);
    copy->guild_id = sc::snowflake{2};
    CHECK(box->guild_id == sc::snowflake{1});
    CHECK(copy != box);
    auto moved = std::move(copy);
    CHECK(moved->guild_id == sc::snowflake{2});
    CHECK(copy.is_absent());
    moved.set_null();
    auto of_null = moved;
    CHECK(of_null.is_null());
    CHECK(of_null == moved);
    moved.reset();
    CHECK(moved.is_absent());
    CHECK(of_null != moved);
    CHECK(box != moved);
    const auto& same = box;
    box = same;
    CHECK(box.value().guild_id == sc::snowflake{1});
}
