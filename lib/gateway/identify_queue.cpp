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
    }
    allowance_ = allowance{limits.total, limits.remaining, now + limits.reset_after};
}

identify_queue::ticket identify_queue::ask(int shard) {
    const auto after =
        std::upper_bound(waiting_.begin(), waiting_.end(), shard,
                         [](int index, const place& other) { return index < other.shard; });
    waiting_.insert(after, place{++last_ticket_, shard});
    return last_ticket_;
}

void identify_queue::give_up(ticket which) {
    std::erase_if(waiting_, [which](const place& one) { return one.id == which; });
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
    for (auto one = waiting_.begin(); one != waiting_.end(); ++one) {
        auto& own = buckets_[key(one->shard)];
        if (own.permit_out || own.free_at > now)
            continue;
        own.permit_out = true;
        ++permits_out_;
        const ticket served = one->id;
        waiting_.erase(one);
        return served;
    }
    return std::nullopt;
}

std::optional<identify_queue::time_point> identify_queue::deadline(time_point now) const {
    if (waiting_.empty())
        return std::nullopt;
    if (exhausted()) {
        // A permit that is out decides first: it may come back unused.
        return allowance_->left > 0 ? std::nullopt : std::optional{allowance_->returns_at};
    }
    std::optional<time_point> earliest;
    for (const auto& one : waiting_) {
        const auto own = buckets_.find(key(one.shard));
        if (own != buckets_.end() && own->second.permit_out)
            continue;
        const auto when = own == buckets_.end() ? now : std::max(now, own->second.free_at);
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
