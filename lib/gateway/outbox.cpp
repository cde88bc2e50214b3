#include "gateway/outbox.hpp"

#include "gateway/payloads.hpp"

namespace strandcord::gateway {
namespace {

bool is_presence(const std::string& text) {
    try {
        return from_json<opcode_only>(text).op == opcode::presence_update;
    } catch (const error&) {
        return false;
    }
}

} // namespace

error_code outbox::push(std::string text) {
    if (text.size() > maximum_payload)
        return errc::payload_too_large;
    if (is_presence(text))
        presence_ = text;
    queue_.push_back(std::move(text));
    return {};
}

std::optional<std::string> outbox::pop(time_point now) {
    if (queue_.empty() || !limiter_.take(now))
        return std::nullopt;
    std::optional<std::string> out{std::move(queue_.front())};
    queue_.pop_front();
    return out;
}

std::optional<outbox::time_point> outbox::deadline(time_point now) {
    if (queue_.empty())
        return std::nullopt;
    return limiter_.available(now);
}

std::size_t outbox::forget_session() {
    const std::size_t before = queue_.size();
    bool presence_waited = false;
    for (const auto& text : queue_)
        presence_waited = presence_waited || text == presence_;
    queue_.clear();
    if (!presence_.empty())
        queue_.push_back(presence_);
    return before - (presence_waited && !presence_.empty() ? 1 : 0);
}

} // namespace strandcord::gateway
