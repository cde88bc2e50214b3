#include "fixture.hpp"

#include "support/temporary_directory.hpp"

#include <strandcord/recording.hpp>
#include <strandcord/testing/replay.hpp>

#include <sys/stat.h>

using namespace strandcord;
using namespace strandcord::test;

namespace {

/// A bot that notes what it hears and when.
struct listener {
    struct heard {
        std::string content;
        std::chrono::nanoseconds at;
        bool operator==(const heard&) const = default;
    };

    explicit listener(const std::function<void(bot_config&)>& change = {})
        : ping{{}, change}, begun{ping.discord.clock().elapsed()} {
        ping.the_bot().on<message_create>([this](auto message) -> task<> {
            all.push_back({message->content, ping.discord.clock().elapsed()});
            co_return;
        });
        ping.connect();
    }
    /// Without the time of the first.
    std::vector<heard> from_the_first() const {
        auto out = all;
        for (auto& each : out)
            each.at -= all.front().at;
        return out;
    }

    ping_bot ping;
    std::chrono::nanoseconds begun;
    std::vector<heard> all;
};

std::string record_a_talk(const temporary_directory& here, std::vector<listener::heard>& heard) {
    const auto path = here.file("frames.jsonl");
    listener first{[&](bot_config& config) { config.gateway.on_payload = record_frames(path); }};
    first.ping.ada.says("one", first.ping.general);
    first.ping.discord.advance(3s);
    first.ping.discord.gateway().drop(4000);
    first.ping.ada.says("two", first.ping.general);
    first.ping.discord.advance(90s);
    first.ping.ada.says("three", first.ping.general);
    heard = first.from_the_first();
    return path;
}

std::string refusal(const std::function<void()>& what) {
    try {
        what();
    } catch (const error& e) {
        CHECK(e.code() == errc::invalid_configuration);
        return e.what();
    }
    return "accepted";
}

} // namespace

TEST_CASE("what was recorded is played to another bot, in its times, at once, or step by step") {
    const temporary_directory here;
    std::vector<listener::heard> recorded;
    const auto path = record_a_talk(here, recorded);
    REQUIRE(recorded.size() == 3);

    listener second;
    testing::replay replay{second.ping.discord, read_recording(path)};
    REQUIRE(replay.left() >= 3);
    SECTION("in its times") {
        replay.at_recorded_times();
        CHECK(second.from_the_first() == recorded);
    }
    SECTION("at once") {
        const auto before = second.ping.discord.clock().elapsed();
        replay.at_once();
        REQUIRE(second.all.size() == 3);
        CHECK(second.all.back().content == "three");
        CHECK(second.ping.discord.clock().elapsed() == before);
    }
    SECTION("step by step") {
        while (second.all.empty())
            REQUIRE(replay.step());
        CHECK(second.all.back().content == "one");
        while (second.all.size() < 2)
            REQUIRE(replay.step());
        CHECK(second.all.back().content == "two");
        CHECK(replay.left() > 0);
        replay.at_once();
        CHECK_FALSE(replay.step());
    }
    CHECK(replay.skipped() == 0);
    CHECK(second.ping.discord.violations().empty());
}

TEST_CASE("a recording holds no secrets and is its owner's (GW-SAFE-5, GW-ID-22)") {
    const temporary_directory here;
    std::vector<listener::heard> recorded;
    const auto path = record_a_talk(here, recorded);
    const auto text = content_of(path);
    CHECK(text.find("emulated-token") == std::string::npos);
    CHECK(text.find("emulated-session") == std::string::npos);
    CHECK(text.find(R"(\"token\":\"***\")") != std::string::npos);
    struct stat about {};
    REQUIRE(::stat(path.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
}

TEST_CASE("secrets are found however the JSON is written") {
    CHECK(without_secrets(R"({"token" : "a\"b", "d":{"session_id":"x"},"other":"token"})") ==
          R"({"token" : "***", "d":{"session_id":"***"},"other":"token"})");
    CHECK(without_secrets(R"({"token":null,"x":"token","token":1})") ==
          R"({"token":null,"x":"token","token":1})");
    CHECK(without_secrets(R"({"token":"never ends)") == R"({"token":"***")");
    CHECK(without_secrets("") == "");
    CHECK(without_secrets("no JSON \"") == "no JSON \"");
}

TEST_CASE("a recording is read up to where a crash cut it off, with its empty frames") {
    const temporary_directory here;
    const auto path = here.file("frames.jsonl");
    const std::string lines = "{\"ms\":1,\"shard\":0,\"received\":true,\"text\":\"\"}\n"
                              "{\"ms\":2,\"shard\":0,\"received\":true,\"text\":\"{}\"}";
    const auto cut = GENERATE(0U, 1U, 20U, 46U);
    write_file(path, lines.substr(0, lines.size() - cut));
    const auto frames = read_recording(path);
    REQUIRE(frames.size() == (cut == 0 ? 2 : 1));
    CHECK(frames[0].text.empty());
}

TEST_CASE("a recording that cannot be made or read says so") {
    const temporary_directory here;
    const auto path = here.file("frames.jsonl");
    write_file(path, "{\"ms\":1,\"shard\":0,\"received\":true,\"text\":\"{}\"}\nnonsense\n");
    CHECK_THAT(refusal([&] { record_frames(path); }), Catch::Contains(path));
    CHECK(content_of(path).size() > 20); // and loses nothing
    CHECK_THAT(refusal([&] { record_frames(here.file("no/such/folder")); }),
               Catch::Contains("cannot be made"));
    CHECK_THAT(refusal([&] { read_recording(path); }), Catch::Contains("line 2"));
    write_file(path, "{}\n");
    CHECK_THAT(refusal([&] { read_recording(path); }), Catch::Contains("line 1"));
    CHECK_THAT(refusal([&] { read_recording(here.file("nothing")); }),
               Catch::Contains("cannot be read"));
}
