#include <strandcord/rest.hpp>

namespace strandcord {
namespace {

task<user> current_user(rest_client rest) {
    const raw_json body = co_await rest.request(rest_request("GET", "/users/@me"));
    co_return from_json<user>(body.text);
}

} // namespace

task<user> rest_client::get_current_user() const {
    return current_user(*this);
}

} // namespace strandcord
