#pragma once

#include "bot/registry.hpp"

#include <strandcord/config.hpp>
#include <strandcord/dispatcher.hpp>
#include <strandcord/intents.hpp>

namespace strandcord {

// Settings are judged before the first connection: each throws `error`
// (`errc::invalid_configuration`) with one sentence that names the setting and what it may be.

void check_gateway(const gateway_options& options);
void check_handlers(const handler_options& options);
void check_autoscale(std::chrono::milliseconds every, const shard_plan& plan);
void check_registration(const registration& how);
/// Bits that Discord has not defined would end in close code 4013.
void check_intents(intents asked);

/// What the handlers need without the privileged ones, and the privileged ones that were named; or
/// exactly `exact`; `DISCORD_GATEWAY_INTENTS` overrides both.
intents effective_intents(intents needed, intents privileged, const std::optional<intents>& exact);

/// Whether none of the intents that bring an event is among these. GUILD_MEMBER_UPDATE comes all
/// the same when the member is the bot's own.
bool starves(intents needs, intents effective) noexcept;
/// One warning for each set of intents that is off, with the names of all handlers that starve for
/// it; and one for those whose events come with their content blanked.
void warn_about_missing_intents(const bot_detail::handler_list& handlers, intents effective,
                                const logger& log);
/// The same for somebody who waits for an event.
void warn_of_starving_wait(const detail::interest& what, const logger& log);

} // namespace strandcord
