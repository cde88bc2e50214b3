#include "rest/route.hpp"

#include <strandcord/error.hpp>

#include <algorithm>

namespace strandcord::rest {
namespace {

std::string_view value_of(const parameters& values, std::string_view name) {
    for (const auto& [key, value] : values)
        if (key == name)
            return value;
    return {};
}

/// The name inside the first braces at or after `from`, and where it ends; empty when there is
/// none.
std::string_view next_name(std::string_view path, std::size_t& from) {
    const auto open = path.find('{', from);
    const auto close = open == path.npos ? path.npos : path.find('}', open);
    if (close == path.npos) {
        from = path.npos;
        return {};
    }
    from = close + 1;
    return path.substr(open + 1, close - open - 1);
}

bool is_unreserved(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

[[noreturn]] void refuse(std::string_view template_path, std::string_view name,
                         std::string_view complaint) {
    diagnostics details;
    details.route = template_path;
    details.message = "The route " + std::string{template_path} + " " + std::string{complaint} +
                      " \"" + std::string{name} + "\".";
    throw error{errc::invalid_configuration, std::move(details)};
}

} // namespace

route describe_route(std::string_view method, std::string_view template_path,
                     const parameters& values, bool authorized) {
    route out;
    out.name = std::string{method} + " " + std::string{template_path};
    out.authorized = authorized;

    std::size_t position = 0;
    const auto first = next_name(template_path, position);
    const auto second = next_name(template_path, position);
    if (first == "channel_id" || first == "guild_id" || first == "webhook_id")
        out.major = value_of(values, first);
    if (first == "webhook_id" && second == "webhook_token")
        out.major += "/" + std::string{value_of(values, second)};
    if (second == "interaction_token") {
        out.counts_globally = false;
        if (first == "interaction_id")
            out.has_bucket = false;
        else
            out.major = value_of(values, second);
    }
    return out;
}

std::string make_target(std::string_view template_path, const parameters& values,
                        const parameters& query) {
    std::string out;
    std::size_t used = 0;
    std::size_t literal = 0;
    for (std::size_t position = 0;;) {
        const auto name = next_name(template_path, position);
        if (position == template_path.npos)
            break;
        const auto value = value_of(values, name);
        if (value.empty())
            refuse(template_path, name, "needs a value for");
        const auto open = static_cast<std::size_t>(name.data() - template_path.data()) - 1;
        out += template_path.substr(literal, open - literal);
        out += percent_encode(value);
        literal = position;
        ++used;
    }
    out += template_path.substr(literal);
    if (used != values.size()) {
        for (const auto& [name, value] : values)
            if (template_path.find("{" + name + "}") == template_path.npos)
                refuse(template_path, name, "has no place for");
    }
    char separator = '?';
    for (const auto& [name, value] : query) {
        out += separator;
        out += percent_encode(name) + "=" + percent_encode(value);
        separator = '&';
    }
    return out;
}

std::string percent_encode(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

} // namespace strandcord::rest
