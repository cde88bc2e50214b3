#pragma once

// The protocol of one shard as a machine: no socket, no clock, no thread. Rules:
// - inputs are calls, outputs are values: drain `next()` after every input;
// - one place decides whether a session survives a close (`on_closed`), one table says what each
//   close code means (close_codes.hpp);
// - only op 11 acknowledges a heartbeat (GW-HB-10);
// - a permit asked for and not needed is returned (GW-ID-16);
// - emitting never blocks the session.

#include "codec/envelope.hpp"
#include "core/clock.hpp"
#include "gateway/heartbeat.hpp"
#include "gateway/outbox.hpp"

#include <strandcord/config.hpp>
#include <strandcord/error.hpp>
#include <strandcord/metrics.hpp>
#include <strandcord/shard_plan.hpp>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace strandcord::gateway {

using time_point = runtime_clock::time_point;
using duration = runtime_clock::duration;
/// Numbers in [0, 1).
using jitter_source = std::function<double()>;

namespace act {
/// Open a WebSocket to `url` (complete, with query) after waiting `after`.
struct connect {
    std::string url;
    duration after{};
    bool operator==(const connect&) const = default;
};
/// Ask REST for the gateway URL after waiting `after`; answer with `on_url` or `on_url_failed`.
struct ask_url {
    duration after{};
    bool operator==(const ask_url&) const = default;
};
/// Ask the identify queue for a permit; answer with `on_identify_permit`.
struct ask_identify {
    bool operator==(const ask_identify&) const = default;
};
/// Give up the permit or the place in the queue.
struct return_permit {
    bool operator==(const return_permit&) const = default;
};
/// `takes_permit`: this is the Identify that the permit was for; its 5 seconds begin (GW-ID-14).
struct send {
    std::string text;
    bool takes_permit = false;
    bool operator==(const send&) const = default;
};
/// Close the connection; answer with `on_closed` when it is gone.
struct close {
    std::uint16_t code = 1000;
    std::string reason = {};
    bool operator==(const close&) const = default;
};
/// One dispatch: views into the frame, valid until the next input.
struct emit {
    std::string_view type;
    std::string_view data;
    std::int64_t sequence = 0;
    bool operator==(const emit&) const = default;
};
/// A session was lost and a new one is READY: a whole payload of strandcord's own, to be delivered
/// before it.
struct announce {
    std::string payload;
    bool operator==(const announce&) const = default;
};
/// The shard is over. `why` is empty after `stop()`.
struct finish {
    error_code why;
    std::string message = {};
    bool operator==(const finish&) const = default;
};
} // namespace act

using action = std::variant<act::connect, act::ask_url, act::ask_identify, act::return_permit,
                            act::send, act::close, act::emit, act::announce, act::finish>;

struct session_settings {
    std::string token = {};
    strandcord::intents intents = {};
    shard_id shard = {};
    /// Asked for when empty.
    std::string gateway_url = {};
    gateway_options options = {}; ///< `compress` resolved
    /// Taken if shard, intents and token are the same.
    std::optional<resume_point> resume = {};
    /// What `resume_point::token_hash` must be, and will be.
    std::string token_hash = {};
    logger log = {};
    std::shared_ptr<meter> metrics = {}; ///< may be null
    /// Whether a URL that cannot be reached is asked for anew; else `gateway_url` is the only one.
    bool may_ask_url = true;
    /// `d` of a presence update for each Identify; nothing, or not set: none (GW-ID-8).
    std::function<std::optional<std::string>()> presence = {};
    /// Identifies that lead nowhere are spaced further and further, up to this (GW-SAFE-3).
    duration longest_identify_wait = std::chrono::minutes{10};
};

class session {
public:
    session(session_settings settings, jitter_source jitter);

    // inputs
    void start(time_point now);
    void on_url(std::string url, time_point now);
    /// `words`: what there is to say about it, a sentence.
    void on_url_failed(error_code why, time_point now, std::string_view words = {});
    void on_connecting(time_point now); ///< the wait of `connect` is over, the dial begins
    void on_open(time_point now);
    /// The dial failed. `retry_after` is what the server asked for.
    void on_connect_failed(error_code why, std::optional<duration> retry_after, time_point now,
                           std::string_view words = {});
    void on_payload(const codec::envelope& payload, time_point now);
    /// A frame that could not be parsed, and its text (GW-PAY-9).
    void on_malformed(std::string_view text, time_point now);
    /// Damaged compression or a payload over the bound (GW-COMP-11).
    void on_stream_error(error_code why, time_point now);
    void on_identify_permit(time_point now);
    void on_time(time_point now); ///< `deadline()` was reached
    void on_closed(std::uint16_t code, std::string_view reason,
                   time_point now); ///< 0: the transport broke
    /// Back-pressure stops or resumes reading; a missing acknowledgement is forgiven one interval.
    void on_reading(bool paused, time_point now);
    /// A payload of the user's, complete JSON text; waits for READY and the limiter. Refused with
    /// one of `shutting_down`, `malformed_payload`, `invalid_argument` (not for a client to send,
    /// or for another shard), `payload_too_large`, `queue_full`. What becomes of one with a
    /// `ticket` is told by `take_outcomes()`.
    error_code submit(std::string text, time_point now, std::uint64_t ticket = 0);
    void withdraw(std::uint64_t ticket) { outbox_.withdraw(ticket); }
    /// keep_session: closes with 4000 instead of 1000.
    void stop(bool keep_session, time_point now);
    /// Drops the connection, when there is one, for another that resumes.
    void reconnect();

    // outputs
    std::optional<action> next();
    std::optional<time_point> deadline() const;
    const std::optional<resume_point>& resumable() const noexcept { return resumable_; }
    const shard_status& status() const noexcept { return status_; }
    /// When the last heartbeat that was acknowledged went out: what Discord had sent by then has
    /// come. Nothing before the first.
    const std::optional<time_point>& acknowledged() const noexcept { return acknowledged_; }
    std::vector<outbox::outcome> take_outcomes() { return outbox_.take_outcomes(); }
    /// How many sessions were given up: what was asked of an earlier one is not answered any more.
    std::uint64_t sessions_lost() const noexcept { return sessions_lost_; }
    /// Why the last one was.
    const std::string& loss_cause() const noexcept { return loss_cause_; }
    bool over() const noexcept { return stopping_ || phase_ == phase::done; }

private:
    enum class phase {
        idle,
        asking_url,
        waiting, ///< until the dial may begin
        dialing,
        awaiting_hello,
        awaiting_permit,
        identifying,
        resuming,
        ready,
        closing,
        done,
    };
    /// How soon a lost connection is replaced.
    enum class pace { at_once, backs_off, invalid_session };

    // session.cpp: payloads
    bool connected() const noexcept;
    void on_hello(const codec::envelope& payload, time_point now);
    void on_dispatch(const codec::envelope& payload, time_point now);
    void on_ready(const codec::envelope& payload, time_point now);
    void announce_gap(time_point now);
    void on_resumed();
    void become_ready();
    void on_invalid_session(bool resumable, time_point now);
    bool left_a_gap(std::int64_t next);
    void note_sequence(std::int64_t sequence);
    void send_resume(time_point now);
    void beat(time_point now);
    void flush(time_point now);
    error_code judge(const std::string& text, int& op) const;

    // session_connection.cpp: connections and the session's life
    std::string configuration_problem() const;
    std::string_view misfit(const resume_point& point) const noexcept;
    std::string identify_with_presence() const;
    std::string identify_text() const;
    void adopt_resume_point();
    void connect_after(duration wait, std::string_view reason);
    void begin_close(pace after, std::uint16_t code, std::string_view reason);
    void leave_connection();
    void forget_session(std::string_view cause);
    duration wait_before_reconnect(pace after, time_point now);
    bool is_final(error_code why) const noexcept;
    std::string fatal_sentence(std::uint16_t code, std::string_view reason) const;
    void finish(error_code why, std::string message);

    void push(action what) { actions_.push_back(std::move(what)); }
    void count(counter what) const noexcept;
    void set_state(shard_state state);
    void log(level severity, std::string_view text,
             std::initializer_list<log_field> fields = {}) const;

    session_settings settings_;
    jitter_source jitter_;

    std::vector<action> actions_; // drained from `next_action_` on; keeps its capacity
    std::size_t next_action_ = 0;

    phase phase_ = phase::idle;
    shard_status status_;
    std::optional<time_point> acknowledged_;
    bool stopping_ = false;

    /// A session that is gone until the next one is READY.
    struct loss {
        std::string cause;
        std::int64_t first_missing = 0;
    };

    // The session: outlives connections.
    std::optional<resume_point> resumable_;
    std::optional<std::int64_t> sequence_;
    bool session_open_ = false;
    std::optional<loss> lost_;
    std::optional<time_point> down_since_; ///< when the session last lost its connection
    std::uint64_t sessions_lost_ = 0;
    std::string loss_cause_;
    outbox outbox_;
    int stream_errors_ = 0;       ///< since the sequence last went on
    int gaps_ = 0;                ///< left by skipped frames, since the sequence last went on
    time_point last_useful_at_{}; ///< when the last connection that brought events ended

    // This connection.
    heartbeat heart_;
    std::optional<time_point> hello_deadline_;
    std::optional<outbox::wait> command_wait_;
    time_point opened_at_{};
    bool was_ready_ = false;
    bool resume_sent_ = false;
    bool went_on_ = false; ///< brought events of the session
    int malformed_in_a_row_ = 0;
    bool skipped_a_frame_ = false; ///< since the last dispatch: it may have been one
    pace closing_pace_ = pace::at_once;
    std::uint16_t closing_code_ = 0;

    // What decides about the next one.
    std::string url_;
    bool to_resume_url_ = false; ///< the current dial goes there
    int resume_url_failures_ = 0;
    bool heard_hello_ = false; ///< on this connection
    bool ever_opened_ = false;
    int failures_ = 0;        ///< connections in a row that did not become ready
    int short_lives_ = 0;     ///< connections in a row that did not last
    int identify_streak_ = 0; ///< Identifies since a connection last lasted
};

} // namespace strandcord::gateway
