#include "gateway/flight_recorder.hpp"

#include "gateway/payloads.hpp"

#include <algorithm>
#include <cstdio>

namespace strandcord::gateway {

flight_recorder::entry& flight_recorder::next(time_point at, kind what) {
    entry& out = entries_[count_++ % capacity];
    out.at = at;
    out.what = what;
    out.sequence = -1;
    out.length = 0;
    return out;
}

void flight_recorder::put(entry& into, std::string_view words) {
    into.length = static_cast<std::uint8_t>(std::min(words.size(), excerpt));
    std::copy_n(words.begin(), into.length, into.words.begin());
}

void flight_recorder::frame(time_point at, payload_direction direction, int op,
                            std::string_view type, std::optional<std::int64_t> sequence,
                            std::string_view text) {
    entry& into = next(at, direction == payload_direction::received ? kind::received : kind::sent);
    into.op = static_cast<std::int16_t>(op);
    into.sequence = sequence.value_or(-1);
    into.bytes = static_cast<std::uint32_t>(text.size());
    if (op == opcode::dispatch)
        put(into, type);
    else if (!may_hold_secrets(text))
        put(into, text);
}

void flight_recorder::note(time_point at, std::string_view words) {
    put(next(at, kind::note), words);
}

std::vector<std::string> flight_recorder::lines(time_point now) const {
    std::vector<std::string> out;
    for (std::size_t i = count_ < capacity ? 0 : count_ - capacity; i < count_; ++i) {
        const entry& one = entries_[i % capacity];
        std::array<char, 32> age{};
        std::snprintf(age.data(), age.size(), "-%.1f s ",
                      std::chrono::duration<double>(now - one.at).count());
        std::string line = age.data();
        const std::string_view words{one.words.data(), one.length};
        if (one.what == kind::note) {
            out.push_back(line.append(words));
            continue;
        }
        line += one.what == kind::received ? "received " : "sent ";
        line += one.op < 0 ? "something unreadable" : "op " + std::to_string(one.op);
        if (!words.empty())
            line.append(" ").append(words);
        if (one.sequence >= 0)
            line += " s " + std::to_string(one.sequence);
        line += ", " + std::to_string(one.bytes) + " bytes";
        out.push_back(std::move(line));
    }
    return out;
}

} // namespace strandcord::gateway
