#include "core/log_line.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace strandcord {
namespace {

using buffer = fmt::memory_buffer;

bool is_control(char c) noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

void append(buffer& out, std::string_view text) {
    out.append(text.data(), text.data() + text.size());
}

void append_escaped(buffer& out, std::string_view text, bool quoted) {
    for (const char c : text) {
        if (c == '\n')
            append(out, "\\n");
        else if (is_control(c))
            fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(c));
        else if (quoted && (c == '"' || c == '\\'))
            append(out, c == '"' ? "\\\"" : "\\\\");
        else
            out.push_back(c);
    }
}

bool needs_quotes(std::string_view text) noexcept {
    return text.empty() || std::any_of(text.begin(), text.end(), [](char c) {
               return c == ' ' || c == '"' || c == '=' || is_control(c);
           });
}

void append_value(buffer& out, const log_field& field) {
    if (const auto* text = std::get_if<std::string_view>(&field.value)) {
        const bool quoted = needs_quotes(*text);
        if (quoted)
            out.push_back('"');
        append_escaped(out, *text, quoted);
        if (quoted)
            out.push_back('"');
    } else if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
        fmt::format_to(std::back_inserter(out), "{}", *number);
    } else if (const auto* real = std::get_if<double>(&field.value)) {
        fmt::format_to(std::back_inserter(out), "{}", *real);
    } else {
        append(out, std::get<bool>(field.value) ? "true" : "false");
    }
}

} // namespace

std::string format_time(std::chrono::system_clock::time_point when) {
    using namespace std::chrono;
    const auto moment = floor<milliseconds>(when);
    const auto midnight = floor<days>(moment);
    const year_month_day date{midnight};
    const hh_mm_ss time{moment - midnight};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count(),
                       time.subseconds().count());
}

std::string format_line(const log_record& record, std::chrono::system_clock::time_point when) {
    buffer out;
    append(out, format_time(when));
    out.push_back(' ');
    append(out, to_string(record.severity));
    out.push_back(' ');
    append(out, record.component);
    if (record.shard)
        fmt::format_to(std::back_inserter(out), "[{}]", *record.shard);
    out.push_back(' ');
    append_escaped(out, record.text, false);
    for (const log_field& field : record.fields) {
        out.push_back(' ');
        append(out, field.name);
        out.push_back('=');
        append_value(out, field);
    }
    return fmt::to_string(out);
}

} // namespace strandcord
