#pragma once

#include "bot/registry.hpp"

#include <strandcord/config.hpp>
#include <strandcord/intents.hpp>

namespace strandcord {

// Settings are judged before the first connection: each throws `error`
// (`errc::invalid_configuration`) with one sentence that names the setting and what it may be.

void check_gateway(const gateway_options& options);
void check_handlers(const handler_options& options);
void check_autoscale(std::chrono::milliseconds every);
/// Bits that Discord has not defined would end in close code 4013.
void check_intents(intents asked);

/// What the handlers need without the privileged ones, and the privileged ones that were named; or
/// exactly `exact`; `DISCORD_GATEWAY_INTENTS` overrides both.
intents effective_intents(intents needed, intents privileged, const std::optional<intents>& exact);

/// One warning per handler that starves: no intent brings its event, or the event comes with its
/// content blanked.
void warn_about_missing_intents(const bot_detail::handler_list& handlers, intents effective,
                                const logger& log);

} // namespace strandcord
