#include "gateway/gateway_url.hpp"

#include "codec/inflate.hpp"

#include <algorithm>

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

bool is_gateway_url(std::string_view url) noexcept {
    if (url.starts_with("wss://"))
        url.remove_prefix(6);
    else if (url.starts_with("ws://"))
        url.remove_prefix(5);
    else
        return false;
    const auto authority = url.substr(0, url.find_first_of("/?#"));
    return !authority.empty() && authority.front() != ':' &&
           std::none_of(url.begin(), url.end(), is_unprintable);
}

} // namespace strandcord::gateway
