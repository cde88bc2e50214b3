#include <strandcord/testing/replay.hpp>

#include "codec/envelope.hpp"

#include <utility>

namespace strandcord::testing {

replay::replay(discord& where, const std::vector<recorded_frame>& frames) : where_{&where} {
    codec::frame_parser parser;
    for (const auto& each : frames) {
        std::string text = each.text;
        codec::envelope payload;
        if (!each.received || parser.parse(text, payload) || payload.op != 0 ||
            payload.type == "READY" || payload.type == "RESUMED")
            continue;
        events_.push_back(
            {each.ms, each.shard, std::string{payload.type}, std::string{payload.data}});
    }
}

bool replay::step() {
    if (next_ == events_.size())
        return false;
    const auto& event = events_[next_++];
    if (!where_->gateway().dispatch_to(event.shard, event.type, event.data))
        ++skipped_;
    where_->settle();
    return true;
}

void replay::at_recorded_times() {
    if (left() == 0)
        return;
    for (auto before = events_[next_].ms; left() > 0;) {
        const auto now = events_[next_].ms;
        where_->advance(std::chrono::milliseconds{now - before});
        before = now;
        step();
    }
}

void replay::at_once() {
    while (step()) {
    }
}

} // namespace strandcord::testing
