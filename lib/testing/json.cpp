#include "testing/json.hpp"

#include <charconv>

namespace strandcord::testing {

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
