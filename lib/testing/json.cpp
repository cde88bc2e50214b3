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

std::optional<std::int64_t> json_value::integer() const noexcept {
    if (kind_ != kind::number)
        return {};
    std::int64_t out = 0;
    const auto* end = text_.data() + text_.size();
    const auto [stopped, failure] = std::from_chars(text_.data(), end, out);
    if (failure != std::errc{} || stopped != end)
        return {};
    return out;
}

std::optional<snowflake> json_value::id() const noexcept {
    if (kind_ != kind::string)
        return {};
    return parse_snowflake(text_);
}

const json_value* json_value::find(std::string_view name) const noexcept {
    for (const auto& [key, value] : members_)
        if (key == name)
            return &value;
    return nullptr;
}

std::string_view json_value::text_of(std::string_view name,
                                     std::string_view otherwise) const noexcept {
    const auto* found = find(name);
    return found && found->is_string() ? std::string_view{found->text()} : otherwise;
}

void json_value::set(std::string_view name, json_value value) {
    for (auto& [key, held] : members_) {
        if (key == name) {
            held = std::move(value);
            return;
        }
    }
    members_.emplace_back(std::string{name}, std::move(value));
}

void json_value::erase(std::string_view name) {
    std::erase_if(members_, [name](const auto& member) { return member.first == name; });
}

void json_value::dump_to(std::string& out) const {
    switch (kind_) {
    case kind::null:
        out += "null";
        return;
    case kind::boolean:
    case kind::number:
        out += text_;
        return;
    case kind::string:
        out += json_quoted(text_);
        return;
    case kind::array:
        out += '[';
        for (const auto& item : items_) {
            if (&item != &items_.front())
                out += ',';
            item.dump_to(out);
        }
        out += ']';
        return;
    case kind::object:
        out += '{';
        for (const auto& member : members_) {
            if (&member != &members_.front())
                out += ',';
            out += json_quoted(member.first);
            out += ':';
            member.second.dump_to(out);
        }
        out += '}';
        return;
    }
}

std::string json_value::dump() const {
    std::string out;
    dump_to(out);
    return out;
}

std::string json_quoted(std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(text.size() + 2);
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (byte < 0x20) {
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
    return out;
}

void json_object::key(std::string_view name) {
    if (out_.size() > 1)
        out_ += ',';
    out_ += json_quoted(name);
    out_ += ':';
}

json_object& json_object::text(std::string_view name, std::string_view value) {
    return raw(name, json_quoted(value));
}

json_object& json_object::id(std::string_view name, snowflake value) {
    return raw(name, json_quoted(to_string(value)));
}

json_object& json_object::number(std::string_view name, std::int64_t value) {
    return raw(name, std::to_string(value));
}

json_object& json_object::boolean(std::string_view name, bool value) {
    return raw(name, value ? "true" : "false");
}

json_object& json_object::null(std::string_view name) {
    return raw(name, "null");
}

json_object& json_object::raw(std::string_view name, std::string_view json) {
    key(name);
    out_ += json;
    return *this;
}

json_object& json_object::splice(std::string_view object) {
    const auto inside = object.substr(1, object.size() - 2);
    if (inside.empty())
        return *this;
    if (out_.size() > 1)
        out_ += ',';
    out_ += inside;
    return *this;
}

std::string json_object::done() && {
    out_ += '}';
    return std::move(out_);
}

json_array& json_array::add(std::string_view json) {
    if (out_.size() > 1)
        out_ += ',';
    out_ += json;
    return *this;
}

std::string json_array::done() && {
    out_ += ']';
    return std::move(out_);
}

} // namespace strandcord::testing
