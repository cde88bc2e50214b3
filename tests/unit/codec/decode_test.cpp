#include "codec/json_view.hpp"
#include "unit/codec/samples.hpp"

#include <strandcord/error.hpp>
#include <strandcord/model/channel.hpp>

#include <catch2/catch.hpp>
#include <limits>

using namespace sample;

namespace {

struct decoded_numbers {
    numbers value = {};
    sc::codec::decode_report report = {};
};

decoded_numbers read_numbers(const std::string& text) {
    decoded_numbers out;
    out.value = sc::from_json<numbers>(text, out.report);
    return out;
}

template <class T>
std::string refused(const std::string& text) {
    try {
        sc::from_json<T>(text);
    } catch (const sc::error& failure) {
        CHECK(failure.code() == sc::errc::malformed_payload);
        return failure.what();
    }
    return {};
}

std::string nested(std::size_t depth, const std::string& inside, const std::string& open,
                   const std::string& close) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i)
        text += open;
    text += inside;
    for (std::size_t i = 0; i < depth; ++i)
        text += close;
    return text;
}

} // namespace

TEST_CASE("every kind of number is read, at its limits") {
    auto [low, low_report] = read_numbers(
        R"({"flag":true,"i8":-128,"i16":-32768,"i32":-2147483648,"i64":-9223372036854775808,"f64":-0.5})");
    CHECK(low_report.empty());
    CHECK(low.flag);
    CHECK(low.i8 == -128);
    CHECK(low.i16 == -32768);
    CHECK(low.i32 == std::numeric_limits<std::int32_t>::min());
    CHECK(low.i64 == std::numeric_limits<std::int64_t>::min());
    CHECK(low.f64 == -0.5);

    auto [high, high_report] = read_numbers(
        R"({"i64":9223372036854775807,"u8":255,"u16":65535,"u32":4294967295,"u64":18446744073709551615})");
    CHECK(high_report.empty());
    CHECK(high.i64 == std::numeric_limits<std::int64_t>::max());
    CHECK(high.u8 == 255);
    CHECK(high.u16 == 65535);
    CHECK(high.u32 == 4294967295U);
    CHECK(high.u64 == std::numeric_limits<std::uint64_t>::max());
}

TEST_CASE("a number that does not fit costs its own member only") {
    auto text = GENERATE(as<std::string>{}, R"("i8":128)", R"("i16":-32769)", R"("i32":2147483648)",
                         R"("i64":9223372036854775808)", R"("u8":256)", R"("u16":65536)",
                         R"("u32":4294967296)", R"("u64":18446744073709551616)", R"("u64":-1)",
                         R"("i32":1.5)", R"("i32":"12a")", R"("i32":"")", R"("i32":true)",
                         R"("i32":{})", R"("i32":[1])", R"("f64":"1")", R"("f64":1e999)",
                         R"("flag":1)", R"("flag":"true")", R"("colour":"red")");
    CAPTURE(text);
    auto [value, report] = read_numbers("{\"u16\":7," + text + ",\"i16\":-7}");
    CHECK(report.count == 1);
    REQUIRE(report.problems.size() == 1);
    CHECK(report.problems[0].path == text.substr(1, text.find('"', 1) - 1));
    bool kept = value.i8 == 0 && value.i32 == 0 && value.i64 == 0 && value.u8 == 0 &&
                value.u32 == 0 && value.u64 == 0 && value.f64 == 0 && !value.flag;
    CHECK(kept);
    if (text.find("u16") == std::string::npos)
        CHECK(value.u16 == 7);
    if (text.find("i16") == std::string::npos)
        CHECK(value.i16 == -7);
}

TEST_CASE("integers come as numbers, as strings and with an empty fraction") {
    auto [value, report] =
        read_numbers(R"({"i32":"-12","u64":"18446744073709551615","i64":5.0,"u32":1e3,"f64":5})");
    CHECK(report.empty());
    CHECK(value.i32 == -12);
    CHECK(value.u64 == std::numeric_limits<std::uint64_t>::max());
    CHECK(value.i64 == 5);
    CHECK(value.u32 == 1000);
    CHECK(value.f64 == 5);
}

TEST_CASE("OBJ-4 an unknown enumerator is kept as its number") {
    auto [value, report] = read_numbers(R"({"colour":9999,"tiny":77})");
    CHECK(report.empty());
    CHECK(static_cast<int>(value.colour) == 9999);
    CHECK(static_cast<int>(value.tiny) == 77);
}

TEST_CASE("OBJ-1 an id is a string or an integer of 64 bits, and nothing else") {
    struct expectation {
        const char* text;
        std::optional<std::uint64_t> id;
    };
    auto [text, id] = GENERATE(
        expectation{R"("18446744073709551615")", 18446744073709551615ULL},
        expectation{"18446744073709551615", 18446744073709551615ULL}, expectation{R"("0")", 0},
        expectation{R"("00000000000000000001")", 1},
        expectation{"9007199254740993", 9007199254740993},
        expectation{R"("18446744073709551616")", {}}, expectation{"18446744073709551616", {}},
        expectation{R"("111111111111111111111")", {}}, expectation{R"("12a")", {}},
        expectation{R"("")", {}}, expectation{"-1", {}}, expectation{"1.5", {}},
        expectation{"1e3", {}}, expectation{"true", {}}, expectation{"{}", {}},
        expectation{R"(" 1")", {}});
    CAPTURE(text);
    sc::codec::decode_report report;
    texts value{.id = {42}};
    sc::codec::decode(sc::codec::describe<texts>(), &value,
                      std::string{R"({"text":"kept","id":)"} + text + "}", report);
    CHECK(value.text == "kept");
    CHECK(value.id.value == id.value_or(42));
    CHECK(report.count == (id ? 0U : 1U));
    if (!id)
        CHECK(report.problems.at(0) == sc::codec::decode_problem{"id", "snowflake"});
}

TEST_CASE("OBJ-7 permissions are digits in a string") {
    sc::codec::decode_report report;
    auto value = sc::from_json<texts>(R"({"allow":"4503599627370496"})", report);
    CHECK(value.allow == sc::permissions{sc::permission::bypass_slowmode});
    CHECK(report.empty());
    value = sc::from_json<texts>(R"({"allow":"1234567890123456789012345"})", report);
    CHECK(value.allow.empty());
    CHECK(report.count == 1);
}

TEST_CASE("OBJ-8 a timestamp that is none is left out") {
    sc::codec::decode_report report;
    auto value = sc::from_json<texts>(R"({"when":"2017-03-13T19:19:14.040000+00:00"})", report);
    CHECK(sc::to_string(value.when) == "2017-03-13T19:19:14.040000+00:00");
    CHECK(report.empty());
    sc::from_json<texts>(R"({"when":"yesterday"})", report);
    sc::from_json<texts>(R"({"when":1700000000})", report);
    CHECK(report.count == 2);
}

TEST_CASE("escapes and UTF-8 become text") {
    struct expectation {
        const char* json;
        const char* text;
    };
    auto [json, text] = GENERATE(
        expectation{R"("plain")", "plain"}, expectation{R"("")", ""},
        expectation{R"("\"\\\/\b\f\n\r\t")", "\"\\/\b\f\n\r\t"},
        expectation{R"("gr\u00fc\u00DFe")", "grüße"}, expectation{R"("grüße 🔥")", "grüße 🔥"},
        expectation{R"("\ud83d\udd25")", "🔥"}, expectation{R"("a\ud83d")", "a\xEF\xBF\xBD"},
        expectation{R"("\ud83dx")", "\xEF\xBF\xBDx"}, expectation{R"("\udd25")", "\xEF\xBF\xBD"},
        expectation{R"("\ud83d\u0041")", "\xEF\xBF\xBD"
                                         "A"},
        expectation{R"("ends in a backslash\\")", "ends in a backslash\\"},
        expectation{R"("\\\"")", "\\\""});
    CAPTURE(json);
    sc::codec::decode_report report;
    auto value =
        sc::from_json<texts>(std::string{R"({"text" : )"} + json + " , \"id\":\"1\"}", report);
    CHECK(value.text == text);
    CHECK(value.id.value == 1);
    CHECK(report.empty());
}

TEST_CASE("a NUL written as an escape stays in the text") {
    auto value = sc::from_json<texts>(R"({"text":"a\u0000b"})");
    CHECK(value.text == std::string("a\0b", 3));
}

TEST_CASE("a text with an escape that JSON does not know is left out") {
    auto json = GENERATE(R"("\x")", R"("\u12")", R"("\u12g4")", R"("\'")");
    sc::codec::decode_report report;
    auto value = sc::from_json<texts>(std::string{R"({"text":)"} + json + ",\"id\":1}", report);
    CHECK(value.text.empty());
    CHECK(value.id.value == 1);
    CHECK(report.count == 1);
}

TEST_CASE("null and absent leave a plain member as it was") {
    texts value{.text = "before", .id = {7}, .allow = sc::permissions{5}};
    sc::codec::decode_report report;
    sc::codec::decode(sc::codec::describe<texts>(), &value, R"({"text":null,"id":null})", report);
    CHECK(report.empty());
    CHECK(value.text == "before");
    CHECK(value.id.value == 7);
    CHECK(value.allow.bits() == 5);
}

TEST_CASE("OBJ-2 an update keeps what is absent and empties what is null") {
    holders value;
    value.maybe = 3;
    value.three = std::string{"x"};
    value.words = std::vector<std::string>{"a"};
    sc::codec::decode_report report;
    auto update = [&](const char* text) {
        sc::codec::decode(sc::codec::describe<holders>(), &value, text, report);
    };
    update("{}");
    CHECK(value.maybe == 3);
    CHECK(*value.three == "x");
    CHECK(value.words->size() == 1);
    update(R"({"maybe":null,"three":null,"words":null})");
    CHECK_FALSE(value.maybe);
    CHECK(value.three.is_null());
    CHECK_FALSE(value.words);
    update(R"({"three":5})");
    CHECK(value.three.is_null());
    CHECK(report.count == 1);
    update(R"({"three":"y","words":["b","c"]})");
    CHECK(*value.three == "y");
    CHECK(*value.words == std::vector<std::string>{"b", "c"});
    update(R"({"words":["d"]})");
    CHECK(*value.words == std::vector<std::string>{"d"});
}

TEST_CASE("an optional whose value does not fit stays as it was") {
    sc::codec::decode_report report;
    auto value = sc::from_json<holders>(
        R"({"maybe":"x","three":1,"box":2,"unique":{},"shared":[]})", report);
    CHECK_FALSE(value.maybe);
    CHECK(value.three.is_absent());
    CHECK_FALSE(value.box);
    CHECK_FALSE(value.unique);
    CHECK_FALSE(value.shared);
    CHECK(report.count == 5);
}

TEST_CASE("every holder is filled") {
    auto value = sc::from_json<holders>(
        R"({"maybe":1,"three":"t","ids":["1",2],"list":[{"text":"a"},{"text":"b"}],"box":{"id":"9"},
            "unique":4,"shared":{"text":"s"},"words":[],"inside":{"id":5}})");
    CHECK(value.maybe == 1);
    CHECK(*value.three == "t");
    CHECK(value.ids == std::vector<sc::snowflake>{1, 2});
    REQUIRE(value.list.size() == 2);
    CHECK(value.list[1].text == "b");
    CHECK(value.box->id.value == 9);
    CHECK(*value.unique == 4);
    CHECK(value.shared->text == "s");
    CHECK(value.words->empty());
    CHECK(value.inside.id.value == 5);
}

TEST_CASE("OBJ-5 an element that does not fit does not spoil its siblings") {
    sc::codec::decode_report report;
    auto value = sc::from_json<holders>(
        R"({"ids":["1","no",null,{"a":[]},"5"],"list":[{"id":"x","text":"kept"},7,{"text":"b"}]})",
        report);
    CHECK(value.ids == std::vector<sc::snowflake>{1, 5});
    REQUIRE(value.list.size() == 2);
    CHECK(value.list[0].text == "kept");
    CHECK(value.list[1].text == "b");
    using problem = sc::codec::decode_problem;
    CHECK(report.problems == std::vector<problem>{{"ids[]", "snowflake"},
                                                  {"list[].id", "snowflake"},
                                                  {"list[]", "object"}});
    CHECK(report.count == 4);
}

TEST_CASE("a report keeps the first places, each once, and counts all problems") {
    struct read {
        std::size_t places;
        std::size_t count;
    };
    const auto of = [](const std::string& text) {
        sc::codec::decode_report report;
        sc::from_json<sc::channel>(text, report);
        return read{report.problems.size(), report.count};
    };
    std::string many = R"({"applied_tags":[true)";
    for (int i = 0; i < 50; ++i)
        many += ",true";
    CHECK(of(many + "]}").places == 1);
    CHECK(of(many + "]}").count == 51);
    const auto wide =
        of(R"({"id":[],"type":[],"guild_id":[],"position":[],"name":[],"topic":[],"nsfw":[],
        "bitrate":[],"user_limit":[],"icon":[]})");
    CHECK(wide.places == sc::codec::decode_report::kept);
    CHECK(wide.count == 10);
}

TEST_CASE("OBJ-3 unknown members are skipped at any depth") {
    auto value = sc::from_json<holders>(
        R"({"zz":{"ids":[1,2,{"deep":"}]"}]},"inside":{"zz":[[["]"]]],"id":"3","more":-1.5e3},"maybe":8,
            "":0,"inside_":1,"insid":2})");
    CHECK(value.inside.id.value == 3);
    CHECK(value.maybe == 8);
    CHECK(value.ids.empty());
}

TEST_CASE("raw JSON is kept letter by letter") {
    auto json = GENERATE(R"({"a" : [1, 2] })", R"([ ])", R"("t\u0065xt")", "-1.5e3", "true", "{}");
    auto value = sc::from_json<texts>(std::string{"{\"raw\":  "} + json + " \n ,\"id\":1}");
    CHECK(value.raw.text == json);
    CHECK(value.id.value == 1);
}

TEST_CASE("raw JSON that is null stays null, and absent stays absent") {
    auto value = sc::from_json<texts>(R"({"raw":null})");
    CHECK(value.raw.text == "null");
    CHECK(sc::to_json(value).find(R"("raw":null)") != std::string::npos);
    CHECK(sc::to_text(value).find("raw=null") != std::string::npos);
    CHECK_FALSE(sc::equal(value, texts{}));
    CHECK(sc::from_json<texts>("{}").raw.text.empty());
    const auto list = sc::from_json<std::vector<sc::raw_json>>("[1,null,{}]");
    CHECK(sc::to_json(list) == "[1,null,{}]");
    CHECK_FALSE(sc::from_json<std::optional<sc::raw_json>>("null"));
}

TEST_CASE("a trailing underscore is not part of the JSON name") {
    CHECK(sc::from_json<texts>(R"({"default":"a"})").default_ == "a");
    CHECK(sc::from_json<texts>(R"({"default_":"a"})").default_.empty());
}

TEST_CASE("a key may be written with escapes") {
    auto value = sc::from_json<texts>(R"({"t\u0065xt":"a","\u0069d":"2"})");
    CHECK(value.text == "a");
    CHECK(value.id.value == 2);

    const sc::codec::json_document text{
        R"({"x\n":{"guild_id":"1"},"\u0067uild_id":"5","o":{"\u0069d":7,"id\\":8}})"};
    const auto root = text.root();
    CHECK(root["guild_id"].id().value == 5);
    CHECK(root["o"]["id"].id().value == 7);
}

TEST_CASE("members may come in any order, with white space, and twice") {
    auto value = sc::from_json<ping>(" \t\r\n{ \"content\" : \"hi\" , "
                                     "\"content\":\"hi\",\n\"channel_id\":\"2\",\"id\" :\"1\"} \n");
    CHECK(value.content == "hi");
    CHECK(value.channel_id.value == 2);
    CHECK(value.id.value == 1);
}

TEST_CASE("inherited members are read like the others") {
    auto value = sc::from_json<signed_ping>(
        R"({"author":{"id":"1","username":"ada"},"content":"hi","id":"3","channel_id":"4"})");
    CHECK(value.author.username == "ada");
    CHECK(value.content == "hi");
    CHECK(value.id.value == 3);
    CHECK(value.channel_id.value == 4);
}

TEST_CASE("any type of a member may be the whole text") {
    CHECK(sc::from_json<int>("5") == 5);
    CHECK(sc::from_json<std::string>(" \"a\\nb\" ") == "a\nb");
    CHECK(sc::from_json<bool>("true"));
    CHECK(sc::from_json<double>("1.25") == 1.25);
    CHECK(sc::from_json<std::vector<int>>("[1,2,3]") == std::vector<int>{1, 2, 3});
    CHECK(sc::from_json<std::vector<ping>>(R"([{"id":"1"},{"id":"2"}])").size() == 2);
    CHECK_FALSE(sc::from_json<std::optional<int>>("null"));
    CHECK(sc::from_json<sc::raw_json>("{\"a\":1}").text == "{\"a\":1}");
}

TEST_CASE("GW-PAY-9 what is not JSON is refused") {
    auto text = GENERATE(
        as<std::string>{}, "", " ", "{", "}", "{]", "[}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
        "{,}", "{\"a\" 1}", "{a:1}", "{1:1}", "{\"a\":1 \"b\":2}", "{\"a\":1}}", "{} {}", "{}x",
        "{\"a\":tru}", "{\"a\":nul}", "{\"a\":nulll}", "{\"a\":falsey}", "{\"a\":01}", "{\"a\":+1}",
        "{\"a\":1.}", "{\"a\":.5}", "{\"a\":1e}", "{\"a\":-}", "{\"a\":1x}", "{\"a\":NaN}",
        "{\"a\":\"unclosed}", "{\"a\":\"line\nbreak\"}", "{\"a\":[1,]}", "{\"a\":[,1]}",
        "{\"a\":[1 2]}", "{\"a\":[1:2]}", "{\"a\":{\"b\":1]}", "{\"a\":\"\xFF\"}", "{\"a\":\"b\"c}",
        "{\"a\":'b'}", "nope", "{\"a\":\"\\\"}");
    CAPTURE(text);
    CHECK_FALSE(refused<ping>(text).empty());
    CHECK_FALSE(refused<sc::raw_json>(text).empty());
}

TEST_CASE("JSON of another outer form is refused") {
    CHECK_FALSE(refused<ping>("[]").empty());
    CHECK_FALSE(refused<ping>("null").empty());
    CHECK_FALSE(refused<ping>("\"text\"").empty());
    CHECK_FALSE(refused<std::vector<int>>("{}").empty());
    CHECK_FALSE(refused<int>("\"x\"").empty());
}

TEST_CASE("depth is no danger") {
    constexpr std::size_t deep = 100000;
    std::string arrays = nested(deep, "", "[", "]");
    std::string objects = nested(deep, "1", "{\"a\":", "}");
    auto value =
        sc::from_json<ping>("{\"x\":" + arrays + ",\"y\":" + objects + ",\"content\":\"hi\"}");
    CHECK(value.content == "hi");
    CHECK(sc::from_json<sc::raw_json>(arrays).text.size() == 2 * deep);
    CHECK_FALSE(refused<ping>(nested(deep, "", "[", "")).empty());
    CHECK_FALSE(refused<ping>(nested(deep, "1", "{\"a\":", "")).empty());
    CHECK_FALSE(refused<ping>(nested(deep, "", "", "]")).empty());
}

TEST_CASE("a type that contains itself is read to a bounded depth") {
    sc::codec::decode_report report;
    std::string text = nested(20, "", R"({"name":"n","children":[)", "]}");
    auto value = sc::from_json<tree>(text, report);
    CHECK(report.empty());
    int depth = 0;
    for (const tree* at = &value; !at->children.empty(); at = &at->children[0])
        ++depth;
    CHECK(depth == 19);

    text = nested(50000, "", R"({"name":"n","children":[)", "]}");
    value = sc::from_json<tree>(text, report);
    CHECK(value.name == "n");
    CHECK(report.count == 1);
    CHECK(report.problems.at(0).expected == "less nesting");
}

TEST_CASE("a table is one per type, and knows its fields") {
    const auto& type = sc::codec::describe<signed_ping>();
    CHECK(&type == &sc::codec::describe<signed_ping>());
    REQUIRE(type.field_count == 4);
    std::vector<std::string_view> names;
    for (const auto& field : type)
        names.push_back(field.json_name());
    CHECK(names == std::vector<std::string_view>{"id", "channel_id", "content", "author"});
}
