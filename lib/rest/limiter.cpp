#include "rest/limiter.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace strandcord::rest {
namespace {

using namespace std::chrono_literals;

constexpr duration global_window = 1s;
constexpr duration refused_window = 10min;
constexpr duration refused_slot_length = 10s;
/// Two answers of one window name resets that differ by the network's latency.
constexpr duration same_window = 250ms;
/// For a 429 that does not say how long.
constexpr duration unnamed_wait = 1s;

verdict wait_for_turn() {
    return {verdict::kind::wait, wait_reason::turn, std::nullopt};
}

verdict wait_until(wait_reason why, time_point when) {
    return {verdict::kind::wait, why, when};
}

bool is_refusal(const answer_limits& answer) noexcept {
    return answer.status == 401 || answer.status == 403 || (answer.status == 429 && !answer.shared);
}

} // namespace

const char* to_string(wait_reason why) noexcept {
    switch (why) {
    case wait_reason::none:
        return "none";
    case wait_reason::turn:
        return "turn";
    case wait_reason::bucket:
        return "bucket limit";
    case wait_reason::global:
        return "global limit";
    case wait_reason::sub_limit:
        return "sub-limit";
    }
    return "unknown";
}

std::string limiter::key_of(const route& where) const {
    const auto known = hashes_.find(where.name);
    const bool has_hash = known != hashes_.end() && !known->second.empty();
    return (has_hash ? known->second : where.name) + "|" + where.major;
}

limiter::bucket& limiter::bucket_for(const std::string& key) {
    return buckets_[key];
}

ticket limiter::enter(const route& where, bool at_front) {
    const ticket call = ++last_;
    call_state state{where, {}, false};
    if (where.has_bucket) {
        state.key = key_of(where);
        bucket& one = bucket_for(state.key);
        const auto known = hashes_.find(where.name);
        if (known != hashes_.end() && known->second.empty())
            one.unknown = false;
        if (at_front)
            one.queue.push_front(call);
        else
            one.queue.push_back(call);
    }
    calls_.emplace(call, std::move(state));
    return call;
}

verdict limiter::poll(ticket call, time_point now) {
    call_state& state = calls_.at(call);
    if (token_refused_ && state.where.authorized)
        return {verdict::kind::unauthorized};
    if (refused(now) >= settings_.refused_limit)
        return {verdict::kind::too_many_refused};
    bucket* one = state.where.has_bucket ? &bucket_for(state.key) : nullptr;
    if (one) {
        if (auto wait = bucket_wait(*one, call, now))
            return *wait;
    }
    if (state.where.counts_globally) {
        if (auto wait = global_wait(now))
            return *wait;
        starts_.push_back(now);
    }
    if (one) {
        one->queue.pop_front();
        ++one->in_flight;
        if (one->remaining)
            --*one->remaining;
        wake_head(*one);
    }
    state.granted = true;
    return {};
}

std::optional<verdict> limiter::bucket_wait(bucket& one, ticket call, time_point now) {
    if (one.queue.front() != call)
        return wait_for_turn();
    if (one.blocked_until && now < *one.blocked_until)
        return wait_until(wait_reason::bucket, *one.blocked_until);
    if (one.unknown && one.in_flight > 0)
        return wait_for_turn();
    if (one.reset_at && now >= *one.reset_at) {
        one.reset_at.reset();
        // The server may count what is still under way in its new window.
        one.remaining = one.limit;
        if (one.remaining)
            *one.remaining -= one.in_flight;
    }
    if (!one.remaining || *one.remaining > 0)
        return std::nullopt;
    if (one.reset_at)
        return wait_until(wait_reason::bucket, *one.reset_at);
    if (one.in_flight > 0)
        return wait_for_turn();
    // Everything allowed was used up by calls that got no answer: find out again.
    one.remaining.reset();
    one.unknown = true;
    return std::nullopt;
}

std::optional<verdict> limiter::global_wait(time_point now) {
    if (global_until_ && now < *global_until_)
        return wait_until(wait_reason::global, *global_until_);
    while (!starts_.empty() && now - starts_.front() >= global_window)
        starts_.pop_front();
    if (starts_.size() < static_cast<std::size_t>(settings_.per_second))
        return std::nullopt;
    return wait_until(wait_reason::global, starts_.front() + global_window);
}

std::optional<limited> limiter::complete(ticket call, const answer_limits& answer, time_point now) {
    const auto found = calls_.find(call);
    const call_state state = std::move(found->second);
    calls_.erase(found);

    bucket* one = nullptr;
    if (state.where.has_bucket) {
        --bucket_for(state.key).in_flight;
        one = &settle(state, answer);
        learn(*one, answer, now);
    }
    if (is_refusal(answer))
        note_refused(now);
    if (answer.status == 401 && state.where.authorized) {
        token_refused_ = true;
        wake_all();
    }
    std::optional<limited> out;
    if (answer.status == 429)
        out = hold(one, answer, now);
    if (one) {
        wake_head(*one);
        wake_head(bucket_for(state.key));
    }
    forget_idle(now);
    return out;
}

limiter::bucket& limiter::settle(const call_state& call, const answer_limits& answer) {
    bucket& before = bucket_for(call.key);
    if (answer.bucket.empty()) {
        // An error of a proxy says nothing about the route.
        if (answer.status < 500 && answer.status != 429) {
            hashes_.try_emplace(call.where.name);
            before.unknown = false;
        }
        return before;
    }
    hashes_[call.where.name] = answer.bucket;
    const std::string key = key_of(call.where);
    bucket& after = bucket_for(key);
    after.unknown = false;
    if (key == call.key)
        return after;
    std::deque<ticket> stay;
    for (const ticket waiting : before.queue) {
        call_state& other = calls_.at(waiting);
        if (other.where.name == call.where.name) {
            other.key = key;
            after.queue.push_back(waiting);
        } else {
            stay.push_back(waiting);
        }
    }
    before.queue = std::move(stay);
    return after;
}

void limiter::learn(bucket& one, const answer_limits& answer, time_point now) {
    if (answer.limit)
        one.limit = answer.limit;
    if (answer.status == 429 || !answer.remaining)
        return;
    const auto reset = answer.reset_after ? std::optional{now + *answer.reset_after} : std::nullopt;
    const bool continues =
        one.reset_at && now < *one.reset_at && reset && *reset <= *one.reset_at + same_window;
    if (continues && one.remaining) {
        one.remaining = std::min(*one.remaining, *answer.remaining);
        one.reset_at = std::max(*one.reset_at, *reset);
    } else {
        one.remaining = *answer.remaining - one.in_flight;
        one.reset_at = reset;
    }
}

limited limiter::hold(bucket* one, const answer_limits& answer, time_point now) {
    const duration wait =
        answer.retry_after ? *answer.retry_after : answer.reset_after.value_or(unnamed_wait);
    const time_point until = now + wait;
    if (answer.global) {
        global_until_ = global_until_ ? std::max(*global_until_, until) : until;
        return {wait_reason::global, wait, std::nullopt};
    }
    const bool sub_limit = answer.remaining.value_or(0) > 0 && !answer.shared;
    if (!one || sub_limit)
        return {wait_reason::sub_limit, wait, until};
    if (answer.shared) {
        one->blocked_until = until;
    } else {
        one->remaining = 0;
        one->reset_at = until;
    }
    return {wait_reason::bucket, wait, std::nullopt};
}

void limiter::leave(ticket call) {
    const auto found = calls_.find(call);
    if (found == calls_.end())
        return;
    const call_state state = std::move(found->second);
    calls_.erase(found);
    if (!state.where.has_bucket)
        return;
    bucket& one = bucket_for(state.key);
    if (state.granted)
        --one.in_flight;
    else
        std::erase(one.queue, call);
    wake_head(one);
}

std::vector<ticket> limiter::woken() {
    std::sort(woken_.begin(), woken_.end());
    woken_.erase(std::unique(woken_.begin(), woken_.end()), woken_.end());
    return std::exchange(woken_, {});
}

int limiter::refused(time_point now) const noexcept {
    return std::accumulate(
        refused_.begin(), refused_.end(), 0, [now](int sum, const refused_slot& slot) {
            return now - slot.from < refused_window + refused_slot_length ? sum + slot.count : sum;
        });
}

void limiter::note_refused(time_point now) {
    while (!refused_.empty() && now - refused_.front().from >= refused_window + refused_slot_length)
        refused_.pop_front();
    if (refused_.empty() || now - refused_.back().from >= refused_slot_length)
        refused_.push_back({now, 0});
    ++refused_.back().count;
}

void limiter::wake_head(const bucket& one) {
    if (!one.queue.empty())
        woken_.push_back(one.queue.front());
}

void limiter::wake_all() {
    for (const auto& [call, state] : calls_)
        if (!state.granted)
            woken_.push_back(call);
}

void limiter::forget_idle(time_point now) {
    if (buckets_.size() < forget_from_)
        return;
    std::erase_if(buckets_, [now](const auto& entry) {
        const bucket& one = entry.second;
        return one.queue.empty() && one.in_flight == 0 && (!one.reset_at || *one.reset_at <= now) &&
               (!one.blocked_until || *one.blocked_until <= now);
    });
    forget_from_ = std::max<std::size_t>(1024, 2 * buckets_.size());
}

} // namespace strandcord::rest
