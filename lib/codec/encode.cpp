#include "codec/encode.hpp"

#include "codec/values.hpp"

#include <strandcord/json.hpp>
#include <strandcord/permissions.hpp>

#include <charconv>
#include <cmath>

namespace strandcord::codec {

namespace {

bool continues(std::string_view text, std::size_t at, unsigned char low = 0x80,
               unsigned char high = 0xBF) noexcept {
    if (at >= text.size())
        return false;
    auto byte = static_cast<unsigned char>(text[at]);
    return byte >= low && byte <= high;
}

// Length of the UTF-8 sequence at `at`, 0 when it is none (overlong forms and surrogates too).
std::size_t utf8_length(std::string_view text, std::size_t at) noexcept {
    auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return continues(text, at + 1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        unsigned char low = lead == 0xE0 ? 0xA0 : 0x80;
        unsigned char high = lead == 0xED ? 0x9F : 0xBF;
        return continues(text, at + 1, low, high) && continues(text, at + 2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        unsigned char low = lead == 0xF0 ? 0x90 : 0x80;
        unsigned char high = lead == 0xF4 ? 0x8F : 0xBF;
        bool whole = continues(text, at + 1, low, high) && continues(text, at + 2) &&
                     continues(text, at + 3);
        return whole ? 4 : 0;
    }
    return 0;
}

bool is_plain(unsigned char byte) noexcept {
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

void append_escape(unsigned char byte, std::string& out) {
    switch (byte) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        constexpr char digits[] = "0123456789abcdef";
        out += "\\u00";
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
}

template <class Number>
void append_chars(Number number, std::string& out) {
    char buffer[40];
    auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
    out.append(buffer, end);
}

bool is_left_out(const type_desc& type, const void* value) noexcept {
    switch (type.what) {
    case kind::optional:
        return type.holder->count(value) == 0;
    case kind::nullable:
        return type.holder->count(value) == 0 && !type.holder->is_null(value);
    case kind::raw:
        return as<raw_json>(value).text.empty();
    default:
        return false;
    }
}

void append_object(const type_desc& type, const void* object, std::string& out) {
    out += '{';
    bool first = true;
    for (const field_desc& field : type) {
        const void* value = field.read(object);
        if (is_left_out(*field.type, value))
            continue;
        if (!first)
            out += ',';
        first = false;
        // Names are identifiers: nothing to escape.
        out += '"';
        out += field.json_name();
        out += "\":";
        encode(*field.type, value, out);
    }
    out += '}';
}

void append_sequence(const type_desc& type, const void* sequence, std::string& out) {
    out += '[';
    std::size_t count = type.holder->count(sequence);
    for (std::size_t i = 0; i < count; ++i) {
        if (i != 0)
            out += ',';
        encode(*type.element, type.holder->at(sequence, i), out);
    }
    out += ']';
}

void append_map(const type_desc& type, const void* map, std::string& out) {
    out += '{';
    std::size_t count = type.holder->count(map);
    for (std::size_t i = 0; i < count; ++i) {
        if (i != 0)
            out += ',';
        append_quoted(entry_name(type, map, i), out);
        out += ':';
        encode(*type.element, type.holder->at(map, i), out);
    }
    out += '}';
}

} // namespace

void append_quoted(std::string_view text, std::string& out) {
    out += '"';
    std::size_t plain = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        auto byte = static_cast<unsigned char>(text[at]);
        if (is_plain(byte)) {
            ++at;
            continue;
        }
        std::size_t length = byte < 0x80 ? 0 : utf8_length(text, at);
        if (length > 0) {
            at += length;
            continue;
        }
        out.append(text, plain, at - plain);
        if (byte < 0x80)
            append_escape(byte, out);
        else
            out += "\xEF\xBF\xBD";
        plain = ++at;
    }
    out.append(text, plain);
    out += '"';
}

void append_number(std::int64_t number, std::string& out) {
    append_chars(number, out);
}
void append_number(std::uint64_t number, std::string& out) {
    append_chars(number, out);
}

void append_number(double number, std::string& out) {
    if (std::isfinite(number))
        append_chars(number, out);
    else
        out += "null";
}

void encode(const type_desc& type, const void* value, std::string& out) {
    switch (type.what) {
    case kind::boolean:
        out += as<bool>(value) ? "true" : "false";
        return;
    case kind::signed_integer:
        append_number(signed_value(value, type.size), out);
        return;
    case kind::unsigned_integer:
        append_number(unsigned_value(value, type.size), out);
        return;
    case kind::f64:
        append_number(as<double>(value), out);
        return;
    case kind::string:
        append_quoted(as<std::string>(value), out);
        return;
    case kind::snowflake:
        out += '"';
        append_number(as<snowflake>(value).value, out);
        out += '"';
        return;
    case kind::permissions:
        out += '"';
        append_number(as<permissions>(value).bits(), out);
        out += '"';
        return;
    case kind::timestamp:
        out += '"';
        out += to_string(as<timestamp>(value));
        out += '"';
        return;
    case kind::raw:
        out += as<raw_json>(value).text.empty() ? "null" : as<raw_json>(value).text;
        return;
    case kind::object:
        append_object(type, value, out);
        return;
    case kind::sequence:
        append_sequence(type, value, out);
        return;
    case kind::map:
        append_map(type, value, out);
        return;
    case kind::optional:
    case kind::nullable:
        if (type.holder->count(value) == 0)
            out += "null";
        else
            encode(*type.element, type.holder->at(value, 0), out);
        return;
    }
}

} // namespace strandcord::codec
