#include "testing/json.hpp"

#include <charconv>

namespace strandcord::testing {

/// Recursive descent, bounded in depth.
class json_reader {
public:
    explicit json_reader(std::string_view text) noexcept : text_{text} {}

    std::optional<json_value> document() {
        json_value out;
        if (!value(out, 0))
            return {};
        skip();
        if (at_ != text_.size())
            return {};
        return out;
    }

private:
    static constexpr int maximum_depth = 64;

    void skip() noexcept {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' ||
                                      text_[at_] == '\r' || text_[at_] == '\t'))
            ++at_;
    }
    bool take(char wanted) noexcept {
        if (at_ >= text_.size() || text_[at_] != wanted)
            return false;
        ++at_;
        return true;
    }
    bool word(std::string_view wanted) noexcept {
        if (text_.substr(at_, wanted.size()) != wanted)
            return false;
        at_ += wanted.size();
        return true;
    }

    bool value(json_value& out, int depth) {
        skip();
        if (at_ >= text_.size() || depth > maximum_depth)
            return false;
        switch (text_[at_]) {
        case '{':
            return object(out, depth);
        case '[':
            return array(out, depth);
        case '"':
            out.kind_ = json_value::kind::string;
            return string(out.text_);
        case 't':
        case 'f':
            out.kind_ = json_value::kind::boolean;
            out.text_ = text_[at_] == 't' ? "true" : "false";
            return word(out.text_);
        case 'n':
            return word("null");
        default:
            return number(out);
        }
    }

    bool object(json_value& out, int depth) {
        out.kind_ = json_value::kind::object;
        take('{');
        skip();
        if (take('}'))
            return true;
        for (;;) {
            skip();
            std::string name;
            if (!string(name))
                return false;
            skip();
            if (!take(':'))
                return false;
            json_value member;
            if (!value(member, depth + 1))
                return false;
            out.members_.emplace_back(std::move(name), std::move(member));
            skip();
            if (take('}'))
                return true;
            if (!take(','))
                return false;
        }
    }

    bool array(json_value& out, int depth) {
        out.kind_ = json_value::kind::array;
        take('[');
        skip();
        if (take(']'))
            return true;
        for (;;) {
            json_value item;
            if (!value(item, depth + 1))
                return false;
            out.items_.push_back(std::move(item));
            skip();
            if (take(']'))
                return true;
            if (!take(','))
                return false;
        }
    }

    bool number(json_value& out) {
        const auto begin = at_;
        take('-');
        const auto digits = [this] {
            const auto first = at_;
            while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9')
                ++at_;
            return at_ - first;
        };
        const auto whole_begin = at_;
        const auto whole = digits();
        if (whole == 0 || (whole > 1 && text_[whole_begin] == '0'))
            return false;
        if (take('.') && digits() == 0)
            return false;
        if (take('e') || take('E')) {
            if (!take('+'))
                take('-');
            if (digits() == 0)
                return false;
        }
        out.kind_ = json_value::kind::number;
        out.text_ = text_.substr(begin, at_ - begin);
        return true;
    }

    bool string(std::string& out) {
        if (!take('"'))
            return false;
        while (at_ < text_.size()) {
            const char c = text_[at_++];
            if (c == '"')
                return true;
            if (static_cast<unsigned char>(c) < 0x20)
                return false;
            if (c != '\\')
                out += c;
            else if (!escape(out))
                return false;
        }
        return false;
    }

    bool escape(std::string& out) {
        if (at_ >= text_.size())
            return false;
        const char c = text_[at_++];
        switch (c) {
        case '"':
        case '\\':
        case '/':
            out += c;
            return true;
        case 'b':
            out += '\b';
            return true;
        case 'f':
            out += '\f';
            return true;
        case 'n':
            out += '\n';
            return true;
        case 'r':
            out += '\r';
            return true;
        case 't':
            out += '\t';
            return true;
        case 'u':
            return unicode(out);
        default:
            return false;
        }
    }

    bool hex(unsigned& out) {
        if (text_.size() - at_ < 4)
            return false;
        const auto* first = text_.data() + at_;
        const auto [end, failure] = std::from_chars(first, first + 4, out, 16);
        at_ += 4;
        return failure == std::errc{} && end == first + 4;
    }

    bool unicode(std::string& out) {
        unsigned code = 0;
        if (!hex(code))
            return false;
        if (code >= 0xD800 && code < 0xDC00) {
            unsigned low = 0;
            if (!word("\\u") || !hex(low) || low < 0xDC00 || low > 0xDFFF)
                return false;
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        } else if (code >= 0xDC00 && code <= 0xDFFF) {
            return false;
        }
        append_utf8(out, code);
        return true;
    }

    static void append_utf8(std::string& out, unsigned code) {
        const auto tail = [&out](unsigned bits) { out += static_cast<char>(0x80 | (bits & 0x3F)); };
        if (code < 0x80) {
            out += static_cast<char>(code);
        } else if (code < 0x800) {
            out += static_cast<char>(0xC0 | (code >> 6));
            tail(code);
        } else if (code < 0x10000) {
            out += static_cast<char>(0xE0 | (code >> 12));
            tail(code >> 6);
            tail(code);
        } else {
            out += static_cast<char>(0xF0 | (code >> 18));
            tail(code >> 12);
            tail(code >> 6);
            tail(code);
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

std::optional<json_value> json_value::parse(std::string_view text) {
    return json_reader{text}.document();
}

} // namespace strandcord::testing
