#include "rest/drafts.hpp"

#include <strandcord/rest.hpp>

namespace strandcord {
namespace {

constexpr int already_acknowledged = 40060;

task<> respond(rest_client rest, snowflake interaction_id, std::string interaction_token,
               std::string body) {
    co_await rest.request(
        rest_request("POST", "/interactions/{interaction_id}/{interaction_token}/callback")
            .path("interaction_id", interaction_id)
            .path("interaction_token", std::move(interaction_token))
            .json(std::move(body))
            .anonymous()
            .repeatable(already_acknowledged));
}

} // namespace

task<> rest_client::create_interaction_response(snowflake interaction_id,
                                                std::string interaction_token,
                                                interaction_response response) const {
    return respond(*this, interaction_id, std::move(interaction_token),
                   rest::interaction_body(response));
}

} // namespace strandcord
