// A frame of the gateway, and the session machine that is given it.

#include "codec/envelope.hpp"

#include "gateway/session.hpp"
#include "target.hpp"

using namespace strandcord;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string frame{as_text(data, size)};
    codec::frame_parser parser;
    codec::envelope payload;
    if (parser.parse(frame, payload))
        return 0;
    const auto inside = [&frame](std::string_view part) {
        return part.empty() || (part.data() >= frame.data() &&
                                part.data() + part.size() <= frame.data() + frame.size());
    };
    promise(inside(payload.data)); // a type with escapes is kept elsewhere

    gateway::session_settings settings;
    settings.token = "token";
    settings.gateway_url = "wss://gateway.example";
    gateway::session machine{settings, [] { return 0.5; }};
    const auto drain = [&machine] {
        while (machine.next()) {
        }
    };
    auto now = gateway::time_point{std::chrono::hours{1}};
    machine.start(now);
    drain();
    machine.on_connecting(now);
    machine.on_open(now);
    machine.on_payload(payload, now);
    drain();
    machine.on_identify_permit(now);
    machine.on_payload(payload, now);
    drain();
    const auto due = machine.deadline();
    if (due && *due > now)
        now = *due;
    machine.on_time(now);
    drain();
    machine.on_closed(0, {}, now);
    drain();
    return 0;
}
