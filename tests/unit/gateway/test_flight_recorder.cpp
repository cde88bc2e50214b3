#include "gateway/flight_recorder.hpp"

#include <catch2/catch.hpp>

using namespace strandcord;
using namespace strandcord::gateway;
using namespace std::chrono_literals;

namespace {

const runtime_clock::time_point start{};
constexpr auto received = payload_direction::received;
constexpr auto sent = payload_direction::sent;

} // namespace

TEST_CASE("the flight recorder tells frames and notes with their age") {
    flight_recorder recorder;
    recorder.note(start, "connected");
    recorder.frame(start + 1s, received, 10, {}, {},
                   R"({"op":10,"d":{"heartbeat_interval":41250}})");
    recorder.frame(start + 2s, received, 0, "MESSAGE_CREATE", 41, R"({"content":"private words"})");
    recorder.frame(start + 2500ms, sent, 1, {}, {}, R"({"op":1,"d":41})");
    recorder.frame(start + 3s, received, -1, {}, {}, "garbage");
    CHECK(recorder.lines(start + 4s) ==
          std::vector<std::string>{
              "-4.0 s connected",
              R"(-3.0 s received op 10 {"op":10,"d":{"heartbeat_interval":41250}}, 42 bytes)",
              "-2.0 s received op 0 MESSAGE_CREATE s 41, 27 bytes",
              R"(-1.5 s sent op 1 {"op":1,"d":41}, 15 bytes)",
              "-1.0 s received something unreadable garbage, 7 bytes"});
}

TEST_CASE("the flight recorder keeps the last entries only, and of a long one the beginning") {
    flight_recorder recorder;
    for (int i = 0; i < 1000; ++i)
        recorder.note(start, std::to_string(i));
    CHECK(recorder.lines(start).size() == flight_recorder::capacity);
    CHECK(recorder.lines(start).back() == "-0.0 s 999");
    recorder.note(start, std::string(5000, 'x'));
    CHECK(recorder.lines(start).back() == "-0.0 s " + std::string(flight_recorder::excerpt, 'x'));
}

TEST_CASE("no secret reaches the flight recorder (GW-SAFE-5, GW-ID-22)") {
    flight_recorder recorder;
    recorder.frame(start, sent, 2, {}, {}, R"({"op":2,"d":{"token":"hidden"}})");
    recorder.frame(start, sent, 6, {}, {}, R"({"op":6,"d":{"session_id":"hidden"}})");
    recorder.frame(start, received, 0, "READY", 1, R"({"session_id":"hidden"})");
    recorder.frame(start, received, 0, "VOICE_SERVER_UPDATE", 2, R"({"token":"hidden"})");
    recorder.frame(start, received, -1, {}, {}, R"(["session_id","hidden")");
    recorder.frame(start, received, 99, {}, {}, R"({"token":"hidden"})");
    for (const auto& line : recorder.lines(start))
        CHECK(line.find("hidden") == std::string::npos);
}
