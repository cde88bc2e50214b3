#include "unit/codec/samples.hpp"

#include <strandcord/model/message.hpp>

#include <catch2/catch.hpp>

using namespace sample;

namespace {

// Each changes one member.
const std::vector<std::string> changes = {
    R"({"maybe":1})",
    R"({"three":null})",
    R"({"three":"x"})",
    R"({"ids":["1"]})",
    R"({"list":[{}]})",
    R"({"list":[{"text":"a"}]})",
    R"({"box":{}})",
    R"({"unique":0})",
    R"({"shared":{}})",
    R"({"words":[]})",
    R"({"words":[""]})",
    R"({"inside":{"text":"a"}})",
    R"({"inside":{"id":"1"}})",
    R"({"inside":{"allow":"1"}})",
    R"({"inside":{"when":"2020-01-01T00:00:00Z"}})",
    R"({"inside":{"raw":[]}})",
};

} // namespace

TEST_CASE("values are equal when every member is") {
    for (std::size_t i = 0; i < changes.size(); ++i) {
        for (std::size_t j = 0; j < changes.size(); ++j) {
            auto left = sc::from_json<holders>(changes[i]);
            auto right = sc::from_json<holders>(changes[j]);
            CAPTURE(changes[i], changes[j]);
            CHECK(sc::equal(left, right) == (i == j));
        }
        CHECK_FALSE(sc::equal(sc::from_json<holders>(changes[i]), holders{}));
    }
    CHECK(sc::equal(holders{}, holders{}));
}

TEST_CASE("numbers of every width compare") {
    for (const char* change :
         {R"({"flag":true})", R"({"i8":1})", R"({"i16":1})", R"({"i32":1})", R"({"i64":1})",
          R"({"u8":1})", R"({"u16":1})", R"({"u32":1})", R"({"u64":1})", R"({"f64":1})",
          R"({"colour":1})", R"({"tiny":1})"}) {
        CAPTURE(change);
        CHECK_FALSE(sc::equal(sc::from_json<numbers>(change), numbers{}));
        CHECK(sc::equal(sc::from_json<numbers>(change), sc::from_json<numbers>(change)));
    }
}

TEST_CASE("a copy of a message is its own, the message it answers too") {
    sc::message original;
    original.content = "answer";
    original.referenced_message.emplace().content = "question";
    sc::message copy = original;
    CHECK(sc::equal(copy, original));
    copy.referenced_message->content = "another question";
    CHECK_FALSE(sc::equal(copy, original));
    CHECK(original.referenced_message->content == "question");
    copy = original;
    CHECK(sc::equal(copy, original));
}

TEST_CASE("a nullable is in one of three states") {
    sc::nullable<int> value;
    CHECK(value.is_absent());
    CHECK_FALSE(value);
    value = std::nullopt;
    CHECK(value.is_null());
    CHECK_FALSE(value.is_absent());
    value = 5;
    CHECK(value);
    CHECK(*value == 5);
    CHECK_FALSE(value.is_null());
    value.set_null();
    CHECK(value == sc::nullable<int>{std::nullopt});
    value.reset();
    CHECK(value == sc::nullable<int>{});
    CHECK_FALSE(value == sc::nullable<int>{std::nullopt});
}
