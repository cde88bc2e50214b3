// Log records as JSON. Here and not in core, which knows no JSON.

#include "codec/encode.hpp"
#include "core/log_line.hpp"

#include <cstdio>

namespace strandcord {
namespace {

void append_member(std::string_view name, std::string& out) {
    out += out.size() == 1 ? "" : ",";
    codec::append_quoted(name, out);
    out += ':';
}

void append_value(const log_field& field, std::string& out) {
    if (const auto* text = std::get_if<std::string_view>(&field.value))
        codec::append_quoted(*text, out);
    else if (const auto* number = std::get_if<std::int64_t>(&field.value))
        codec::append_number(*number, out);
    else if (const auto* real = std::get_if<double>(&field.value))
        codec::append_number(*real, out);
    else
        out += std::get<bool>(field.value) ? "true" : "false";
}

} // namespace

std::string to_json_line(const log_record& record, std::chrono::system_clock::time_point when) {
    std::string out = "{";
    append_member("time", out);
    codec::append_quoted(format_time(when), out);
    append_member("level", out);
    codec::append_quoted(to_string(record.severity), out);
    append_member("component", out);
    codec::append_quoted(record.component, out);
    if (record.shard) {
        append_member("shard", out);
        codec::append_number(std::int64_t{*record.shard}, out);
    }
    append_member("text", out);
    codec::append_quoted(record.text, out);
    for (const log_field& field : record.fields) {
        append_member(field.name, out);
        append_value(field, out);
    }
    out += '}';
    return out;
}

log_sink json_sink() {
    return [](const log_record& record) {
        std::string line = to_json_line(record, std::chrono::system_clock::now());
        line += '\n';
        // One call: stdio keeps the lines of several threads apart.
        std::fwrite(line.data(), 1, line.size(), stderr);
    };
}

} // namespace strandcord
