#include "gateway/heartbeat.hpp"

namespace strandcord::gateway {

void heartbeat::start(duration interval, double jitter, time_point now) noexcept {
    const bool paused = paused_;
    *this = heartbeat{};
    paused_ = paused;
    interval_ = interval;
    due_ =
        now + duration{static_cast<duration::rep>(static_cast<double>(interval.count()) * jitter)};
}

void heartbeat::stop() noexcept {
    *this = heartbeat{};
}

heartbeat::verdict heartbeat::on_time(time_point now) noexcept {
    if (!due_ || now < *due_)
        return verdict::wait;
    if (outstanding_) {
        if (!was_paused_ || forgiven_)
            return verdict::zombie;
        forgiven_ = true;
    } else {
        forgiven_ = false;
    }
    outstanding_ = true;
    was_paused_ = paused_ || forgiven_;
    if (!unanswered_since_)
        unanswered_since_ = now;
    *due_ += interval_;
    if (*due_ <= now)
        due_ = now + interval_;
    return verdict::beat;
}

void heartbeat::on_requested(time_point now) noexcept {
    if (!unanswered_since_)
        unanswered_since_ = now;
}

std::optional<heartbeat::duration> heartbeat::on_acknowledged(time_point now) noexcept {
    outstanding_ = false;
    if (!unanswered_since_)
        return std::nullopt;
    const auto latency = now - *unanswered_since_;
    unanswered_since_.reset();
    return latency;
}

void heartbeat::on_reading(bool paused) noexcept {
    paused_ = paused;
    was_paused_ = was_paused_ || paused;
}

} // namespace strandcord::gateway
