#include "codec/scalars.hpp"

#include <strandcord/permissions.hpp>

#include <charconv>
#include <cmath>
#include <cstring>
#include <type_traits>

namespace strandcord::codec {

namespace {

void append_utf8(std::uint32_t code, std::string& out) {
    auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | (code >> 6));
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3F));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

bool hex4(std::string_view text, std::size_t at, std::uint32_t& out) noexcept {
    if (text.size() < at + 4)
        return false;
    const char* end = text.data() + at + 4;
    auto [stop, failure] = std::from_chars(text.data() + at, end, out, 16);
    return failure == std::errc{} && stop == end;
}

char simple_escape(char letter) noexcept {
    switch (letter) {
    case '"':
    case '\\':
    case '/':
        return letter;
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return 0;
    }
}

// `at` is behind `\u`; advances it over one or, for a surrogate pair, two escapes.
bool unicode_escape(std::string_view raw, std::size_t& at, std::string& out) {
    constexpr std::uint32_t replacement = 0xFFFD;
    std::uint32_t code = 0;
    if (!hex4(raw, at, code))
        return false;
    at += 4;
    if (code >= 0xD800 && code < 0xDC00) {
        std::uint32_t low = 0;
        bool pair =
            raw.substr(at, 2) == "\\u" && hex4(raw, at + 2, low) && low >= 0xDC00 && low < 0xE000;
        if (pair) {
            at += 6;
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        } else {
            code = replacement;
        }
    } else if (code >= 0xDC00 && code < 0xE000) {
        code = replacement;
    }
    append_utf8(code, out);
    return true;
}

template <class Number>
bool parse_whole(std::string_view text, Number& out) noexcept {
    const char* end = text.data() + text.size();
    Number number{};
    auto [stop, failure] = std::from_chars(text.data(), end, number);
    if (failure != std::errc{} || stop != end)
        return false;
    out = number;
    return true;
}

bool read_number(std::string_view text, double& out) noexcept {
    return parse_whole(text, out) && std::isfinite(out);
}

bool read_boolean(std::string_view text, bool& out) noexcept {
    if (text != "true" && text != "false")
        return false;
    out = text == "true";
    return true;
}

// An integer as a number, as a string of digits, or as a number with nothing behind the point.
template <class Integer>
bool read_integer(std::string_view text, bool is_string, Integer& out) noexcept {
    constexpr double exact = 9007199254740992.0;
    if (parse_whole(text, out))
        return true;
    double number = 0;
    if (is_string || !read_number(text, number) || number != std::floor(number) ||
        std::abs(number) > exact || (number < 0 && std::is_unsigned_v<Integer>))
        return false;
    out = static_cast<Integer>(number);
    return true;
}

// Copied, because the target may be an enumeration, a flag set or another integer type.
template <class Narrow, class Wide>
bool store_as(Wide number, void* target) noexcept {
    const auto narrow = static_cast<Narrow>(number);
    if (number != static_cast<Wide>(narrow))
        return false;
    std::memcpy(target, &narrow, sizeof narrow);
    return true;
}

bool store_signed(std::int64_t number, std::uint8_t size, void* target) noexcept {
    switch (size) {
    case 1:
        return store_as<std::int8_t>(number, target);
    case 2:
        return store_as<std::int16_t>(number, target);
    case 4:
        return store_as<std::int32_t>(number, target);
    default:
        return store_as<std::int64_t>(number, target);
    }
}

bool store_unsigned(std::uint64_t number, std::uint8_t size, void* target) noexcept {
    switch (size) {
    case 1:
        return store_as<std::uint8_t>(number, target);
    case 2:
        return store_as<std::uint16_t>(number, target);
    case 4:
        return store_as<std::uint32_t>(number, target);
    default:
        return store_as<std::uint64_t>(number, target);
    }
}

bool read_string(std::string_view raw, std::string& out) {
    if (raw.find('\\') == std::string_view::npos) {
        out.assign(raw);
        return true;
    }
    std::string text;
    if (!unescape(raw, text))
        return false;
    out = std::move(text);
    return true;
}

} // namespace

bool unescape(std::string_view raw, std::string& out) {
    std::size_t at = raw.find('\\');
    if (at == std::string_view::npos) {
        out.assign(raw);
        return true;
    }
    out.clear();
    out.reserve(raw.size());
    std::size_t plain = 0;
    while (at != std::string_view::npos) {
        out.append(raw, plain, at - plain);
        if (at + 1 >= raw.size())
            return false;
        char letter = raw[at + 1];
        at += 2;
        if (letter == 'u') {
            if (!unicode_escape(raw, at, out))
                return false;
        } else {
            char plain_letter = simple_escape(letter);
            if (plain_letter == 0)
                return false;
            out.push_back(plain_letter);
        }
        plain = at;
        at = raw.find('\\', at);
    }
    out.append(raw, plain);
    return true;
}

bool parse_digits(std::string_view text, std::uint64_t& out) noexcept {
    if (text.empty() || text.size() > 20)
        return false;
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto digit = static_cast<unsigned char>(text[i] - '0');
        if (digit > 9)
            return false;
        // Only the twentieth digit can carry the number over the edge.
        if (i == 19 && (number > UINT64_MAX / 10 || number * 10 > UINT64_MAX - digit))
            return false;
        number = number * 10 + digit;
    }
    out = number;
    return true;
}

bool read_scalar(std::string_view text, bool is_string, const type_desc& type, void* target) {
    switch (type.what) {
    case kind::boolean:
        return !is_string && read_boolean(text, *static_cast<bool*>(target));
    case kind::signed_integer: {
        std::int64_t number = 0;
        return read_integer(text, is_string, number) && store_signed(number, type.size, target);
    }
    case kind::unsigned_integer: {
        std::uint64_t number = 0;
        return read_integer(text, is_string, number) && store_unsigned(number, type.size, target);
    }
    case kind::f64:
        return !is_string && read_number(text, *static_cast<double*>(target));
    case kind::string:
        return is_string && read_string(text, *static_cast<std::string*>(target));
    case kind::snowflake:
        return parse_digits(text, static_cast<snowflake*>(target)->value);
    case kind::permissions: {
        std::uint64_t bits = 0;
        if (!parse_digits(text, bits))
            return false;
        *static_cast<permissions*>(target) = permissions{bits};
        return true;
    }
    case kind::timestamp: {
        std::optional<timestamp> moment;
        if (is_string)
            moment = parse_timestamp(text);
        if (moment)
            *static_cast<timestamp*>(target) = *moment;
        return moment.has_value();
    }
    default:
        return false;
    }
}

} // namespace strandcord::codec
