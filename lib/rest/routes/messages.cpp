#include "rest/drafts.hpp"
#include "rest/nonce.hpp"

#include <strandcord/rest.hpp>

namespace strandcord {
namespace {

task<message> create(rest_client rest, snowflake channel_id, std::string body) {
    const raw_json answer =
        co_await rest.request(rest_request("POST", "/channels/{channel_id}/messages")
                                  .path("channel_id", channel_id)
                                  .json(std::move(body))
                                  .repeatable());
    co_return from_json<message>(answer.text);
}

} // namespace

task<message> rest_client::create_message(snowflake channel_id, message_draft draft) const {
    // Discord makes one message of all requests with one nonce, so that a reply is neither lost nor
    // doubled.
    return create(*this, channel_id, rest::message_body(draft, rest::make_nonce()));
}

} // namespace strandcord
