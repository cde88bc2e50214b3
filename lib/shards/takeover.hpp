#pragma once

// Which of two sets of shards delivers which event while one takes the place of the other, as a
// machine. Both sets get every event of every guild, each in order, at different times. Rules:
// - a guild belongs to one side; what its side gets is delivered, what the other side gets first
//   is held;
// - an event that the one side delivered is dropped when the other side gets it;
// - when a guild changes sides, or its side passes an event by, what was held is released: nothing
//   is lost, nothing comes twice;
// - the new set is silent until all its shards are ready, the guilds that they listed have come and
//   every guild that the old set has (GW-SHARD-13), and until each old shard has brought what was
//   sent before the new sessions began: a beat that went out after that was acknowledged;
// - a guild of the old set that the new one does not get is waited for `patience`, then the new set
//   has failed; an outage, or that the bot left it, is an answer too;
// - events that a session gets for itself alone (READY, answers to requests) are delivered by both.

#include "core/clock.hpp"
#include "shards/event_key.hpp"

#include <strandcord/shard_plan.hpp>
#include <strandcord/snowflake.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace strandcord::shards {

enum class side : std::uint8_t { old_set, new_set };

class takeover {
public:
    using time_point = runtime_clock::time_point;
    using duration = runtime_clock::duration;
    /// Names one held event.
    using ticket = std::uint64_t;

    enum class verdict : std::uint8_t { deliver, drop, hold };

    /// How long guilds that a new shard listed may take to come.
    static constexpr duration patience = std::chrono::minutes{2};
    /// How much later than the other a set may get an event.
    static constexpr duration settling = std::chrono::seconds{5};
    /// Held events, all guilds together; more mean that a set has stopped reading.
    static constexpr std::size_t held_limit = 20'000;
    /// How many events of one guild a ready shard of the new set may be behind.
    static constexpr std::size_t lag_limit = 1000;

    /// `old_shards`: that many run and are heard of. Without the GUILDS intent no guild is ever
    /// loaded, so none is waited for.
    takeover(std::size_t old_shards, const std::vector<shard_id>& new_shards, bool loads_guilds);

    // inputs
    /// One event of one side. With `hold` the caller keeps it under `last_ticket()`.
    verdict on_event(side from, std::string_view type, const event_key& key);
    /// READY of one side, with the guilds it lists.
    void on_ready(side from, int shard_index, const std::vector<snowflake>& guilds, time_point now);
    /// The old set has this guild, loaded.
    void on_served(snowflake guild);
    /// It was left, or is in an outage.
    void on_lost(snowflake guild);
    /// What Discord had sent to that shard by then has come.
    void on_acknowledged(side from, int shard_index, time_point sent);
    /// All guilds change to the new set.
    void move();
    /// The new set failed: all guilds go back to the old one, and what the new set holds goes.
    void abort();
    /// The old set closes: what it alone got is released.
    void finish();

    // outputs
    ticket last_ticket() const noexcept { return last_ticket_; }
    /// Held events that are to be delivered now, in this order. Drain after every input.
    std::vector<ticket> released() { return std::exchange(released_, {}); }
    /// Held events that nobody needs any more.
    std::vector<ticket> forgotten() { return std::exchange(forgotten_, {}); }
    /// Whether the new set serves everything, so that `move()` may be called.
    bool complete(time_point now) const noexcept;
    /// When `complete()` may change without an input; when it is false then, the new set has
    /// failed.
    std::optional<time_point> deadline() const noexcept;
    /// Guilds of the old set that nothing was said about to the new one.
    std::size_t unserved() const noexcept { return unserved_.size(); }
    /// A set has stopped reading, or the new one is so far behind that its copies cannot be told
    /// any more: this cannot go on.
    bool overflowed() const noexcept { return held_ >= held_limit || lost_track_; }
    /// Whether the old set got something that the new one has not: it is behind, and must not be
    /// taken for complete.
    bool is_behind() const noexcept;

private:
    struct held_event {
        std::uint64_t key = 0;
        ticket which = 0;
    };
    /// One guild, or everything outside guilds.
    struct stream {
        /// By side: delivered, and not seen by that side yet.
        std::array<std::deque<std::uint64_t>, 2> unseen;
        /// So many of the first that the new set has not seen were delivered before its shard was
        /// ready: it may never get them.
        std::size_t before_ready = 0;
        /// By side: seen by that side, and not delivered.
        std::array<std::deque<held_event>, 2> held;
        /// Both sides got the same event: the old one is past the new one's beginning.
        bool met = false;
    };

    static std::size_t index(side which) noexcept { return static_cast<std::size_t>(which); }
    static side other(side which) noexcept {
        return which == side::old_set ? side::new_set : side::old_set;
    }
    bool is_ready(snowflake guild) const noexcept;
    void judge(snowflake guild);
    void expect_copy(snowflake guild, stream& of, side by, std::uint64_t key);
    void release(snowflake guild, stream& of, side holder, std::size_t count);
    void forget(stream& of, side holder, std::size_t count);
    void change_owner(side to);

    std::map<snowflake, stream> streams_;
    std::array<std::set<snowflake>, 2> loading_; ///< listed by READY, GUILD_CREATE still to come
    std::set<snowflake> served_;                 ///< by the old set
    std::set<snowflake> answered_;               ///< to the new set, in whatever way
    std::set<snowflake> unserved_; ///< those of `served_` that were not, but should be
    side owner_ = side::old_set;
    std::size_t old_shards_;
    std::map<int, bool> new_shards_; ///< by index: whether it was ready
    int new_count_;
    std::size_t missing_shards_;
    std::map<int, time_point> acknowledged_; ///< by shards of the old set
    bool loads_guilds_;
    time_point last_ready_ = {};
    ticket last_ticket_ = 0;
    std::size_t held_ = 0;
    bool lost_track_ = false;
    std::vector<ticket> released_;
    std::vector<ticket> forgotten_;
};

} // namespace strandcord::shards
