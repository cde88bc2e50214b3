#include "gateway/outbox.hpp"

#include "gateway/payloads.hpp"

#include <algorithm>
#include <utility>

namespace strandcord::gateway {

error_code outbox::push(int op, std::string text, std::uint64_t ticket) {
    if (text.size() > maximum_payload)
        return errc::payload_too_large;
    if (op == opcode::presence_update) {
        settle(std::exchange(presence_.ticket, 0));
        presence_ = {std::move(text), ticket};
        presence_due_ = true;
        return {};
    }
    if (queue_.size() >= capacity)
        return errc::queue_full;
    queue_.push_back({std::move(text), ticket});
    return {};
}

std::optional<std::string> outbox::pop(time_point now) {
    if (presence_due_ && presence_free(now) <= now && limiter_.take(now)) {
        presence_due_ = false;
        presences_sent_.push_back(now);
        settle(std::exchange(presence_.ticket, 0));
        return presence_.text;
    }
    if (queue_.empty() || !limiter_.take(now))
        return std::nullopt;
    entry next = std::move(queue_.front());
    queue_.pop_front();
    settle(next.ticket);
    return std::move(next.text);
}

std::optional<outbox::wait> outbox::waits(time_point now) {
    if (size() == 0)
        return std::nullopt;
    const time_point slot = limiter_.available(now);
    const time_point presence = presence_due_ ? presence_free(now) : slot;
    if (queue_.empty() && presence > slot)
        return wait{presence, reason::presence_limit};
    return wait{slot, reason::rate_limit};
}

void outbox::withdraw(std::uint64_t ticket) {
    std::erase_if(queue_, [ticket](const entry& one) { return one.ticket == ticket; });
    // A presence that was set stays set: whoever set it only stopped waiting.
    if (presence_.ticket == ticket)
        presence_.ticket = 0;
}

std::size_t outbox::forget_session() {
    const std::size_t dropped = queue_.size();
    for (const entry& one : std::exchange(queue_, {}))
        settle(one.ticket, errc::session_lost);
    presence_due_ = !presence_.text.empty();
    return dropped;
}

std::vector<outbox::outcome> outbox::take_outcomes() {
    return std::exchange(outcomes_, {});
}

outbox::time_point outbox::presence_free(time_point now) {
    while (!presences_sent_.empty() && now - presences_sent_.front() >= presence_window)
        presences_sent_.pop_front();
    if (presences_sent_.size() < presence_limit)
        return now;
    return presences_sent_.front() + presence_window;
}

void outbox::settle(std::uint64_t ticket, error_code why) {
    if (ticket != 0)
        outcomes_.push_back({ticket, why});
}

} // namespace strandcord::gateway
