#include "codec/scalars.hpp"

#include <charconv>
#include <cstring>

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
        bool pair = raw.substr(at, 2) == "\\u" && hex4(raw, at + 2, low) && low >= 0xDC00 &&
                    low < 0xE000;
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

} // namespace

std::string_view quoted(const char* at) noexcept {
    const char* from = at;
    for (;;) {
        const char* quote = std::strchr(from, '"');
        if (!quote)
            return {at, std::strlen(at)};
        std::size_t backslashes = 0;
        while (quote - backslashes != at && quote[-1 - static_cast<std::ptrdiff_t>(backslashes)] == '\\')
            ++backslashes;
        if (backslashes % 2 == 0)
            return {at, static_cast<std::size_t>(quote - at)};
        from = quote + 1;
    }
}

bool unescape(std::string_view raw, std::string& out) {
    std::size_t at = raw.find('\\');
    if (at == std::string_view::npos) {
        out.assign(raw);
        return true;
    }
    out.clear();
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

bool parse_signed(std::string_view text, std::int64_t& out) noexcept {
    const char* end = text.data() + text.size();
    auto [stop, failure] = std::from_chars(text.data(), end, out);
    return failure == std::errc{} && stop == end;
}

} // namespace strandcord::codec
