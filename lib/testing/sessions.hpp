#pragma once

// The sessions of the emulated gateway: who gets which event under which number, and what a Resume
// replays. Rules:
// - a session lives from Identify until it is closed with 1000 or 1001, invalidated, or left
//   without a connection for its lifetime;
// - it numbers and keeps what it should get also while nobody is connected (GW-RES-6);
// - a guild's events go to (id >> 22) % count, all others to shard 0 (GW-SHARD-1, GW-SHARD-4).

#include "testing/world.hpp"

#include <strandcord/intents.hpp>
#include <strandcord/shard_plan.hpp>
#include <strandcord/testing/options.hpp>

#include <chrono>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <string_view>

namespace strandcord::testing {

struct numbered_event {
    std::int64_t sequence = 0;
    std::string type = {};
    std::shared_ptr<const std::string> data = {};
};

struct server_session {
    std::string id = {};
    shard_id shard = {};
    intents wanted = {};
    int large_threshold = 50;
    std::int64_t sequence = 0;
    std::int64_t dropped = 0; ///< the newest number that is no longer kept
    std::deque<numbered_event> kept = {};
    std::uint64_t connection = 0; ///< 0: nobody
    std::chrono::nanoseconds lost_at{};
};

class session_table {
public:
    /// Where a numbered event goes when the session has a connection.
    using delivery = std::function<void(const server_session&, const numbered_event&)>;

    session_table(const emulator_options& options, const world& state, delivery deliver);

    server_session& open(shard_id shard, intents wanted, int large_threshold,
                         std::uint64_t connection);
    /// Null when there is none, or it is too old by now.
    server_session* find(std::string_view id, std::chrono::nanoseconds now);
    server_session* of_connection(std::uint64_t connection) noexcept;
    void forget(std::string_view id);
    void forget_all();
    void lose_connection(std::uint64_t connection, std::chrono::nanoseconds now);
    void drop_expired(std::chrono::nanoseconds now);

    /// To every session that should get it.
    void publish(const event& what);
    /// To this one, whatever its intents.
    void give(server_session& to, std::string_view type, std::string data);
    /// To the sessions of this shard; whether there is one.
    bool give_to(int shard, std::string_view type, std::string_view data);
    void give_guild(server_session& to, const guild_data& which);
    /// The events after `sequence`, in order. Nothing when some of them are no longer kept.
    std::optional<std::deque<numbered_event>> missed(const server_session& by,
                                                     std::int64_t sequence) const;
    const std::list<server_session>& all() const noexcept { return sessions_; }

private:
    void number(server_session& to, std::string_view type, std::shared_ptr<const std::string> data);

    const emulator_options* options_;
    const world* world_;
    delivery deliver_;
    std::list<server_session> sessions_;
    std::uint64_t made_ = 0;
};

/// The event without what MESSAGE_CONTENT pays for (GW-DISP-20).
std::string without_content(std::string_view data);

} // namespace strandcord::testing
