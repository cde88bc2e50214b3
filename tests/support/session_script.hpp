#pragma once

// A session machine, its clock and its random source, in the words of a test:
//
//     script g;
//     g.becomes_ready();
//     CHECK(g.receives(7) == actions{act::close{4000, "reconnect was asked for"}});
//
// Every input returns what the machine wants done.

#include "gateway/session.hpp"

#include <catch2/catch.hpp>

#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strandcord::gateway {

inline void print(std::ostream& out, const action& what) {
    const auto ms = [](duration length) {
        return std::chrono::duration_cast<std::chrono::milliseconds>(length).count();
    };
    struct printer {
        std::ostream& out;
        decltype(ms)& in_ms;
        void operator()(const act::connect& a) {
            out << "connect " << a.url << " after " << in_ms(a.after) << " ms";
        }
        void operator()(const act::ask_url& a) {
            out << "ask_url after " << in_ms(a.after) << " ms";
        }
        void operator()(const act::ask_identify&) { out << "ask_identify"; }
        void operator()(const act::return_permit&) { out << "return_permit"; }
        void operator()(const act::send& a) {
            out << "send " << a.text << (a.takes_permit ? " (permit)" : "");
        }
        void operator()(const act::close& a) { out << "close " << a.code << ' ' << a.reason; }
        void operator()(const act::emit& a) {
            out << "emit " << a.type << ' ' << a.data << " s=" << a.sequence;
        }
        void operator()(const act::announce& a) { out << "announce " << a.payload; }
        void operator()(const act::finish& a) {
            out << "finish " << a.why.message() << ": " << a.message;
        }
    };
    std::visit(printer{out, ms}, what);
}

namespace scripted {

using namespace std::chrono_literals;
using actions = std::vector<action>;

inline constexpr std::string_view main_url = "wss://main.example";
inline constexpr std::string_view main_target = "wss://main.example/?v=10&encoding=json";
inline constexpr std::string_view resume_target = "wss://resume.example/?v=10&encoding=json";
inline constexpr std::string_view ready_data =
    R"({"v":10,"session_id":"s1","resume_gateway_url":"wss://resume.example","guilds":[]})";

inline session_settings settings() {
    session_settings out;
    out.token = "secret-token";
    out.intents = intents{513};
    out.shard = {0, 1};
    out.gateway_url = std::string{main_url};
    out.options.compress = compression::none;
    out.may_ask_url = false;
    return out;
}

inline action dial(std::string_view target, duration after = {}) {
    return act::connect{std::string{target}, after};
}
inline action beat_frame(std::string_view sequence) {
    return act::send{R"({"op":1,"d":)" + std::string{sequence} + "}"};
}
inline action identify_frame() {
    return act::send{
        R"({"op":2,"d":{"token":"secret-token","properties":{"os":"linux","browser":"strandcord",)"
        R"("device":"strandcord"},"intents":513,"large_threshold":50,"shard":[0,1]}})",
        true};
}
inline action resume_frame(std::string_view sequence) {
    return act::send{R"({"op":6,"d":{"token":"secret-token","session_id":"s1","seq":)" +
                     std::string{sequence} + "}}"};
}

class script {
public:
    explicit script(session_settings with = settings(), double random = 0.25)
        : jitter{random}, machine{std::move(with), [this] { return jitter; }} {}
    script(const script&) = delete;
    script& operator=(const script&) = delete;

    actions drain() {
        actions out;
        while (auto next = machine.next())
            out.push_back(std::move(*next));
        return out;
    }

    actions starts() { return machine.start(now), drain(); }
    actions dials() { return machine.on_connecting(now), drain(); }
    actions opens() { return machine.on_connecting(now), machine.on_open(now), drain(); }
    actions fails_to_open(error_code why = errc::connection_closed,
                          std::optional<duration> retry_after = {}) {
        machine.on_connecting(now);
        machine.on_connect_failed(why, retry_after, now);
        return drain();
    }
    actions receives(int op, std::string_view data = {}) {
        codec::envelope payload;
        payload.op = op;
        payload.data = data;
        return machine.on_payload(payload, now), drain();
    }
    actions dispatches(std::string_view type, std::optional<std::int64_t> sequence,
                       std::string_view data = "{}") {
        codec::envelope payload;
        payload.op = 0;
        payload.type = type;
        payload.sequence = sequence;
        payload.data = data;
        return machine.on_payload(payload, now), drain();
    }
    actions says_hello(std::string_view data = R"({"heartbeat_interval":40000})") {
        return receives(10, data);
    }
    actions acknowledges() { return receives(11); }
    actions gets_permit() { return machine.on_identify_permit(now), drain(); }
    actions loses(std::uint16_t code = 0) { return machine.on_closed(code, "", now), drain(); }
    actions submits(std::string text) {
        REQUIRE_FALSE(machine.submit(std::move(text), now));
        return drain();
    }
    actions stops(bool keep_session = false) { return machine.stop(keep_session, now), drain(); }
    actions waits(duration length) {
        now += length;
        return machine.on_time(now), drain();
    }
    actions jumps_to_deadline() {
        REQUIRE(machine.deadline());
        now = std::max(now, *machine.deadline());
        return machine.on_time(now), drain();
    }

    /// Up to READY with sequence 1; the first heartbeat is due in 10 s of 40 s.
    void becomes_ready() {
        starts();
        identifies_and_becomes_ready();
    }
    void identifies_and_becomes_ready() {
        opens();
        says_hello();
        gets_permit();
        dispatches("READY", 1, ready_data);
        REQUIRE(machine.status().state == shard_state::ready);
    }
    void resumes() {
        opens();
        says_hello();
        dispatches("RESUMED", std::nullopt);
        REQUIRE(machine.status().state == shard_state::ready);
    }

    time_point now{std::chrono::hours{1}};
    double jitter;
    session machine;
};

} // namespace scripted
} // namespace strandcord::gateway

template <>
struct Catch::StringMaker<strandcord::gateway::action> {
    static std::string convert(const strandcord::gateway::action& what) {
        std::ostringstream out;
        strandcord::gateway::print(out, what);
        return out.str();
    }
};
