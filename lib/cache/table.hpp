#pragma once

// The objects of one kind, as a machine: time is an argument. Rules:
// - what is in it never changes: a change is another object in the same place, so a snapshot that
//   was given out stays what it is;
// - objects are grouped by owner, so that what belongs to one guild is found and removed together;
// - a bound is never exceeded: when something new comes, what was not looked up since the hand last
//   passed it goes (the clock algorithm: constant time, nothing is moved by a look-up);
// - bytes are what is allocated: for the objects, their places, and what finds those;
// - what is older than `ttl` is not found any more, and is removed in passing.
// Any thread; one lock, held for moments, and objects are destroyed outside of it.

#include "core/clock.hpp"

#include <strandcord/cache.hpp>
#include <strandcord/snowflake.hpp>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

namespace strandcord::cache {

using object_ptr = std::shared_ptr<const void>;
using time_point = runtime_clock::time_point;

/// Why an object left.
enum class cache_eviction : std::uint8_t { expired, count, bytes, removed, policy };
inline constexpr std::size_t cache_eviction_count = 5;

struct bounds {
    runtime_clock::duration ttl = {};
    std::size_t entries = 0;
    std::size_t bytes = 0;
};

/// One object and its name.
struct found {
    snowflake owner = {};
    snowflake id = {};
    object_ptr object = {};
};

class table {
public:
    /// With `by_id`, `owner_of` works: for kinds that are asked for by id alone.
    explicit table(bounds limits, bool by_id = false);
    ~table();
    table(const table&) = delete;
    table& operator=(const table&) = delete;

    /// Counted as hit or miss.
    object_ptr find(snowflake owner, snowflake id, time_point now) const;
    /// Not counted, and no use in the sense of the bounds.
    object_ptr peek(snowflake owner, snowflake id, time_point now) const;
    std::optional<snowflake> owner_of(snowflake id) const;

    /// Stores or replaces; gives what was there. `guild` is what `remove_guild` goes by, `bytes`
    /// what the object takes. An object larger than the whole budget is not stored.
    object_ptr put(snowflake guild, snowflake owner, snowflake id, object_ptr object,
                   std::size_t bytes, time_point now);
    object_ptr remove(snowflake owner, snowflake id, cache_eviction why = cache_eviction::removed);
    void remove_owner(snowflake owner);
    /// Every owner of that guild, at the cost of what they own.
    void remove_guild(snowflake guild);
    /// The ids of `owner` that are not in `kept`, which is sorted.
    void remove_others(snowflake owner, const std::vector<snowflake>& kept);
    void clear();
    /// Everything that is too old.
    void expire(time_point now);

    std::vector<found> of_owner(snowflake owner, time_point now) const;
    std::vector<found> all(time_point now) const;
    /// The guild that an owner belongs to.
    snowflake guild_of(snowflake owner) const;
    std::size_t count(snowflake owner) const;
    cache_counters counters() const;

private:
    struct slot;
    class group;
    struct hand {
        std::size_t group = 0;
        std::size_t slot = 0;
    };
    /// What left the table, to be destroyed after the lock.
    using leaving = std::vector<object_ptr>;

    group* group_at(snowflake owner) const;
    group& group_for(snowflake guild, snowflake owner);
    std::uint32_t stamp(time_point now) const noexcept;
    bool too_old(const slot& one, std::uint32_t now) const noexcept;
    object_ptr look(snowflake owner, snowflake id, time_point now, bool counted) const;
    object_ptr take(group& from, std::size_t at, cache_eviction why);
    void drop_group(std::size_t at, leaving& out);
    void drop_empty(std::size_t at);
    void move_to(group& one, snowflake guild);
    void enter_guild(const group& one);
    void leave_guild(const group& one);
    std::size_t bytes() const noexcept;
    void keep_budget(snowflake owner, snowflake id, leaving& out);
    bool step(hand& where);
    bool evict(cache_eviction why, const slot* spared, leaving& out);
    void expire_some(std::uint32_t now, std::size_t steps, leaving& out);
    void count_out(cache_eviction why, std::size_t amount = 1) noexcept;

    const bounds limits_;
    const bool by_id_;
    mutable std::shared_mutex mutex_;
    std::vector<std::unique_ptr<group>> groups_;
    std::unordered_map<std::uint64_t, std::size_t> places_;     ///< of groups, by owner
    std::unordered_map<std::uint64_t, std::uint64_t> owner_of_; ///< with `by_id_`
    /// Of guilds: those that are not the guild itself, as the channels of messages.
    std::unordered_map<std::uint64_t, std::vector<std::uint64_t>> owners_in_;
    std::size_t size_ = 0;
    std::size_t object_bytes_ = 0;
    std::size_t group_bytes_ = 0;
    std::size_t owner_list_bytes_ = 0; ///< of the lists in `owners_in_`
    hand evicting_;
    hand expiring_;

    mutable std::atomic<std::uint64_t> hits_{0};
    mutable std::atomic<std::uint64_t> misses_{0};
    std::uint64_t inserts_ = 0;
    std::uint64_t updates_ = 0;
    std::array<std::uint64_t, cache_eviction_count> evictions_{};
};

} // namespace strandcord::cache
