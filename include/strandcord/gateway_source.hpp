#pragma once

#include <strandcord/model/gateway.hpp>
#include <strandcord/task.hpp>

namespace strandcord {

/// Who says where the gateway is, how many shards a bot should run and how many may start. The
/// library asks Discord through its REST client; derive one to ask elsewhere or with another HTTP
/// client, for example a proxy that serves several processes.
/// Discord documentation: events/gateway, "Get Gateway Bot".
class gateway_source {
public:
    virtual ~gateway_source() = default;
    /// Throws `error`: what is `cause::retryable` or `cause::timed_out` is asked again later, any
    /// other ends the bot. Called on any strand: must be thread-safe.
    virtual task<gateway_bot> ask() = 0;
};

} // namespace strandcord
