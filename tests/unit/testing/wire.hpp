#pragma once

#include "testing/gateway_server.hpp"
#include "testing/json.hpp"
#include "testing/world.hpp"

#include <optional>
#include <string>
#include <vector>

/// A client of the gateway machine with nothing between: frames in, frames out, time by hand.
struct wire {
    using elapsed = strandcord::testing::elapsed;
    using json_value = strandcord::testing::json_value;

    explicit wire(strandcord::testing::emulator_options given = {})
        : options{std::move(given)}
        , state{options.seed, [this](strandcord::testing::event what) { gateway.publish(what); }}
        , gateway{options, state, {"main.test", "resume.test", "wss://resume.test"}} {}

    std::uint64_t open(std::string_view target = "/?v=10&encoding=json") {
        state.at(now);
        return gateway.on_open("main.test", target, false, now);
    }
    void send(std::uint64_t to, std::string_view text) {
        state.at(now);
        gateway.on_message(to, text, false, now);
    }
    void identify(std::uint64_t to, int shard = 0, int count = 1, std::uint64_t intents = 513) {
        send(to, identify_text(shard, count, intents));
    }
    std::string identify_text(int shard = 0, int count = 1, std::uint64_t intents = 513) const {
        return R"({"op":2,"d":{"token":")" + options.token +
               R"(","properties":{"os":"linux","browser":"x","device":"x"},"intents":)" +
               std::to_string(intents) + R"(,"shard":[)" + std::to_string(shard) + "," +
               std::to_string(count) + "]}}";
    }
    void resume(std::uint64_t to, std::string_view session, std::int64_t sequence) {
        send(to, R"({"op":6,"d":{"token":")" + options.token + R"(","session_id":")" +
                     std::string{session} + R"(","seq":)" + std::to_string(sequence) + "}}");
    }
    void wait(elapsed span) {
        now += span;
        state.at(now);
        gateway.on_time(now);
    }

    /// What came since the last call; a close is kept in `code`.
    std::vector<json_value> received(std::uint64_t by) {
        using kind = strandcord::testing::gateway_output::kind;
        std::vector<json_value> out;
        while (const auto next = gateway.next(by, now)) {
            if (next->what == kind::close) {
                code = next->code;
                gateway.on_closed(by, next->code, {}, now);
                break;
            }
            out.push_back(json_value::parse(next->bytes).value());
        }
        return out;
    }
    /// The same in short: `READY@1`, or `op9 false`.
    std::vector<std::string> heard(std::uint64_t by) {
        std::vector<std::string> out;
        for (const auto& each : received(by)) {
            const auto op = each.find("op")->integer().value();
            if (op != 0)
                out.push_back("op" + std::to_string(op) +
                              (op == 9 ? " " + each.find("d")->dump() : ""));
            else
                out.push_back(std::string{each.text_of("t")} + "@" + each.find("s")->dump());
        }
        return out;
    }
    std::string session_of(std::uint64_t connection) const {
        for (const auto& each : gateway.sessions().all())
            if (each.connection == connection)
                return each.id;
        return {};
    }
    const std::deque<std::string>& violations() const { return gateway.observed().violations; }

    strandcord::testing::emulator_options options;
    strandcord::testing::world state;
    strandcord::testing::gateway_server gateway;
    elapsed now{};
    std::optional<std::uint16_t> code;
};
