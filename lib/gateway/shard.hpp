#pragma once

#include "codec/envelope.hpp"
#include "core/clock.hpp"
#include "gateway/requests.hpp"
#include "gateway/session.hpp"
#include "net/transport.hpp"
#include "runtime/task_group.hpp"

#include <strandcord/identify_gate.hpp>
#include <strandcord/metrics.hpp>
#include <strandcord/task.hpp>

#include <memory>
#include <string>

namespace strandcord::gateway {

/// One dispatch on its way up. The frame is shared: keep `frame` to keep the views; decode now,
/// while `parser` still holds this frame's scan.
struct dispatch {
    std::string_view type;
    std::int64_t sequence = 0;
    const std::shared_ptr<std::string>& frame;
    codec::frame_parser& parser;
    /// When its last byte was read; nothing when nobody knows.
    runtime_clock::time_point received = {};

    /// The raw text of `d`.
    std::string_view data() const { return parser.data().raw(); }
};

/// What a shard delivers to. Called on the shard's strand.
class event_sink {
public:
    virtual ~event_sink() = default;
    /// Must not block and must not throw.
    virtual void on_dispatch(const dispatch& event) = 0;
    /// Whether `d` of such an event will be read. Of others only the outside is checked and read,
    /// until somebody does read it.
    virtual bool reads(std::string_view type) {
        static_cast<void>(type);
        return true;
    }
    /// Whether reading should pause before the next frame; `room()` returns when it need not.
    virtual bool full() const noexcept = 0;
    virtual task<> room() = 0;
    /// A heartbeat that went out at `sent` was acknowledged: what Discord had sent by then has
    /// come.
    virtual void on_acknowledged(runtime_clock::time_point sent) { static_cast<void>(sent); }
    /// What a later process should continue after, at most `received`: less while work is under
    /// way that must not be lost. Any thread. Who passes events on passes this on too.
    virtual std::int64_t finished(std::int64_t received) const noexcept { return received; }
    /// Returns when nothing of what was delivered is worked on any more. On the strand, after the
    /// last delivery. Cancellation ends the waiting only.
    virtual task<> quiet() { co_return; }
};

using strandcord::identify_gate;

/// Where a shard learns the gateway's URL. Throws `error`.
using url_source = std::function<task<std::string>()>;

struct shard_services {
    std::shared_ptr<transport> net = {};
    std::shared_ptr<meter> metrics = {}; ///< never null
    event_sink* sink = nullptr;
    identify_gate* gate = nullptr;
    url_source ask_url = {};
    jitter_source jitter = {};
    /// Called when `resumable()` became another session, or none. On the strand; may be empty.
    std::function<void()> on_session_changed = {};
};

/// An answer that stopped in the middle.
class incomplete_answer : public error {
public:
    incomplete_answer(error_code why, std::string message, answer got)
        : error{why, std::move(message)}, got_{std::make_shared<answer>(std::move(got))} {}
    answer& got() const noexcept { return *got_; }

private:
    std::shared_ptr<answer> got_; ///< exceptions are copied
};

/// The driver of one shard: performs what the session machine says, with a read loop and a
/// heartbeat loop as siblings in one task group on one strand. Decides nothing.
class shard {
public:
    shard(boost::asio::any_io_executor strand, session_settings settings, shard_services services);
    ~shard();

    /// Runs until `stop()` (returns) or a fatal error (throws `error`). Awaited on the strand;
    /// cancellation stops it like `stop(false)`.
    task<> run();

    // On the strand:
    void stop(bool keep_session);
    void reconnect();
    error_code submit(std::string text);
    /// Sends what is asked for and waits for the answer. Throws `error`: `invalid_argument`,
    /// `payload_too_large`, `queue_full`, `timed_out`, `session_lost`, `shutting_down`; or
    /// `incomplete_answer` when part of it came. Cancellation gives the request up.
    task<answer> ask(request what);
    /// What it did lately, oldest first.
    std::vector<std::string> flight_record() const;
    /// The bot's own user, once READY told it or `learn_self` did.
    snowflake self() const;
    void learn_self(snowflake user);

    // Any thread:
    const boost::asio::any_io_executor& strand() const noexcept;
    shard_status status() const;
    /// What a later process continues, with the sequence that the sink has finished.
    std::optional<resume_point> resumable() const;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

} // namespace strandcord::gateway
