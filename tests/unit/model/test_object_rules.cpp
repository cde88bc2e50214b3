#include "fixtures.hpp"
#include "model/catalogue.hpp"

#include <strandcord/events/all.hpp>
#include <strandcord/model/audit_log.hpp>

#include <catch2/catch.hpp>

// How Discord's objects are read: the rules OBJ-1 to OBJ-13 of the reference, one test each.

namespace sc = strandcord;

namespace {

template <class T>
struct reading {
    T value = {};
    std::size_t problems = 0;
};

template <class T>
reading<T> read(const std::string& text) {
    sc::codec::decode_report report;
    T value = sc::from_json<T>(text, report);
    return {std::move(value), report.count};
}

} // namespace

TEST_CASE("OBJ-1 an id is digits or an integer up to 2^64-1, and nothing else") {
    const auto id = [](const std::string& text) {
        auto got = read<sc::unavailable_guild>("{\"id\":" + text + "}");
        return std::make_pair(got.value.id.value, got.problems);
    };
    CHECK(id("\"18446744073709551615\"") == std::make_pair(UINT64_MAX, std::size_t{0}));
    CHECK(id("18446744073709551615") == std::make_pair(UINT64_MAX, std::size_t{0}));
    CHECK(id("\"0\"") == std::make_pair(std::uint64_t{0}, std::size_t{0}));
    for (const char* wrong : {"\"18446744073709551616\"", "\"12a\"", "\"\"", "-1", "1.5"}) {
        CAPTURE(wrong);
        CHECK(id(wrong) == std::make_pair(std::uint64_t{0}, std::size_t{1}));
    }
    const auto effect = read<sc::voice_channel_effect_send_data>(R"({"sound_id":1})");
    CHECK(effect.value.sound_id == sc::snowflake{1});
    const auto chunk =
        read<sc::guild_members_chunk_data>(R"({"not_found":["123456789012345678",12]})");
    REQUIRE(chunk.value.not_found);
    CHECK(chunk.value.not_found->at(1) == sc::snowflake{12});
}

TEST_CASE("OBJ-2 absent, null and a value stay three states") {
    for (const char* name : {"nick", "avatar", "communication_disabled_until"}) {
        const bool moment = std::string{name} == "communication_disabled_until";
        const std::string value = moment ? "\"2026-01-01T00:00:00.000000+00:00\"" : "\"x\"";
        for (const std::string& state : {std::string{}, std::string{"null"}, value}) {
            CAPTURE(name, state);
            const std::string member = '"' + std::string{name} + "\":";
            const std::string text = state.empty() ? "{}" : '{' + member + state + '}';
            const auto got = read<sc::guild_member>(text);
            CHECK(got.problems == 0);
            const std::string written = sc::to_json(got.value);
            const bool there = written.find(member) != std::string::npos;
            CHECK(there == !state.empty());
            if (there)
                CHECK(written.find(member + state) != std::string::npos);
        }
    }
    const auto cleared = read<sc::guild_member>(R"({"avatar_decoration_data":null,"nick":null})");
    CHECK(cleared.value.avatar_decoration_data.is_null());
    CHECK_FALSE(cleared.value.avatar_decoration_data);
    CHECK(cleared.value.nick.is_null());
    CHECK(cleared.value.banner.is_absent());
}

TEST_CASE("OBJ-3 fields that nobody documented change nothing, at any depth, in every example") {
    for (const auto& of : fixtures::all()) {
        CAPTURE(of.name);
        const std::string text = fixtures::text_of(of);
        std::string crowded;
        bool quoted = false;
        for (std::size_t i = 0; i < text.size(); ++i) {
            crowded += text[i];
            if (text[i] == '"' && text[i - 1] != '\\')
                quoted = !quoted;
            // Not into the maps: there a name is an id or a locale.
            const std::string before = text.substr(0, i);
            if (quoted || text[i] != '{' || text[text.find_first_not_of(" \n", i + 1) + 1] < 'a' ||
                before.ends_with("localizations\": "))
                continue;
            crowded += R"("not_documented":[{"id":"1","x":[null,"}"]}],)";
        }
        sc::codec::decode_report plain;
        sc::codec::decode_report more;
        const auto expected = fixtures::decoded(of, text, plain);
        const auto object = fixtures::decoded(of, crowded, more);
        CHECK(plain.count == more.count);
        CHECK(crowded.size() > text.size());
        CHECK(sc::codec::equal(*of.type, expected.get(), object.get()));
    }
}

TEST_CASE("OBJ-4 unknown values of enumerations and unknown flags are kept") {
    const auto check = [](auto got, auto value) {
        CHECK(got.problems == 0);
        CHECK(static_cast<std::int64_t>(value(got.value)) == 9999);
        CHECK(sc::to_json(got.value).find(":9999") != std::string::npos);
        CHECK(sc::to_text(got.value).find("=9999") != std::string::npos);
    };
    check(read<sc::channel>(R"({"type":9999})"), [](auto& of) { return of.type; });
    check(read<sc::message>(R"({"type":9999})"), [](auto& of) { return of.type; });
    check(read<sc::component>(R"({"type":9999})"), [](auto& of) { return of.type; });
    check(read<sc::activity>(R"({"type":9999})"), [](auto& of) { return of.type; });
    check(read<sc::interaction>(R"({"type":9999})"), [](auto& of) { return of.type; });
    check(read<sc::audit_log_entry>(R"({"action_type":9999})"),
          [](auto& of) { return of.action_type; });
    const auto flags = read<sc::message>(R"({"flags":1099511627840})");
    CHECK(flags.value.flags->has(sc::message_flag::ephemeral));
    CHECK(flags.value.flags->bits() == 1099511627840);
    CHECK(sc::to_json(flags.value).find("\"flags\":1099511627840") != std::string::npos);
}

TEST_CASE("OBJ-5 a component of an unknown type does not spoil its neighbours") {
    const auto got = read<sc::message>(
        R"({"components":[{"type":1,"components":[{"type":2,"custom_id":"a","style":1},
            {"type":77,"id":5,"parts":{"a":[1]}},3,{"type":2,"custom_id":"b","style":2}]}]})");
    CHECK(got.problems == 1);
    const auto& row = *got.value.components->at(0).components;
    REQUIRE(row.size() == 3);
    CHECK(row[0].custom_id == "a");
    CHECK(static_cast<int>(row[1].type) == 77);
    CHECK(row[1].id == 5);
    CHECK(row[2].custom_id == "b");
}

TEST_CASE("OBJ-6 a partial object may have any part of its fields, or none") {
    for (const auto& row : sc::catalogue()) {
        CAPTURE(row.name);
        const auto* of = row.data;
        // A bare object is what is left of any of them.
        const auto subject =
            std::find_if(fixtures::all().begin(), fixtures::all().end(),
                         [of](const fixtures::subject& each) { return each.type == of; });
        if (subject == fixtures::all().end())
            continue;
        sc::codec::decode_report report;
        const auto object = fixtures::decoded(*subject, "{}", report);
        CHECK(report.empty());
        CHECK(sc::codec::equal(*of, object.get(), subject->create().get()));
    }
    const auto got = read<sc::interaction>(R"({"id":"1","guild":{"features":["COMMUNITY"]}})");
    CHECK(got.problems == 0);
    CHECK(got.value.guild->features.at(0) == "COMMUNITY");
    CHECK_FALSE(got.value.guild->locale);
    const auto greek = read<sc::interaction>(R"({"guild":{"id":"1","locale":"el"}})");
    CHECK(greek.value.guild->locale == "el");
}

TEST_CASE("OBJ-7 permissions are digits, and more of them than fit are refused whole") {
    const auto got = read<sc::role>(R"({"permissions":"4503599627370496"})");
    CHECK(got.value.permissions == sc::permissions{sc::permission::bypass_slowmode});
    const auto wide = read<sc::role>(R"({"permissions":"1234567890123456789012345","name":"r"})");
    CHECK(wide.problems == 1);
    CHECK(wide.value.name == "r");
    CHECK(wide.value.permissions.empty());
}

TEST_CASE("OBJ-8 moments come with any number of digits, and with an offset or a Z") {
    for (const char* text : {"2017-03-13T19:19:14.040000+00:00", "2017-03-13T19:19:14.040+00:00",
                             "2017-03-13T20:19:14.04+01:00", "2017-03-13T19:19:14.040Z"}) {
        CAPTURE(text);
        const auto got = read<sc::message>("{\"timestamp\":\"" + std::string{text} + "\"}");
        CHECK(got.problems == 0);
        CHECK(sc::to_string(got.value.timestamp) == "2017-03-13T19:19:14.040000+00:00");
    }
    CHECK(read<sc::message>(R"({"timestamp":"2021-06-28T17:03:04+00:00"})").problems == 0);
    CHECK(read<sc::message>(R"({"timestamp":"2024-01-01T00:00:00Z"})").problems == 0);
}

TEST_CASE("OBJ-9 Unix times keep the unit that Discord sends") {
    CHECK(read<sc::typing_start_data>(R"({"timestamp":1700000000})").value.timestamp == 1700000000);
    CHECK(*read<sc::voice_channel_info>(R"({"voice_start_time":1700000000})")
               .value.voice_start_time == 1700000000);
    const auto activity =
        read<sc::activity>(R"({"created_at":1700000000000,"timestamps":{"start":1700000000001}})");
    CHECK(activity.value.created_at == 1700000000000);
    CHECK(activity.value.timestamps->start == 1700000000001);
}

TEST_CASE("OBJ-10 colours are integers of 24 bits, in reactions and themes they are texts") {
    CHECK(read<sc::role>(R"({"color":16777215})").value.color == 0xFFFFFF);
    CHECK(*read<sc::user>(R"({"accent_color":0})").value.accent_color == 0);
    CHECK(read<sc::reaction>(R"({"burst_colors":["#aabbcc"]})").value.burst_colors.at(0) ==
          "#aabbcc");
    CHECK(read<sc::shared_client_theme>(R"({"colors":["aabbcc"]})").value.colors.at(0) == "aabbcc");
}

TEST_CASE("OBJ-11 flags hold 64 bits") {
    CHECK(read<sc::user>(R"({"public_flags":4294967296})").value.public_flags->bits() ==
          4294967296);
    CHECK(read<sc::guild_member>(R"({"flags":4294967296})").value.flags.bits() == 4294967296);
    CHECK(read<sc::application>(R"({"flags_new":"36893488147419103232"})").value.flags_new ==
          "36893488147419103232");
}

TEST_CASE("OBJ-12 a number may come as an integer") {
    CHECK(read<sc::soundboard_sound>(R"({"volume":1})").value.volume == 1.0);
    CHECK(read<sc::soundboard_sound>(R"({"volume":0.5})").value.volume == 0.5);
    CHECK(read<sc::rate_limited_data>(R"({"retry_after":5})").value.retry_after == 5.0);
}

TEST_CASE("OBJ-13 a thread may have the id of its message, and a role that of its guild") {
    const auto got = read<sc::message>(R"({"id":"5","thread":{"id":"5","type":11}})");
    CHECK(got.value.id == got.value.thread->id);
    const auto guild = read<sc::guild>(R"({"id":"6","roles":[{"id":"6","name":"@everyone"}]})");
    CHECK(guild.value.roles.at(0).id == guild.value.id);
}
