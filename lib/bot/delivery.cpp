#include "bot/delivery_state.hpp"

#include <strandcord/event.hpp>

namespace strandcord {

std::string_view delivery::name() const noexcept { return state_->name; }
std::string_view delivery::raw() const noexcept { return state_->raw; }
std::int64_t delivery::sequence() const noexcept { return state_->sequence; }
shard_id delivery::shard() const noexcept { return state_->shard; }
rest_client& delivery::rest() const noexcept { return state_->rest; }

} // namespace strandcord
