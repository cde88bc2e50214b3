#include "unit/codec/samples.hpp"

#include <strandcord/format.hpp>

#include <strandcord/model/channel.hpp>
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

TEST_CASE("times and numbers print plainly, permissions by their names") {
    texts value{.text = "x", .id = 5, .allow = sc::permissions{8}};
    CHECK(sc::to_text(value) ==
          R"({text="x", id=5, allow=administrator, when=1970-01-01T00:00:00.000000+00:00, )"
          R"(default=""})");
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

TEST_CASE("fmt prints what the members of a model are") {
    CHECK(fmt::format("{}", sc::channel_type::guild_text) == "guild_text");
    CHECK(fmt::format("{:>6}", sc::channel_type::dm) == "    dm");
    CHECK(fmt::format("{}", static_cast<sc::channel_type>(99)) == "99");
    CHECK(fmt::format("{}", sc::permission::speak) == "speak");
    CHECK(fmt::format("{}", sc::permission::speak | sc::permission::connect) == "connect|speak");
    CHECK(fmt::format("{}", sc::permissions{}) == "0");
    CHECK(fmt::format("{}", sc::flag_set{sc::role_flag::in_prompt}) == "in_prompt");
    sc::nullable<std::int32_t> number;
    CHECK(fmt::format("{}", number) == "absent");
    number.set_null();
    CHECK(fmt::format("{}", number) == "null");
    number = 5;
    CHECK(fmt::format("{}", number) == "5");
    sc::boxed<sc::role_tags> tags;
    CHECK(fmt::format("{}", tags) == "absent");
    tags.emplace().bot_id = sc::snowflake{3};
    CHECK(fmt::format("{}", tags) == "{bot_id=3}");
}
