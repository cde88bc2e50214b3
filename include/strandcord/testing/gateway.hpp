#pragma once

#include <strandcord/snowflake.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace strandcord::testing {

namespace detail {
class hub;
}

/// Every connection, whatever its shard, also those that have not identified.
inline constexpr int every_shard = -1;

/// One frame received from a client.
struct client_frame {
    int shard = -1; ///< -1 before Identify or Resume
    std::uint64_t connection = 0;
    std::chrono::nanoseconds at{}; ///< since the emulator was made
    int op = -1;
    std::string text = {};
};

/// A connection that a client ended.
struct client_close {
    int shard = -1;
    std::uint64_t connection = 0;
    std::chrono::nanoseconds at{};
    std::uint16_t code = 0; ///< 0: no close frame
    std::string reason = {};
};

/// One attempt to open a WebSocket.
struct handshake {
    std::uint64_t connection = 0; ///< 0 when it was refused
    std::chrono::nanoseconds at{};
    std::string host = {};
    std::string target = {};
};

/// The emulated gateway: what it does out of the ordinary, and what it saw. Faults that name a
/// shard act on that shard's connection; those that say "next" wait for it.
class gateway_control {
public:
    // Ends of connections
    /// Sends a close frame with that code; 0: one without a code.
    void drop(std::uint16_t code, int shard = every_shard);
    /// Drops TCP without a close frame.
    void reset(int shard = every_shard);
    /// The same, in the middle of a frame of ours.
    void reset_in_frame(int shard = every_shard);
    /// The next `times` connections get this HTTP status instead of an upgrade; with status 0 TCP
    /// is refused. Negative: all, until told otherwise.
    void refuse_connections(int times, int status = 0, std::chrono::milliseconds retry_after = {});
    /// Nothing answers at the host that READY names for resuming.
    void kill_resume_host(bool dead = true);
    /// Nothing answers at the main gateway host.
    void kill_main_host(bool dead = true);

    // What the protocol says
    /// Op 9.
    void invalidate(bool resumable, int shard = every_shard);
    /// Op 7.
    void request_reconnect(int shard = every_shard);
    /// Op 1.
    void request_heartbeat(int shard = every_shard);
    void stop_acknowledging(bool stop = true);
    /// Connections are accepted, but Hello does not come.
    void withhold_hello(bool withhold = true);
    /// Identify is taken, but READY comes only when this is lifted.
    void withhold_ready(bool withhold = true);
    /// The next `times` Identifies are answered by op 9.
    void fail_identify(bool resumable, int times = 1);
    /// The next `times` Identifies or Resumes are answered by a close frame.
    void close_on_identify(std::uint16_t code, int times = 1);
    void close_on_resume(std::uint16_t code, int times = 1);
    /// The next `times` connections begin with op 7 instead of Hello.
    void reconnect_before_hello(int times = 1);
    /// Ops 4, 8, 31 and 43 are taken and not answered: the test answers with `dispatch`.
    void withhold_answers(bool withhold = true);
    /// The next `times` member requests are answered by RATE_LIMITED.
    void limit_member_requests(std::chrono::milliseconds retry_after, int times = 1);
    /// What Hello says from now on.
    void heartbeat_interval(std::chrono::milliseconds interval);
    /// Forgets every session: Resume gets op 9.
    void forget_sessions();

    // Payloads
    /// An event with this `d`, to the sessions that should get it by guild and intents.
    void dispatch(std::string_view type, std::string_view json, snowflake guild = {});
    /// An event with this `d` to the session of one shard, whatever intents and guild say; false
    /// when there is no such session.
    bool dispatch_to(int shard, std::string_view type, std::string_view json);
    /// One payload of any text, compressed as the connection is, outside sequence and replay.
    void send_raw(std::string_view text, int shard = every_shard);
    /// One WebSocket message as it is, past the compression.
    void send_bytes(std::string_view bytes, bool binary, int shard = every_shard);
    /// A payload that inflates to this many bytes.
    void bomb(std::size_t size, int shard = every_shard);
    /// The next payload: one byte is changed; half of it is missing.
    void corrupt_next(int shard = every_shard);
    void truncate_next(int shard = every_shard);
    /// The next `count` dispatches are sent twice.
    void duplicate_next(int count = 1, int shard = every_shard);
    /// Every payload from now on is this much late; zero ends it.
    void delay(std::chrono::milliseconds late, int shard = every_shard);

    // What was seen
    std::size_t identifies() const;
    std::size_t resumes() const;
    std::size_t heartbeats() const;
    /// Open now.
    std::size_t connections() const;
    /// Dispatches sent, replays included.
    std::size_t dispatches() const;
    std::vector<handshake> handshakes() const;
    std::vector<client_frame> frames() const;
    /// Only those with this opcode.
    std::vector<client_frame> frames(int op) const;
    std::vector<client_close> closes() const;
    /// What clients did against the protocol, one sentence each.
    std::vector<std::string> violations() const;
    /// Forgets what was seen; counters start again.
    void forget_seen();

    detail::hub& internals() noexcept { return *hub_; }

    explicit gateway_control(detail::hub& hub) noexcept : hub_{&hub} {}

private:
    detail::hub* hub_;
};

} // namespace strandcord::testing
