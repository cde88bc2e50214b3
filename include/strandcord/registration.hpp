#pragma once

#include <strandcord/config.hpp>

#include <boost/describe/class.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace strandcord {

/// Names one registration; `off` takes it.
enum class handler_id : std::uint64_t {};

/// What a handler's events may belong to together, so that it runs for one of them at a time, in
/// the order they came, while others go on. Read from the event, whatever type the handler named;
/// an event that does not say it is not ordered.
enum class order_by : std::uint8_t {
    none,
    guild,   ///< outside guilds: the channel
    channel, ///< threads are channels of their own
    user,    ///< who did it: the author, the member, whoever clicked
    shard,   ///< all events of a shard
};

/// How one handler is run; everything has a default. Per shard, as everything about handlers.
///
///     bot.on<sc::message_create>(moderate, {.name = "moderate", .order = sc::order_by::channel});
struct registration {
    /// In logs, failures and the operator's view; empty: where it was registered, `file.cpp:12`.
    std::string name = {};
    order_by order = order_by::none;
    /// Events that it runs for at once, those included in which it waits for another event; zero:
    /// as many as `handler_options::in_flight` has room for.
    std::size_t in_flight = 0;
    /// Events that wait for its order or its `in_flight`; then `when_full` decides.
    std::size_t queued = 1024;
    /// `pause_reading`: the connection is read again when one of them had its turn; but when all
    /// that run wait for other events, which would then never come, the new event is dropped.
    /// `drop_oldest` drops the event that has waited longest. What is dropped is counted.
    overflow when_full = overflow::pause_reading;
    /// A run that takes longer is cancelled and has failed; zero: `handler_options::deadline`.
    std::chrono::milliseconds deadline = {};
    /// How often it is called again for an event when it failed, before that counts as failure.
    int retries = 0;
    /// The wait before each of those calls; the event keeps its turn meanwhile.
    std::chrono::milliseconds retry_after = {};
};

/// One handler as an operator sees it: numbers of all shards together since it was registered.
struct handler_status {
    std::string name = {};
    std::string place = {}; ///< where it was registered: `file.cpp:12`
    std::string event = {}; ///< empty: every event
    std::uint64_t calls = 0;
    std::uint64_t failures = 0;
    std::uint64_t running = 0; ///< those included that wait for an event
    std::uint64_t queued = 0;
    std::int64_t oldest_ms = 0; ///< how long the oldest of those that run has been running
};
BOOST_DESCRIBE_STRUCT(handler_status, (),
                      (name, place, event, calls, failures, running, queued, oldest_ms))

} // namespace strandcord
