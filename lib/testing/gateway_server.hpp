#pragma once

// The gateway seen from the wire, as a machine: what comes in are frames as text, what goes out are
// WebSocket messages as bytes, compressed; the time is an argument. Rules:
// - every input may leave outputs: drain `next()` of the connections that `take_touched()` names;
// - what a client does wrong is noted in a sentence, and closes the connection with the code that
//   Discord would use;
// - a connection that is closing sends nothing more, and what it receives is ignored;
// - its own faults never count as the client's violations.

#include "testing/deflate.hpp"
#include "testing/gateway_checks.hpp"
#include "testing/sessions.hpp"
#include "testing/world.hpp"

#include <strandcord/testing/gateway.hpp>
#include <strandcord/testing/options.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace strandcord::testing {

using elapsed = std::chrono::nanoseconds;

/// Something for the driver to do with one connection, in order.
struct gateway_output {
    enum class kind { message, close, reset, reset_in_frame };
    kind what = kind::message;
    std::string bytes = {};
    bool binary = false;
    std::uint16_t code = 0; ///< of close; 0: without a code
    std::string reason = {};
    elapsed due{};
};

/// The answer to an upgrade request, when it is refused.
struct refusal {
    int status = 0; ///< 0: TCP is refused
    std::chrono::milliseconds retry_after{};
};

struct gateway_addresses {
    std::string main_host = {};
    std::string resume_host = {};
    std::string resume_url = {};
};

class gateway_server {
public:
    gateway_server(const emulator_options& options, world& state, gateway_addresses addresses);

    // From the wire
    /// Whether TCP to this host is refused, for transports that know the host by then.
    bool refuses_tcp(std::string_view host, elapsed now);
    /// Whether an upgrade is refused; nothing: it goes on.
    std::optional<refusal> on_dial(std::string_view host, std::string_view target, elapsed now);
    /// The upgrade is done. `offered_extensions`: the client sent Sec-WebSocket-Extensions.
    std::uint64_t on_open(std::string_view host, std::string_view target, bool offered_extensions,
                          elapsed now);
    void on_message(std::uint64_t connection, std::string_view text, bool binary, elapsed now);
    /// 0: no close frame came.
    void on_closed(std::uint64_t connection, std::uint16_t code, std::string_view reason,
                   elapsed now);
    void on_time(elapsed now);
    void publish(const event& what) { sessions_.publish(what); }
    bool dispatch_to(int shard, std::string_view type, std::string_view data) {
        return sessions_.give_to(shard, type, data);
    }
    /// The time, for what follows without one.
    void at(elapsed now) noexcept { now_ = now; }

    // To the wire
    std::optional<gateway_output> next(std::uint64_t connection, elapsed now);
    /// When `next` or `on_time` has something to do again.
    std::optional<elapsed> deadline() const;
    std::vector<std::uint64_t> take_touched();

    // For gateway_control
    void drop(std::uint16_t code, int shard);
    void reset(int shard, bool in_frame);
    void refuse_connections(int times, refusal how);
    void kill_host(std::string_view host, bool dead);
    void invalidate(bool resumable, int shard);
    void send_op(int op, int shard);
    void set_acknowledging(bool on) { faults_.acknowledging = on; }
    void withhold_hello(bool on);
    void withhold_ready(bool on);
    void fail_identify(bool resumable, int times);
    void close_on_identify(std::uint16_t code, int times);
    void close_on_resume(std::uint16_t code, int times);
    void reconnect_before_hello(int times) { faults_.reconnects_before_hello = times; }
    void withhold_answers(bool on) { faults_.answers_withheld = on; }
    void limit_member_requests(std::chrono::milliseconds retry_after, int times);
    void set_heartbeat_interval(std::chrono::milliseconds interval) { interval_ = interval; }
    void forget_sessions() { sessions_.forget_all(); }
    void send_raw(std::string_view text, int shard);
    void send_bytes(std::string_view bytes, bool binary, int shard);
    void bomb(std::size_t size, int shard);
    void corrupt_next(int shard);
    void truncate_next(int shard);
    void duplicate_next(int count, int shard);
    void delay(std::chrono::milliseconds late, int shard);
    void revoke_token(bool revoked) noexcept { token_revoked_ = revoked; }
    void set_max_concurrency(int count);
    void set_start_limit(int remaining) noexcept { start_remaining_ = remaining; }
    int start_remaining() const noexcept { return start_remaining_; }

    struct seen {
        std::size_t identifies = 0;
        std::size_t resumes = 0;
        std::size_t heartbeats = 0;
        std::size_t dispatches = 0;
        std::deque<handshake> handshakes = {};
        std::deque<client_frame> frames = {};
        std::deque<client_close> closes = {};
        std::deque<std::string> violations = {};
    };
    const seen& observed() const noexcept { return seen_; }
    void forget_seen() { seen_ = {}; }
    std::size_t open_connections() const noexcept;
    /// Guilds of sessions that GUILD_CREATE is still due for.
    std::size_t guilds_due() const noexcept { return guilds_due_.size(); }
    const session_table& sessions() const noexcept { return sessions_; }

private:
    struct connection {
        std::uint64_t id = 0;
        std::string host = {};
        std::unique_ptr<deflater> compressor = {};
        std::deque<gateway_output> out = {};
        std::deque<elapsed> received = {}; ///< of the last minute
        std::string session = {};
        int shard = -1;
        bool hello_sent = false;
        bool authenticated = false;
        bool invalidated = false;
        bool closing = false;
        bool corrupt = false;
        bool truncate = false;
        int duplicates = 0;
        std::chrono::milliseconds late{};
        elapsed last_due{};
        elapsed last_beat{};
        std::optional<identify_request> waiting = {}; ///< READY is withheld
    };

    // gateway_server.cpp
    connection* find(std::uint64_t id);
    template <class Function>
    void each(int shard, Function fn);
    void greet(connection& to);
    void send_payload(connection& to, std::string_view text);
    void send_dispatch(connection& to, const numbered_event& what);
    void push(connection& to, gateway_output what);
    void close(connection& which, std::uint16_t code, std::string_view reason);
    void note(const connection& about, std::string_view sentence);
    void note_all(const connection& about, const verdict& from);

    // gateway_protocol.cpp
    void handle(connection& from, int op, const json_value& frame);
    void on_heartbeat(connection& from, const json_value& frame);
    void on_identify(connection& from, const json_value& data);
    void on_resume(connection& from, const json_value& data);
    bool may_identify(connection& from, shard_id shard);
    void become_ready(connection& to, const identify_request& request);
    std::string ready_json(const server_session& of) const;
    void send_invalid_session(connection& to, bool resumable);

    // gateway_commands.cpp
    void on_command(connection& from, int op, const json_value& data);
    void request_members(server_session& of, const json_value& data);
    void limit_request(server_session& of, const json_value& data, elapsed left);
    void update_voice(server_session& of, const json_value& data);
    void request_sounds(server_session& of, const json_value& data);
    void request_channel_info(server_session& of, const json_value& data);

    struct faults {
        bool acknowledging = true;
        bool hello_withheld = false;
        bool ready_withheld = false;
        bool answers_withheld = false;
        std::deque<std::chrono::milliseconds> limited_requests = {}; ///< retry after
        int reconnects_before_hello = 0;
        int refused = 0; ///< negative: all
        refusal how = {};
        std::set<std::string, std::less<>> dead_hosts = {};
        std::deque<bool> failing_identifies = {}; ///< resumable?
        std::deque<std::uint16_t> closing_identifies = {};
        std::deque<std::uint16_t> closing_resumes = {};
    };
    struct guild_due {
        elapsed due{};
        std::string session = {};
        snowflake guild = {};
    };

    const emulator_options* options_;
    world* world_;
    gateway_addresses addresses_;
    session_table sessions_;
    std::map<std::uint64_t, connection> connections_;
    std::uint64_t made_ = 0;
    elapsed now_{};
    std::chrono::milliseconds interval_;
    int max_concurrency_;
    int start_remaining_;
    bool token_revoked_ = false;
    faults faults_;
    std::deque<guild_due> guilds_due_;
    std::map<int, elapsed> last_identify_;
    std::map<snowflake, elapsed> last_members_request_;
    std::set<std::uint64_t> touched_;
    seen seen_;
};

} // namespace strandcord::testing
