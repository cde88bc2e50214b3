#pragma once

#include "bot/registry.hpp"

#include <strandcord/delivery.hpp>
#include <strandcord/middleware.hpp>
#include <strandcord/task.hpp>

namespace strandcord::detail {

/// One call of a handler, with what runs around it: lives in the frame that awaits it.
class handler_call {
public:
    handler_call(const bot_detail::registered& handler, const bot_detail::middleware_list* around,
                 delivery given) noexcept
        : handler_{handler}, around_{around}, given_{std::move(given)} {}
    handler_call(const handler_call&) = delete;
    handler_call& operator=(const handler_call&) = delete;

    task<> begin() { return step(0); }
    /// The middleware of that place, or behind the last one the handler.
    task<> step(std::size_t place);
    const bot_detail::registered& handler() const noexcept { return handler_; }

private:
    const bot_detail::registered& handler_;
    const bot_detail::middleware_list* around_;
    delivery given_;
    event_slot slot_;
};

} // namespace strandcord::detail
