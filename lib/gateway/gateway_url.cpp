#include "gateway/gateway_url.hpp"

#include "codec/inflate.hpp"

#include <algorithm>
#include <charconv>

namespace strandcord::gateway {
namespace {

constexpr std::string_view version = "10";

bool is_ours(std::string_view parameter) noexcept {
    const auto name = parameter.substr(0, parameter.find('='));
    return name == "v" || name == "encoding" || name == "compress";
}

bool is_unprintable(char letter) noexcept {
    return static_cast<unsigned char>(letter) <= ' ' || static_cast<unsigned char>(letter) >= 127;
}

} // namespace

std::string connection_url(std::string_view url, compression compress) {
    url = url.substr(0, url.find('#'));
    const auto question = url.find('?');
    std::string_view query =
        question == std::string_view::npos ? std::string_view{} : url.substr(question + 1);
    std::string_view base = url.substr(0, question);

    const auto scheme = base.find("://");
    const auto authority = scheme == std::string_view::npos ? 0 : scheme + 3;
    std::string out{base};
    if (base.find('/', authority) == std::string_view::npos || out.back() != '/')
        out += '/';
    out += '?';
    while (!query.empty()) {
        const auto end = query.find('&');
        const auto parameter = query.substr(0, end);
        if (!parameter.empty() && !is_ours(parameter))
            out.append(parameter).append("&");
        query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
    }
    out.append("v=").append(version).append("&encoding=json");
    if (const auto name = codec::query_value(compress); !name.empty())
        out.append("&compress=").append(name);
    return out;
}

std::optional<gateway_address> parse_gateway_url(std::string_view url) {
    gateway_address out;
    if (url.starts_with("wss://")) {
        url.remove_prefix(6);
    } else if (url.starts_with("ws://")) {
        url.remove_prefix(5);
        out.tls = false;
        out.port = 80;
    } else {
        return std::nullopt;
    }
    if (std::any_of(url.begin(), url.end(), is_unprintable))
        return std::nullopt;
    url = url.substr(0, url.find('#'));
    const auto end = url.find_first_of("/?");
    auto authority = url.substr(0, end);
    out.target = end == std::string_view::npos ? "/" : std::string{url.substr(end)};
    if (out.target.front() == '?')
        out.target.insert(out.target.begin(), '/');

    if (authority.find('@') != std::string_view::npos)
        return std::nullopt;
    std::string_view port;
    if (authority.starts_with('[')) {
        const auto close = authority.find(']');
        if (close == std::string_view::npos)
            return std::nullopt;
        out.host = authority.substr(1, close - 1);
        port = authority.substr(close + 1);
        if (!port.empty() && port.front() != ':')
            return std::nullopt;
    } else {
        const auto colon = authority.find(':');
        out.host = authority.substr(0, colon);
        port = colon == std::string_view::npos ? std::string_view{} : authority.substr(colon);
    }
    if (out.host.empty())
        return std::nullopt;
    if (!port.empty()) {
        port.remove_prefix(1);
        const auto [stop, failure] =
            std::from_chars(port.data(), port.data() + port.size(), out.port);
        if (failure != std::errc{} || stop != port.data() + port.size() || out.port == 0)
            return std::nullopt;
    }
    return out;
}

} // namespace strandcord::gateway
