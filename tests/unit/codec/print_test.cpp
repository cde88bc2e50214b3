#include "unit/codec/samples.hpp"

#include <strandcord/format.hpp>

#include <strandcord/model/role.hpp>

#include <catch2/catch.hpp>

using namespace sample;

TEST_CASE("a described value prints as people read it") {
    CHECK(sc::to_text(ping{.id = 1, .channel_id = 2, .content = "a \"b\"\n"}) ==
          R"({id=1, channel_id=2, content="a \"b\"\n"})");
    CHECK(sc::to_text(std::vector<int>{1, 2}) == "[1, 2]");
    CHECK(sc::to_text(tree{.name = "a", .children = {{.name = "b"}}}) ==
          R"({name="a", children=[{name="b", children=[]}]})");
}

TEST_CASE("what is absent is not printed, what is null is") {
    holders value;
    CHECK(sc::to_text(value).find("maybe") == std::string::npos);
    CHECK(sc::to_text(value).find("raw") == std::string::npos);
    value.maybe = 1;
    value.three.set_null();
    CHECK(sc::to_text(value).find("{maybe=1, three=null, ids=[]") == 0);
    CHECK(sc::to_text(std::optional<int>{}) == "absent");
}

TEST_CASE("times, permissions and numbers print plainly") {
    texts value{.text = "x", .id = 5, .allow = sc::permissions{8}};
    CHECK(sc::to_text(value) ==
          R"({text="x", id=5, allow=8, when=1970-01-01T00:00:00.000000+00:00, default=""})");
    CHECK(sc::to_text(0.5) == "0.5");
    CHECK(sc::to_text(true) == "true");
}

TEST_CASE("fmt prints described types, ids and times") {
    CHECK(fmt::format("{}", ping{.id = 1, .channel_id = 2, .content = "x"}) ==
          R"({id=1, channel_id=2, content="x"})");
    CHECK(fmt::format("[{:>4}]", sc::snowflake{12}) == "[  12]");
    CHECK(fmt::format("{}", sc::timestamp{}) == "1970-01-01T00:00:00.000000+00:00");
    CHECK(fmt::format("{}", sc::role_colors{}) == "{primary_color=0}");
}
