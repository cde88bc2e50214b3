#include "gateway/command_limiter.hpp"

#include <algorithm>

namespace strandcord::gateway {
namespace {

// The server may ask for a beat at any time; nothing says how often. Usually it never does.
constexpr int requested_beats = 3;

} // namespace

void command_limiter::reset() noexcept {
    commands_.clear();
    reserved_.clear();
}

void command_limiter::beats_every(duration interval) noexcept {
    // One more beat than fits the window, since it may begin right before one, and one payload for
    // Identify or Resume.
    const auto beats = window / interval + (window % interval != duration::zero()) + 1;
    reserve_ = static_cast<int>(std::min<duration::rep>(beats + 1 + requested_beats, limit - 1));
}

bool command_limiter::take(time_point now) {
    forget_before(now);
    const auto kept_free =
        std::max<std::size_t>(reserved_.size(), static_cast<std::size_t>(reserve_));
    if (commands_.size() + kept_free + 1 > limit)
        return false;
    commands_.push_back(now);
    return true;
}

void command_limiter::take_reserved(time_point now) {
    forget_before(now);
    reserved_.push_back(now);
}

command_limiter::time_point command_limiter::available(time_point now) {
    forget_before(now);
    const auto reserve = static_cast<std::size_t>(reserve_);
    auto command = commands_.begin();
    auto beat = reserved_.begin();
    auto when = now;
    // Let the oldest of what stands in the way expire, one at a time, until a command fits.
    const auto fits = [&] {
        const auto commands = static_cast<std::size_t>(commands_.end() - command);
        const auto beats = static_cast<std::size_t>(reserved_.end() - beat);
        return commands + std::max(beats, reserve) + 1 <= limit;
    };
    while (!fits()) {
        const bool take_beat =
            beat != reserved_.end() && (command == commands_.end() || *beat < *command);
        when = (take_beat ? *beat++ : *command++) + window;
    }
    return when;
}

int command_limiter::used(time_point now) {
    forget_before(now);
    return static_cast<int>(commands_.size() + reserved_.size());
}

void command_limiter::forget_before(time_point now) {
    const auto drop = [now](std::deque<time_point>& times) {
        while (!times.empty() && now - times.front() >= window)
            times.pop_front();
    };
    drop(commands_);
    drop(reserved_);
}

} // namespace strandcord::gateway
