#include <strandcord/rest.hpp>

namespace strandcord {
namespace {

task<std::string> url(rest_client rest) {
    const raw_json body = co_await rest.request(rest_request("GET", "/gateway").anonymous());
    gateway_bot answer = from_json<gateway_bot>(body.text);
    co_return std::move(answer.url);
}

task<gateway_bot> url_and_limits(rest_client rest) {
    const raw_json body = co_await rest.request(rest_request("GET", "/gateway/bot"));
    co_return from_json<gateway_bot>(body.text);
}

} // namespace

// Every route hands a copy of the client to its coroutine, which may outlive the handle it was
// called on.

task<std::string> rest_client::get_gateway() const {
    return url(*this);
}

task<gateway_bot> rest_client::get_gateway_bot() const {
    return url_and_limits(*this);
}

} // namespace strandcord
