#include "codec/envelope.hpp"
#include "unit/codec/samples.hpp"

#include <strandcord/events/all.hpp>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

using namespace sample;
using sc::codec::envelope;
using sc::codec::frame_parser;

namespace {

std::string message_create() {
    std::ifstream file{STRANDCORD_TEST_DATA "/message_create.json", std::ios::binary};
    REQUIRE(file);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string from(const envelope& found) {
    std::string text = std::to_string(found.op) + ' ';
    text += found.sequence ? std::to_string(*found.sequence) : "-";
    return text + ' ' + std::string{found.type} + ' ' + std::string{found.data};
}

std::string parsed(std::string frame) {
    frame_parser parser;
    envelope found;
    if (parser.parse(frame, found))
        return "malformed";
    return from(found);
}

} // namespace

TEST_CASE("GW-PAY-1 GW-PAY-2 the envelope comes in any order, with or without s and t") {
    struct expectation {
        const char* frame;
        const char* found;
    };
    auto [frame, found] = GENERATE(
        expectation{R"({"t":"A_B","s":1,"op":0,"d":{"x":1}})", R"(0 1 A_B {"x":1})"},
        expectation{R"({"d":{"x":1},"op":0,"s":1,"t":"A_B"})", R"(0 1 A_B {"x":1})"},
        expectation{R"({"op":0,"d":{"x":[{}]},"s":1,"t":"A_B"})", R"(0 1 A_B {"x":[{}]})"},
        expectation{R"({"t":"A","s":1,"op":0,"d":{"x":1},"more":{"d":{}}})", R"(0 1 A {"x":1})"},
        expectation{R"({"more":[{"op":7}],"t":"A","s":1,"op":0,"d":{ },"z":null})", "0 1 A { }"},
        expectation{R"({"op":11})", "11 -  "}, expectation{R"({"op":11,"d":null})", "11 -  null"},
        expectation{R"({"t":null,"s":null,"op":10,"d":{"heartbeat_interval":45000}})",
                    R"(10 -  {"heartbeat_interval":45000})"},
        expectation{R"({"op":9,"d":false})", "9 -  false"},
        expectation{R"({"op":9 , "d" : true })", "9 -  true"},
        expectation{R"({"op":1,"d":251})", "1 -  251"},
        expectation{R"({"op":0,"t":"P","s":3,"d":[1,{"a":2}]})", R"(0 3 P [1,{"a":2}])"},
        expectation{R"({"op":0,"t":"P","s":3,"d":"a\"b"})", R"(0 3 P "a\"b")"},
        expectation{" {\n \"op\" : 0 ,\t\"s\":2,\"t\":\"P\",\r\n\"d\" : { \"a\" : 1 } \n} \n",
                    R"(0 2 P { "a" : 1 })"},
        expectation{R"({"op":0,"t":"A\u005fB","s":3,"d":{}})", "0 3 A_B {}"},
        expectation{R"({"op":99,"d":{}})", "99 -  {}"});
    CAPTURE(frame);
    CHECK(parsed(frame) == found);
}

TEST_CASE("GW-PAY-7 a sequence number has more than 32 bits") {
    CHECK(parsed(R"({"op":0,"t":"A","s":4294967297,"d":{}})") == "0 4294967297 A {}");
    CHECK(parsed(R"({"op":0,"t":"A","s":9007199254740993,"d":{}})") == "0 9007199254740993 A {}");
}

TEST_CASE("GW-PAY-9 a frame that cannot be read is reported, and the next one is read") {
    auto frame = GENERATE(
        as<std::string>{}, "", " ", "garbage", "[]", "[{\"op\":0}]", "0", "null", "\"op\"", "{}",
        "{\"d\":{}}", "{\"op\":\"0\"}", "{\"op\":null}", "{\"op\":{}}", "{\"op\":1.5}",
        "{\"op\":-1}", "{\"op\":4294967296}", "{\"op\":0,\"s\":\"1\"}", "{\"op\":0,\"s\":{}}",
        "{\"op\":0,\"t\":1}", "{\"op\":0,\"t\":\"\\x\"}", "{\"op\":0,\"d\":{}",
        "{\"op\":0,\"d\":{}}}", "{\"op\":0,\"d\":{}}{\"op\":0}", "{\"op\":0 \"d\":{}}",
        "{\"op\":0,\"d\":{]}", "{\"op\":0,\"d\":{\"a\":tru}}", "{\"op\":0,\"d\":{\"a\" 1}}",
        "{\"op\":0,\"d\":{\"a\":\"\xC3\"}}", "{\"op\":0,\"d\":{\"a\":\"open}}",
        std::string("{\"op\":0}\0", 9), "\x83l\x00\x00");
    CAPTURE(frame);
    frame_parser parser;
    envelope found;
    ping value;
    sc::codec::decode_report report;
    CHECK(parser.parse(frame, found) == sc::errc::malformed_payload);
    CHECK(found.op == -1);
    CHECK(found.data.empty());
    CHECK(parser.decode_data(sc::codec::describe<ping>(), &value, report) ==
          sc::errc::malformed_payload);

    std::string next = R"({"op":0,"s":1,"t":"A","d":{"id":"5"}})";
    REQUIRE_FALSE(parser.parse(next, found));
    REQUIRE_FALSE(parser.decode_data(sc::codec::describe<ping>(), &value, report));
    CHECK(value.id.value == 5);
}

TEST_CASE("of an event that nobody reads only what is before d is looked at") {
    frame_parser parser;
    envelope found;
    std::string frame = R"({"t":"A","s":1,"op":0,"d":{"id":"5","content":"x"}})";
    REQUIRE_FALSE(parser.parse_head(frame, found));
    CHECK(found.type == "A");
    CHECK(found.sequence == 1);
    CHECK(found.data.empty());
    SECTION("and the rest when it is asked for") {
        REQUIRE_FALSE(parser.parse_rest(found));
        CHECK(found.data == R"({"id":"5","content":"x"})");
        REQUIRE_FALSE(parser.parse_rest(found));
        CHECK(found.data == R"({"id":"5","content":"x"})");
    }
    SECTION("and the rest when somebody reads it after all") {
        CHECK(parser.data()["id"].id().value == 5);
        CHECK(parser.data_id("id").value == 5);
    }
    SECTION("or decodes it") {
        ping value;
        sc::codec::decode_report report;
        REQUIRE_FALSE(parser.decode_data(sc::codec::describe<ping>(), &value, report));
        CHECK(value.id.value == 5);
    }
}

TEST_CASE("what is wrong inside d is found when it is read") {
    const auto* frame_text =
        GENERATE(R"({"t":"A","s":1,"op":0,"d":{"a":tru}})", R"({"t":"A","s":1,"op":0,"d":{"a" 1}})",
                 R"({"t":"A","s":1,"op":0,"d":)", R"({"t":"A","s":1,"op":0,"d")",
                 R"({"t":"A","s":1,"op":0,"d":{}} {})", R"({"t":"A","s":1,"op":0,"d":[)");
    CAPTURE(frame_text);
    std::string frame = frame_text;
    frame_parser parser;
    envelope found;
    if (parser.parse_head(frame, found)) // cut off before there is a d
        return;
    SECTION("by the one who asks for it") {
        CHECK(parser.parse_rest(found) == sc::errc::malformed_payload);
        CHECK(found.op == -1);
    }
    SECTION("by the one who reads it") {
        CHECK_FALSE(parser.data());
        CHECK(parser.data_id("id").value == 0);
    }
}

TEST_CASE("an id is found under a key that is written with escapes") {
    std::string frame = R"({"t":"A","s":1,"op":0,"d":{"a":{"gu\u0069ld_id":"5"}}})";
    frame_parser parser;
    envelope found;
    REQUIRE_FALSE(parser.parse(frame, found));
    CHECK(parser.data_id("a", "guild_id").value == 5);
    CHECK(parser.data_id("a", "guild").value == 0);
    CHECK(parser.data_id("a").value == 0);
}

TEST_CASE("a frame in another order is read whole at once") {
    const auto* frame_text = GENERATE(R"({"op":0,"d":{"id":"5"},"s":1,"t":"A"})",
                                      R"({"op":0,"x":1,"s":1,"t":"A","d":5})",
                                      R"({"op":10,"s":null,"t":null,"d":{"id":"5"}})");
    CAPTURE(frame_text);
    std::string frame = frame_text;
    frame_parser parser;
    envelope found;
    REQUIRE_FALSE(parser.parse_head(frame, found));
    CHECK_FALSE(found.data.empty());
}

TEST_CASE("one scan serves every type that is asked for") {
    frame_parser parser;
    std::string frame = message_create();
    envelope found;
    REQUIRE_FALSE(parser.parse(frame, found));
    CHECK(found.type == "MESSAGE_CREATE");
    CHECK(found.sequence == 1337);

    sc::codec::decode_report report;
    ping three;
    sc::message whole;
    signed_ping nested;
    ping again;
    REQUIRE_FALSE(parser.decode_data(sc::codec::describe<ping>(), &three, report));
    REQUIRE_FALSE(parser.decode_data(sc::codec::describe<sc::message>(), &whole, report));
    REQUIRE_FALSE(parser.decode_data(sc::codec::describe<signed_ping>(), &nested, report));
    REQUIRE_FALSE(parser.decode_data(sc::codec::describe<ping>(), &again, report));
    CHECK(report.empty());

    CHECK(three.id.value == 1235268939980316722);
    CHECK(three.channel_id.value == 1049013521245401148);
    CHECK(three.content == whole.content);
    CHECK(sc::equal(three, again));
    CHECK(nested.author.username == "ada.lovelace");
    CHECK(nested.content == whole.content);

    CHECK(whole.content.find("\"resume\" works") != std::string::npos);
    CHECK(whole.content.find("👍") != std::string::npos);
    CHECK(whole.guild_id == sc::snowflake{1049013520393965598});
    CHECK(whole.author.id.value == 80351110224678912);
    CHECK(whole.author.avatar_decoration_data->sku_id.value == 1144058844004233369);
    CHECK(whole.member->nick == "Ada of the shard");
    CHECK(whole.member->roles.size() == 3);
    CHECK_FALSE(whole.member->user);
    REQUIRE(whole.attachments.size() == 1);
    CHECK(whole.attachments[0].width == 1280);
    CHECK(whole.channel_type == sc::channel_type::guild_text);
    CHECK(sc::to_json(whole.timestamp) == R"("2024-05-01T18:22:33.123000+00:00")");

    // The raw text is the very object.
    CHECK(sc::equal(sc::from_json<sc::message>(found.data), whole));
}

TEST_CASE("d is decoded only when it is an object, except where there is nothing to read") {
    frame_parser parser;
    envelope found;
    sc::codec::decode_report report;
    for (std::string frame :
         {R"({"op":0,"t":"RESUMED","s":2,"d":null})", R"({"op":0,"t":"RESUMED","s":2})",
          R"({"op":0,"t":"RESUMED","s":2,"d":[]})", R"({"op":0,"t":"RESUMED","s":2,"d":"x"})"}) {
        CAPTURE(frame);
        REQUIRE_FALSE(parser.parse(frame, found));
        ping value;
        sc::resumed_data nothing;
        CHECK(parser.decode_data(sc::codec::describe<ping>(), &value, report));
        CHECK_FALSE(parser.decode_data(sc::codec::describe<sc::resumed_data>(), &nothing, report));
    }
}

TEST_CASE("every truncated frame is malformed") {
    std::string whole = message_create();
    while (!whole.empty() && whole.back() != '}')
        whole.pop_back();
    frame_parser parser;
    envelope found;
    for (std::size_t length = 0; length < whole.size(); ++length) {
        std::string frame = whole.substr(0, length);
        if (!parser.parse(frame, found))
            FAIL("accepted after " << length << " bytes");
    }
    CHECK_FALSE(parser.parse(whole, found));
}

TEST_CASE("damaged frames neither crash nor read beyond their end") {
    const std::string whole = message_create();
    frame_parser parser;
    std::uint64_t random = 88172645463325252;
    auto next = [&random] {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        return random;
    };
    const std::string letters = "{}[]\",:\\0n \x80\xFF";
    int accepted = 0;
    for (int round = 0; round < 4000; ++round) {
        std::string frame = whole;
        for (std::uint64_t damage = next() % 3 + 1; damage > 0; --damage)
            frame[next() % frame.size()] = letters[next() % letters.size()];
        envelope found;
        if (parser.parse(frame, found))
            continue;
        ++accepted;
        sc::codec::decode_report report;
        sc::message value;
        // The frame may have lost its d.
        (void)parser.decode_data(sc::codec::describe<sc::message>(), &value, report);
        if (!found.data.empty())
            CHECK_NOTHROW(sc::from_json<sc::raw_json>(found.data));
    }
    CHECK(accepted > 0);
}

TEST_CASE("a frame of many megabytes is read, and small ones after it") {
    frame_parser parser;
    std::string frame = R"({"t":"GUILD_CREATE","s":2,"op":0,"d":{"id":"1","members":[)";
    constexpr int members = 40000;
    for (int i = 0; i < members; ++i) {
        if (i != 0)
            frame += ',';
        frame += R"({"user":{"id":")" + std::to_string(1000 + i) +
                 R"(","username":"name"},"roles":["1"]})";
    }
    frame += R"(],"member_count":40000}})";
    envelope found;
    REQUIRE_FALSE(parser.parse(frame, found));
    sc::guild_create_data guild;
    sc::codec::decode_report report;
    REQUIRE_FALSE(parser.decode_data(sc::codec::describe<sc::guild_create_data>(), &guild, report));
    CHECK(report.empty());
    REQUIRE(guild.members.size() == members);
    CHECK(guild.members.back().user->id.value == 1000 + members - 1);
    CHECK(guild.member_count == members);
    CHECK(guild.id.value == 1);

    // Long enough for the parser to give its memory back.
    for (int i = 0; i < 1000; ++i) {
        std::string small = R"({"op":0,"s":)" + std::to_string(i) + R"(,"t":"A","d":{"id":"7"}})";
        REQUIRE_FALSE(parser.parse(small, found));
        ping value;
        REQUIRE_FALSE(parser.decode_data(sc::codec::describe<ping>(), &value, report));
        REQUIRE(value.id.value == 7);
        REQUIRE(found.sequence == i);
    }
}

TEST_CASE("depth in a frame is no danger") {
    std::string deep(100000, '[');
    deep += std::string(100000, ']');
    frame_parser parser;
    envelope found;
    std::string frame = R"({"op":0,"s":1,"t":"A","d":{"x":)" + deep + R"(,"id":"7"}})";
    REQUIRE_FALSE(parser.parse(frame, found));
    ping value;
    sc::codec::decode_report report;
    REQUIRE_FALSE(parser.decode_data(sc::codec::describe<ping>(), &value, report));
    CHECK(value.id.value == 7);
}

TEST_CASE("a parser may be moved with its frame") {
    frame_parser first;
    std::string frame = R"({"op":0,"s":1,"t":"A","d":{"id":"7"}})";
    envelope found;
    REQUIRE_FALSE(first.parse(frame, found));
    frame_parser second = std::move(first);
    ping value;
    sc::codec::decode_report report;
    REQUIRE_FALSE(second.decode_data(sc::codec::describe<ping>(), &value, report));
    CHECK(value.id.value == 7);
}

TEST_CASE("a report names the place of what did not fit") {
    frame_parser parser;
    std::string frame =
        R"({"op":0,"s":1,"t":"MESSAGE_CREATE","d":{"id":"1","author":{"id":[],"username":5},
        "attachments":[{"id":"111111111111111111111","filename":"a.png"}],"content":"kept"}})";
    envelope found;
    REQUIRE_FALSE(parser.parse(frame, found));
    sc::message value;
    sc::codec::decode_report report;
    REQUIRE_FALSE(parser.decode_data(sc::codec::describe<sc::message>(), &value, report));
    using problem = sc::codec::decode_problem;
    CHECK(report.problems == std::vector<problem>{{"author.id", "snowflake"},
                                                  {"author.username", "string"},
                                                  {"attachments[].id", "snowflake"}});
    CHECK(value.content == "kept");
    CHECK(value.attachments.at(0).filename == "a.png");
}
