#pragma once

// The inside of `shard`. Rules:
// - every input to the machine is followed by `drain()`, which performs at once what it says; what
// takes time is
//   a child, so no action ever waits for another;
// - a connection is three siblings: `read_loop`, `heartbeat_loop` and `write_loop`, the one writer;
// - a pending WebSocket read is never cancelled: the connection is closed or dropped under it, then
// the loops are
//   joined, then the stream goes;
// - one timer is the machine's deadline and wakes the heartbeat loop when that moved.

#include "codec/inflate.hpp"
#include "gateway/flight_recorder.hpp"
#include "gateway/shard.hpp"
#include "net/websocket.hpp"
#include "runtime/timer.hpp"

#include <deque>
#include <map>
#include <mutex>
#include <optional>

namespace strandcord::gateway {

/// One connection while it lasts.
struct connection {
    connection(boost::asio::any_io_executor strand, net::websocket opened,
               const gateway_options& options);

    /// Lets every loop end.
    void end() noexcept;
    void enqueue(std::string text);
    void say_goodbye(act::close last);

    net::websocket socket;
    std::unique_ptr<codec::inflater> inflate;
    std::string message; ///< compressed, as it came
    std::shared_ptr<std::string> frame = std::make_shared<std::string>();
    time_point frame_at{};   ///< when the last message was read
    bool emitted = false;    ///< the last message brought a dispatch
    bool unreadable = false; ///< the compressed stream is damaged for good

    std::deque<std::string> outgoing;
    std::optional<act::close> goodbye;
    timer writable; ///< never expires; cancelled when there is something to write
    timer close_limit;
    task_group room; ///< the wait of a reader that back-pressure stopped
    task_group loops;
    bool over = false;
};

struct shard::impl {
    impl(boost::asio::any_io_executor executor, session_settings settings, shard_services with);

    /// Between asking for a permit and using or returning it.
    struct permit_wait {
        task_group::child waiting = {};
        bool granted = false;
        bool abandoned = false;
    };

    /// A caller of `ask`, woken when the request is settled or its deadline moved.
    struct asker {
        timer wake;
        std::optional<requests::settled> end = {};
    };

    // shard.cpp
    task<> run();
    void drain();
    void perform(act::connect& what);
    void perform(act::ask_url& what);
    void perform(act::ask_identify& what);
    void perform(act::return_permit& what);
    void perform(act::send& what);
    void perform(act::close& what);
    void perform(act::emit& what);
    void perform(act::announce& what);
    void perform(act::finish& what);
    void spawn(task<> work);
    void fail(std::exception_ptr why);
    void publish();
    void show(payload_direction direction, std::string_view text) const;
    void write_record(level severity, std::string_view reason) const;
    task<> ask_url(duration after);
    task<> wait_for_permit(std::shared_ptr<permit_wait> own);

    // shard_requests.cpp
    task<answer> ask(request what);
    /// Whether the session has something new to say.
    bool feed_requests();
    void end_requests();

    // shard_connection.cpp
    task<> keep_connection(std::string url, duration after);
    task<net::websocket> dial(std::string url);
    task<> read_loop(connection& here);
    task<> heartbeat_loop(connection& here);
    task<> write_loop(connection& here);
    task<> write_all(connection& here);
    task<> limit_close(connection& here);
    task<> wait_for_room(connection& here);
    void receive(connection& here, bool text);
    void handle_frame(connection& here);

    boost::asio::any_io_executor strand;
    shard_services services;
    gateway_options options;
    shard_id id;
    logger log;
    session machine;
    requests asked;
    std::map<requests::id_type, asker*> askers;
    std::uint64_t sessions_lost = 0;
    codec::frame_parser parser;
    flight_recorder recorder;
    shard_state recorded_state = shard_state::waiting;
    std::uint64_t recorded_losses = 0;
    std::optional<runtime_clock::time_point> told_acknowledged;
    task_group children;
    timer wake;
    timer finished; ///< never expires; cancelled when `result` or `failure` is set
    connection* current = nullptr;
    std::shared_ptr<permit_wait> permit;
    std::optional<act::finish> result;
    std::exception_ptr failure;
    bool draining = false;
    mutable std::mutex status_lock;
    // The machine's status and session after the last `drain()`, for other threads.
    shard_status shown;
    std::optional<resume_point> kept;
};

} // namespace strandcord::gateway
