#include "support/log_capture.hpp"

#include "core/log_line.hpp"

#include <strandcord/log.hpp>

#include <catch2/catch.hpp>
#include <stdexcept>
#include <thread>

using namespace strandcord;
using namespace std::chrono_literals;
using strandcord::test::log_capture;

namespace {

const std::string token = "MTk4NjIy.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs";

std::string line_of(const std::string& text, std::initializer_list<log_field> fields) {
    log_record record;
    record.severity = level::warning;
    record.component = "rest";
    record.text = text;
    record.fields = {fields.begin(), fields.size()};
    return format_line(record, std::chrono::system_clock::time_point{}).substr(25);
}

} // namespace

TEST_CASE("levels have names and are read by them") {
    for (const level one :
         {level::trace, level::debug, level::info, level::warning, level::error, level::off})
        CHECK(parse_level(to_string(one)) == one);
    CHECK_FALSE(parse_level("verbose"));
    CHECK_FALSE(parse_level("INFO"));
    CHECK_FALSE(parse_level(""));
}

TEST_CASE("records below the level are not written") {
    log_capture captured;
    const logger log = captured.log(level::info);
    CHECK_FALSE(log.enabled(level::debug, "gateway"));
    CHECK(log.enabled(level::info, "gateway"));
    CHECK(log.enabled(level::error, "gateway"));
    CHECK_FALSE(log.enabled(level::off, "gateway"));
    log.write(level::debug, "gateway", 0, "not seen");
    log.write(level::info, "gateway", 0, "seen");
    REQUIRE(captured.size() == 1);
    CHECK(captured.records()[0].text == "seen");
}

TEST_CASE("a logger that is off or was never given a sink is silent") {
    log_capture captured;
    captured.log(level::off).write(level::error, "bot", {}, "not seen");
    CHECK(captured.size() == 0);
    const logger silent;
    CHECK_FALSE(silent.enabled(level::error, "gateway"));
    silent.add_secret("x");
    silent.remove_secret("x");
    silent.write(level::error, "bot", {}, "nobody sees it");
    logger{level::trace, {}}.write(level::error, "bot", {}, "nobody sees it");
}

TEST_CASE("a record carries component, shard and typed fields") {
    log_capture captured;
    captured.log().write(
        level::debug, "gateway", 3, "A dispatch was received.",
        {{"op", 0}, {"event", "READY"}, {"wait_ms", 1500ms}, {"resumed", true}, {"ratio", 0.5}});
    REQUIRE(captured.size() == 1);
    const auto record = captured.records()[0];
    CHECK(record.severity == level::debug);
    CHECK(record.component == "gateway");
    CHECK(record.shard == 3);
    CHECK(record.text == "A dispatch was received.");
    CHECK(record.number("op") == 0);
    CHECK(record.string("event") == "READY");
    CHECK(record.number("wait_ms") == 1500);
    CHECK(std::get<bool>(record.fields.at("resumed")));
    CHECK(std::get<double>(record.fields.at("ratio")) == 0.5);
}

TEST_CASE("GW-SAFE-5 GW-ID-22: a secret is masked wherever it stands in text and fields") {
    log_capture captured;
    const logger log = captured.log();
    log.add_secret(token);
    log.write(level::info, "rest", {}, token);
    log.write(level::info, "rest", {}, "Bot " + token + " and again " + token + "!",
              {{"header", "Bot " + token}, {"count", 2}, {"plain", "unchanged"}});
    REQUIRE(captured.size() == 2);
    CHECK_FALSE(captured.contains(token));
    CHECK(captured.records()[0].text == "***");
    const auto record = captured.records()[1];
    CHECK(record.text == "Bot *** and again ***!");
    CHECK(record.string("header") == "Bot ***");
    CHECK(record.number("count") == 2);
    CHECK(record.string("plain") == "unchanged");
}

TEST_CASE("GW-SAFE-5: several secrets are masked, also when one is part of another") {
    log_capture captured;
    const logger log = captured.log();
    log.add_secret("abc");
    log.add_secret("abcdef");
    log.add_secret("session-1");
    log.add_secret("session-1");
    log.write(level::info, "gateway", {}, "abcdef abc session-1", {{"id", "xsession-1x"}});
    CHECK(captured.records()[0].text == "*** *** ***");
    CHECK(captured.records()[0].string("id") == "x***x");
}

TEST_CASE("GW-SAFE-5: copies of a logger share their secrets, whoever learns them") {
    log_capture captured;
    const logger log = captured.log();
    const logger copy = log;
    copy.add_secret("session-1");
    log.write(level::info, "gateway", {}, "resumes session-1");
    CHECK_FALSE(captured.contains("session-1"));
    log.remove_secret("session-1");
    copy.write(level::info, "gateway", {}, "session-1 is over");
    CHECK(captured.contains("session-1"));
}

TEST_CASE("an empty secret masks nothing") {
    log_capture captured;
    const logger log = captured.log();
    log.add_secret("");
    log.write(level::info, "bot", {}, "text");
    CHECK(captured.records()[0].text == "text");
}

TEST_CASE("a text without secrets is handed on without a copy") {
    const std::string text = "A long sentence that would have to be allocated.";
    const char* seen = nullptr;
    const logger log{level::info, [&](const log_record& record) { seen = record.text.data(); }};
    log.add_secret(token);
    log.write(level::info, "bot", {}, text);
    CHECK(seen == text.data());
}

TEST_CASE("a sink that throws loses its record and nothing else") {
    const logger log{level::info, [](const log_record&) { throw std::runtime_error{"full"}; }};
    CHECK_NOTHROW(log.write(level::info, "bot", {}, "text"));
}

TEST_CASE("several threads may log while secrets come and go") {
    log_capture captured;
    const logger log = captured.log();
    log.add_secret(token);
    std::thread adds{[&] {
        for (int i = 0; i < 200; ++i) {
            const std::string session = "session-" + std::to_string(i);
            log.add_secret(session);
            log.remove_secret(session);
        }
    }};
    std::thread writes{[&] {
        for (int i = 0; i < 200; ++i)
            log.write(level::info, "rest", i, "Bot " + token);
    }};
    adds.join();
    writes.join();
    CHECK(captured.size() == 200);
    CHECK_FALSE(captured.contains(token));
}

TEST_CASE("a line has the time in UTC with milliseconds, level, component, shard and fields") {
    using namespace std::chrono;
    const std::vector<log_field> fields{
        {"event", "READY"}, {"s", 12}, {"ok", true}, {"ratio", 0.5}};
    log_record record;
    record.component = "gateway";
    record.shard = 0;
    record.text = "The session is ready.";
    record.fields = fields;
    const sys_days day = year{2026} / January / 31;
    CHECK(format_line(record, day + 10h + 123ms) ==
          "2026-01-31T10:00:00.123Z info gateway[0] The session is ready. event=READY s=12 ok=true "
          "ratio=0.5");
}

TEST_CASE("a record is one line, whatever is in it") {
    CHECK(line_of("two\nlines\t\x1b[31m", {}) == "warning rest two\\nlines\\x09\\x1b[31m");
    CHECK(line_of("text", {{"name", "a \"b\"\n"}}) == "warning rest text name=\"a \\\"b\\\"\\n\"");
    CHECK(line_of("text", {{"empty", ""}, {"pair", "a=b"}}) ==
          "warning rest text empty=\"\" pair=\"a=b\"");
    CHECK(line_of("gr\xc3\xbc\xc3\x9f", {}) == "warning rest gr\xc3\xbc\xc3\x9f");
}

TEST_CASE("a component may have a level of its own") {
    log_capture captured;
    const logger log{
        log_levels{level::warning}.with("gateway", level::debug).with("rest", level::off),
        captured.sink()};
    log.write(level::debug, "gateway", 0, "seen");
    log.write(level::info, "shards", 0, "not seen");
    log.write(level::error, "rest", 0, "not seen either");
    log.write(level::warning, "shards", 0, "seen too");
    REQUIRE(captured.size() == 2);
    CHECK(captured.records()[0].text == "seen");
    CHECK(captured.records()[1].text == "seen too");
}

TEST_CASE("levels are read from one line of text") {
    const auto levels = log_levels::parse("info,gateway=debug,rest=off,gateway=trace");
    REQUIRE(levels);
    CHECK(levels->of("shards") == level::info);
    CHECK(levels->of("gateway") == level::trace);
    CHECK(levels->of("rest") == level::off);
    CHECK(levels->lowest() == level::trace);
    CHECK(log_levels::parse("error")->of("rest") == level::error);
    for (const auto* wrong :
         {"", "loud", "info,gateway", "info,=debug", "info,gateway=loud", "gateway=debug"})
        CHECK_FALSE(log_levels::parse(wrong));
}

TEST_CASE("a record as a line of JSON") {
    const std::vector<log_field> fields{
        {"event", "READY"}, {"s", 12}, {"ok", true}, {"ratio", 0.5}};
    log_record record;
    record.component = "gateway";
    record.shard = 0;
    record.text = "The \"session\"\nis ready.";
    record.fields = fields;
    const std::chrono::sys_days day = std::chrono::year{2026} / std::chrono::January / 31;
    CHECK(to_json_line(record, day + 10h + 123ms) ==
          R"({"time":"2026-01-31T10:00:00.123Z","level":"info","component":"gateway","shard":0,)"
          R"("text":"The \"session\"\nis ready.","event":"READY","s":12,"ok":true,"ratio":0.5})");
    record.shard.reset();
    record.fields = {};
    CHECK(to_json_line(record, day) ==
          R"({"time":"2026-01-31T00:00:00.000Z","level":"info","component":"gateway",)"
          R"("text":"The \"session\"\nis ready."})");
}
