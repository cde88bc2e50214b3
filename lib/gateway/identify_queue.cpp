#include "gateway/identify_queue.hpp"

#include <algorithm>

namespace strandcord::gateway {

void identify_queue::set_limits(const identify_limits& limits, time_point now) {
    const int concurrency = std::max(limits.max_concurrency, 1);
    if (concurrency != max_concurrency_) {
        // Which old bucket a new one overlaps is unknown: all of them keep the latest of the old
        // times.
        auto latest = time_point::min();
        for (const auto& [index, one] : buckets_)
            latest = std::max(latest, one.permit_out ? now + spacing + margin : one.free_at);
        max_concurrency_ = concurrency;
        buckets_.clear();
        if (latest > now) {
            for (int index = 0; index < concurrency; ++index)
                buckets_[index].free_at = latest;
        }
        for (const auto& [which, shard] : places_)
            buckets_[key(shard)].waiting.emplace(shard, which);
    }
    allowance_ = allowance{limits.total, limits.remaining, now + limits.reset_after};
}

identify_queue::ticket identify_queue::ask(int shard) {
    places_.emplace(++last_ticket_, shard);
    buckets_[key(shard)].waiting.emplace(shard, last_ticket_);
    return last_ticket_;
}

void identify_queue::give_up(ticket which) {
    leave(which);
}

void identify_queue::leave(ticket which) {
    const auto place = places_.find(which);
    if (place == places_.end())
        return;
    buckets_[key(place->second)].waiting.erase({place->second, which});
    places_.erase(place);
}

void identify_queue::sent(int shard, time_point now) {
    auto& own = buckets_[key(shard)];
    own.permit_out = false;
    own.free_at = now + spacing + margin;
    permits_out_ = std::max(permits_out_ - 1, 0);
    if (allowance_)
        allowance_->left = std::max(allowance_->left - 1, 0);
}

void identify_queue::give_back(int shard) {
    buckets_[key(shard)].permit_out = false;
    permits_out_ = std::max(permits_out_ - 1, 0);
}

std::optional<identify_queue::ticket> identify_queue::next(time_point now) {
    renew(now);
    if (exhausted())
        return std::nullopt;
    bucket* first = nullptr;
    for (auto& [index, one] : buckets_) {
        if (one.permit_out || one.free_at > now || one.waiting.empty())
            continue;
        if (!first || *one.waiting.begin() < *first->waiting.begin())
            first = &one;
    }
    if (!first)
        return std::nullopt;
    first->permit_out = true;
    ++permits_out_;
    const ticket served = first->waiting.begin()->second;
    leave(served);
    return served;
}

std::optional<identify_queue::time_point> identify_queue::deadline(time_point now) const {
    if (places_.empty())
        return std::nullopt;
    if (exhausted()) {
        // A permit that is out decides first: it may come back unused.
        return allowance_->left > 0 ? std::nullopt : std::optional{allowance_->returns_at};
    }
    std::optional<time_point> earliest;
    for (const auto& [index, one] : buckets_) {
        if (one.permit_out || one.waiting.empty())
            continue;
        const auto when = std::max(now, one.free_at);
        earliest = earliest ? std::min(*earliest, when) : when;
    }
    return earliest;
}

std::optional<int> identify_queue::remaining() const noexcept {
    if (!allowance_)
        return std::nullopt;
    return allowance_->left;
}

void identify_queue::renew(time_point now) {
    if (!allowance_ || now < allowance_->returns_at)
        return;
    allowance_->left = allowance_->total;
    while (allowance_->returns_at <= now)
        allowance_->returns_at += std::chrono::hours{24};
}

} // namespace strandcord::gateway
