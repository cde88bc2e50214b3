#include "codec/fields.hpp"
#include "codec/json_view.hpp"
#include "codec/memory.hpp"

#include <strandcord/permissions.hpp>

#include <catch2/catch.hpp>

using namespace strandcord;
using codec::value_ref;

namespace {

struct inner {
    snowflake id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(inner, (), (id, name))

struct outer {
    bool yes = false;
    std::int16_t small = 0;
    double real = 0;
    std::string text;
    permissions may;
    timestamp when;
    raw_json raw;
    inner plain;
    std::optional<inner> maybe;
    boxed<inner> box;
    nullable<std::int32_t> three;
    std::vector<inner> many;
};
BOOST_DESCRIBE_STRUCT(outer, (),
                      (yes, small, real, text, may, when, raw, plain, maybe, box, three, many))

constexpr std::string_view full =
    R"({"yes":true,"small":-3,"real":0.5,"text":"a text that does not fit inside","may":"8",
        "when":"2021-01-01T00:00:00Z","raw":{"x":[1]},"plain":{"id":"1","name":"n"},
        "maybe":{"id":"2"},"box":{"id":"3"},"three":4,"many":[{"id":"5"},{"id":"6"},{"id":"7"}]})";

value_ref ref(outer& object) {
    return {&codec::describe<outer>(), &object};
}

} // namespace

TEST_CASE("a copy by its table equals the original and shares nothing with it") {
    const auto original = from_json<outer>(full);
    outer copy;
    copy.many.resize(7);
    codec::assign(codec::describe<outer>(), &original, &copy);
    CHECK(equal(original, copy));
    copy.box->name = "x";
    CHECK(original.box->name.empty());
    outer nulls = from_json<outer>(R"({"three":null})");
    codec::assign(codec::describe<outer>(), &nulls, &copy);
    CHECK(copy.three.is_null());
    CHECK(equal(nulls, copy));
}

TEST_CASE("reset makes a new one of it") {
    auto object = from_json<outer>(full);
    codec::reset(ref(object));
    CHECK(equal(object, outer{}));
}

TEST_CASE("members are read and set by name, through what holds them") {
    auto object = from_json<outer>(full);
    CHECK(codec::integer_of(ref(object).member("small")) == -3);
    CHECK(codec::integer_of(ref(object).member("three")) == 4);
    CHECK(codec::id_of(ref(object).member("box").member("id")) == snowflake{3});
    CHECK(codec::text_of(ref(object).member("plain").member("name")) == "n");
    CHECK_FALSE(ref(object).member("nothing"));
    CHECK_FALSE(ref(object).member("nothing").member("more"));
    CHECK_FALSE(codec::integer_of(ref(object).member("text")));

    outer empty;
    codec::set_integer(ref(empty).member("three"), 9);
    codec::set_id(ref(empty).member("maybe").engaged().member("id"), 12);
    codec::set_boolean(ref(empty).member("yes"), true);
    codec::set_id(ref(empty).member("nothing"), 1);
    CHECK(*empty.three == 9);
    CHECK(empty.maybe->id == snowflake{12});
    CHECK(empty.yes);
}

TEST_CASE("elements are added and taken away") {
    auto object = from_json<outer>(full);
    const value_ref many = ref(object).member("many");
    CHECK(codec::count_of(many) == 3);
    codec::erase_from(many, 0);
    CHECK(object.many.size() == 2);
    CHECK(object.many[0].id == snowflake{6});
    codec::set_id(codec::append_to(many).member("id"), 8);
    CHECK(object.many.back().id == snowflake{8});
    CHECK_FALSE(codec::append_to(ref(object).member("text")));
}

TEST_CASE("memory is what an object has allocated") {
    const auto& type = codec::describe<outer>();
    outer empty;
    CHECK(codec::memory_of(type, &empty) == 0);
    outer object;
    object.text.assign(100, 'x');
    object.box.emplace();
    object.many.reserve(4);
    object.many.resize(2);
    object.many[0].name.assign(50, 'y');
    // A box also says how it is copied.
    CHECK(codec::memory_of(type, &object) == object.text.capacity() + 1 +
                                                 sizeof(detail::box_of<inner>) + 4 * sizeof(inner) +
                                                 object.many[0].name.capacity() + 1);
    codec::compact(type, &object);
    CHECK(object.many.capacity() == 2);
}

TEST_CASE("JSON is read in parts, and what is not there is nothing") {
    const codec::json_document text{
        R"({"id":"12","n":-4,"s":"a\"b","list":[1,{"x":"2"},null],"o":{"deep":{"id":34}},"no":null})"};
    const auto root = text.root();
    CHECK(root["id"].id() == snowflake{12});
    CHECK(root["o"]["deep"]["id"].id() == snowflake{34});
    CHECK(root["n"].integer() == -4);
    CHECK(root["s"].text() == "a\"b");
    CHECK(root["no"].is_null());
    CHECK_FALSE(root["nothing"]["more"]["id"].id());
    CHECK_FALSE(root["id"]["x"]);
    CHECK_FALSE(root["list"].integer());
    int elements = 0;
    root["list"].each([&](const codec::json_view& one) { elements += one.is_object() ? 10 : 1; });
    CHECK(elements == 12);
    std::string names;
    root.members([&](std::string_view name, const codec::json_view&) { names += name; });
    CHECK(names == "idnslistono");
    CHECK(root["list"].raw() == R"([1,{"x":"2"},null])");
    CHECK_THROWS_AS(codec::json_document{"{"}, std::exception);
}
