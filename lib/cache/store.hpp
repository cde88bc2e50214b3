#pragma once

// What a cache is inside: a shelf per kind, and what is known of guilds beside their objects.
// Rules:
// - an event changes the cache before its handlers run, on its shard's strand, once (GW-DISP-5);
// - nothing is decoded for kinds that are not kept;
// - what belongs to a guild is kept only while the guild is loaded (EV-5, GW-GUILD-12), but for
//   messages, which their channel owns;
// - a new session drops what the session before it brought, and nothing of other sessions.
// Any thread.

#include "cache/keep.hpp"
#include "cache/pruned.hpp"
#include "cache/repeats.hpp"
#include "cache/table.hpp"
#include "codec/json_view.hpp"

#include <strandcord/metrics.hpp>
#include <strandcord/shard_plan.hpp>

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace strandcord::cache {

/// One kind that is kept.
struct shelf {
    stored_type stored = {};
    pruned_type decoded = {}; ///< the same, without what has a kind of its own
    keep_rule rule = {};
    std::unique_ptr<table> objects = {};
};

/// What an event changed: for handlers that ask how it was before.
struct old_object {
    const codec::type_desc* type = nullptr;
    object_ptr object = {};
    snowflake guild = {}; ///< the id, when it is one
};

struct guild_facts {
    guild_availability availability = guild_availability::loading;
    std::int64_t member_count = 0;
    bool large = false;
    std::uint32_t feed = 0; ///< the last one that brought an event of it
    std::uint32_t load = 0; ///< counts its GUILD_CREATEs: what was counted before is void
};

class store final : public metrics_source {
public:
    /// Throws `error` (`errc::invalid_configuration`) for a policy that cannot be.
    explicit store(const cache_options& options);
    ~store() override;

    bool keeps_nothing() const noexcept { return !active_; }
    /// Null when the kind is not kept.
    shelf* at(entity_kind kind) noexcept { return shelves_[place(kind)].get(); }
    const shelf* at(entity_kind kind) const noexcept { return shelves_[place(kind)].get(); }

    /// The driver of one shard takes a number for its feed.
    std::uint32_t new_feed() noexcept { return ++feeds_; }

    /// Stores under the rules of the kind; gives what was there.
    object_ptr put(shelf& where, const cache_key& key, snowflake guild, object_ptr object,
                   time_point now);
    cache_key key(entity_kind kind, snowflake owner, snowflake id) const noexcept;

    snowflake own_id() const noexcept { return own_id_.load(std::memory_order_relaxed); }
    void set_own_id(snowflake id) noexcept { own_id_.store(id.value, std::memory_order_relaxed); }

    std::optional<guild_facts> facts(snowflake guild) const;
    void set_facts(snowflake guild, const guild_facts& facts);
    /// Drops what belongs to the guild, when the options say so.
    void begin_outage(snowflake guild, std::uint32_t feed);
    void note_feed(snowflake guild, std::uint32_t feed);
    /// The new count, when the guild is known.
    std::optional<std::int64_t> change_member_count(snowflake guild, std::int64_t by);
    std::vector<std::pair<snowflake, guild_facts>> guilds() const;
    /// The guild and everything below it; gives the guild as it was.
    object_ptr forget(snowflake guild);
    void clear();
    /// Zero for none.
    std::uint32_t load_of(snowflake guild) const;
    /// Of no guild before.
    std::uint32_t next_load() noexcept { return ++last_load_; }
    /// Reactions of some message were taken away at once: what was counted of them is void.
    void begin_reactions() noexcept { ++reactions_; }
    std::uint32_t reactions() const noexcept { return reactions_; }
    /// See `repeats::switched`.
    bool switched(std::uint64_t thing, bool on);

    cache_state state() const;
    void append_metrics(std::string& out) const override;

private:
    static std::size_t place(entity_kind kind) noexcept { return static_cast<std::size_t>(kind); }
    void drop_contents(snowflake guild);

    std::array<std::unique_ptr<shelf>, entity_kind_count> shelves_;
    bool active_ = false;
    bool keeps_in_outage_ = true;
    std::atomic<std::uint32_t> feeds_{0};
    std::atomic<std::uint64_t> own_id_{0};
    std::atomic<std::uint32_t> last_load_{0};
    std::atomic<std::uint32_t> reactions_{0};
    mutable std::mutex mutex_; ///< guards what follows
    std::unordered_map<std::uint64_t, guild_facts> guilds_;
    repeats repeats_;
};

/// The model of a kind.
stored_type model_of(entity_kind kind) noexcept;

} // namespace strandcord::cache
