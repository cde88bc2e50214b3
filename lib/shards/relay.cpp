#include "shards/relay.hpp"

#include "shards/crossing.hpp"

#include <algorithm>

namespace strandcord::shards {

relay::relay(boost::asio::any_io_executor strand, std::unique_ptr<gateway::event_sink> inner,
             std::function<void()> ready)
    : strand_{std::move(strand)}, inner_{std::move(inner)}, ready_{std::move(ready)} {}

relay::~relay() = default;

void relay::cross(std::shared_ptr<crossing> via, side mine) {
    crossing_ = std::move(via);
    side_ = mine;
    held_from_ = std::numeric_limits<std::int64_t>::max();
}

void relay::on_dispatch(const gateway::dispatch& event) {
    if (event.type == "READY" || event.type == "RESUMED")
        ready_();
    if (!crossing_ || crossing_->passes(side_, *this, event))
        inner_->on_dispatch(event);
    else if (event.sequence != 0 && event.sequence < held_from_)
        held_from_ = event.sequence;
}

std::int64_t relay::finished(std::int64_t received) const noexcept {
    return std::min(inner_->finished(received), held_from_ - 1);
}

void relay::deliver(const std::shared_ptr<std::string>& frame) {
    codec::envelope payload;
    if (!parser_.parse(*frame, payload))
        inner_->on_dispatch(gateway::dispatch{payload.type, payload.data,
                                              payload.sequence.value_or(0), frame, parser_});
}

} // namespace strandcord::shards
