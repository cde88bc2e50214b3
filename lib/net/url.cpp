#include "net/url.hpp"

#include <algorithm>
#include <charconv>

namespace strandcord::net {

namespace {

constexpr std::uint16_t tls_port = 443;
constexpr std::uint16_t plain_port = 80;

// A URL with a user part may hold a password: it is never repeated.
[[noreturn]] void refuse(std::string_view text, const char* why) {
    std::string shown = "The URL";
    if (text.find('@') == std::string_view::npos)
        shown.append(" \"").append(text).append("\"");
    throw error{errc::invalid_configuration, shown + ' ' + why + '.'};
}

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool is_alphanumeric(char letter) {
    const char folded = lower(letter);
    return (folded >= 'a' && folded <= 'z') || (letter >= '0' && letter <= '9');
}

bool is_name_character(char letter) {
    return is_alphanumeric(letter) || letter == '-' || letter == '.' || letter == '_';
}

bool is_address_character(char letter) {
    return is_alphanumeric(letter) || letter == ':' || letter == '.' || letter == '%';
}

std::uint16_t parse_port(std::string_view text, std::string_view digits) {
    unsigned value = 0;
    const auto [end, failure] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (failure != std::errc{} || end != digits.data() + digits.size() || value == 0 ||
        value > 65535)
        refuse(text, "has a port that is not a number from 1 to 65535");
    return static_cast<std::uint16_t>(value);
}

// Takes the host off the front of `authority`; leaves what follows it.
std::string take_host(std::string_view text, std::string_view& authority) {
    std::string_view host;
    if (authority.starts_with('[')) {
        const std::size_t close = authority.find(']');
        if (close == std::string_view::npos)
            refuse(text, "lacks the ']' after its IPv6 address");
        host = authority.substr(1, close - 1);
        authority.remove_prefix(close + 1);
        if (host.find(':') == std::string_view::npos ||
            !std::ranges::all_of(host, is_address_character))
            refuse(text, "has something other than an IPv6 address in brackets");
    } else {
        host = authority.substr(0, authority.find(':'));
        authority.remove_prefix(host.size());
        if (host.empty())
            refuse(text, "names no host");
        if (!std::ranges::all_of(host, is_name_character))
            refuse(text, "has a character in its host name that is not allowed there");
    }
    return std::string{host};
}

} // namespace

url parse_url(std::string_view text) {
    if (text.empty())
        refuse(text, "is empty");
    if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) <= ' '; }))
        refuse(text, "contains a space or control character");
    const std::size_t scheme_end = text.find("://");
    if (scheme_end == std::string_view::npos)
        refuse(text, "must begin with ws://, wss://, http:// or https://");
    url parsed;
    std::ranges::transform(text.substr(0, scheme_end), std::back_inserter(parsed.scheme), lower);
    if (parsed.scheme != "ws" && parsed.scheme != "wss" && parsed.scheme != "http" &&
        parsed.scheme != "https")
        refuse(text, "must begin with ws://, wss://, http:// or https://");

    std::string_view rest = text.substr(scheme_end + 3);
    if (rest.find('#') != std::string_view::npos)
        refuse(text, "has a fragment ('#'), which has no meaning here");
    std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
    rest.remove_prefix(authority.size());
    if (authority.find('@') != std::string_view::npos)
        refuse(text, "has a user name before '@', which is not supported");

    parsed.host = take_host(text, authority);
    parsed.port = parsed.tls() ? tls_port : plain_port;
    if (authority.starts_with(':')) {
        authority.remove_prefix(1);
        if (!authority.empty())
            parsed.port = parse_port(text, authority);
    } else if (!authority.empty()) {
        refuse(text, "has something other than a port after its host");
    }
    if (!rest.starts_with('/'))
        parsed.target = "/";
    parsed.target += rest;
    return parsed;
}

std::string host_header(const endpoint& where) {
    std::string header =
        where.host.find(':') == std::string::npos ? where.host : '[' + where.host + ']';
    if (where.port != (where.tls ? tls_port : plain_port))
        header += ':' + std::to_string(where.port);
    return header;
}

std::string url::host_header() const {
    return net::host_header(where());
}

} // namespace strandcord::net
