#include "bot/delivery_state.hpp"

#include <strandcord/event.hpp>

namespace strandcord {

std::string_view delivery::name() const noexcept {
    return state_->name;
}
std::string_view delivery::raw() const noexcept {
    return state_->raw;
}
std::int64_t delivery::sequence() const noexcept {
    return state_->sequence;
}
shard_id delivery::shard() const noexcept {
    return state_->shard;
}
std::shared_ptr<const void> delivery::old(const codec::type_desc& type,
                                          std::size_t index) const noexcept {
    for (const auto& one : state_->before)
        if (one.type == &type && index-- == 0)
            return one.object;
    return nullptr;
}
rest_client& delivery::rest() const noexcept {
    return state_->rest;
}

namespace detail {

task<message> reply_to_message(rest_client& rest, snowflake channel, snowflake message,
                               message_draft draft) {
    return rest.create_message(channel, std::move(draft).reply_to(message));
}

task<> reply_to_interaction(rest_client& rest, snowflake interaction, std::string token,
                            message_draft draft) {
    return rest.create_interaction_response(interaction, std::move(token),
                                            interaction_response{std::move(draft)});
}

} // namespace detail

} // namespace strandcord
