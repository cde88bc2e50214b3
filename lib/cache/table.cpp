#include "cache/table.hpp"

#include "cache/group.hpp"

#include <algorithm>
#include <mutex>

namespace strandcord::cache {

namespace {

/// Sixteenths of a second since the clock's beginning, in 31 bits: they wrap after four years.
constexpr runtime_clock::duration tick = std::chrono::nanoseconds{62'500'000};
constexpr std::uint32_t stamp_mask = 0x7FFF'FFFFU;

template <class T>
std::size_t memory_of(const std::vector<T>& list) noexcept {
    return list.capacity() * sizeof(T);
}
/// Buckets, and nodes that know the next one. A map that was never used has a bucket inside.
template <class Key, class T>
std::size_t memory_of(const std::unordered_map<Key, T>& map) noexcept {
    using entry = typename std::unordered_map<Key, T>::value_type;
    const std::size_t buckets = map.bucket_count() > 1 ? map.bucket_count() : 0;
    return buckets * sizeof(void*) + map.size() * (sizeof(void*) + sizeof(entry));
}

} // namespace

table::table(bounds limits, bool by_id) : limits_{limits}, by_id_{by_id} {}
table::~table() = default;

std::uint32_t table::stamp(time_point now) const noexcept {
    return static_cast<std::uint32_t>(now.time_since_epoch() / tick) & stamp_mask;
}

bool table::too_old(const slot& one, std::uint32_t now) const noexcept {
    if (limits_.ttl == runtime_clock::duration{})
        return false;
    // Looked up under a shared lock by others, who set the highest bit.
    const std::uint32_t since =
        std::atomic_ref{const_cast<std::uint32_t&>(one.stamp)}.load(std::memory_order_relaxed);
    const std::uint32_t age = (now - since) & stamp_mask;
    // Shards read the time before they come here: another may have stored it a moment later.
    if (age > stamp_mask / 2)
        return false;
    return tick * age >= limits_.ttl;
}

table::group* table::group_at(snowflake owner) const {
    const auto found = places_.find(owner.value);
    return found == places_.end() ? nullptr : groups_[found->second].get();
}

table::group& table::group_for(snowflake guild, snowflake owner) {
    if (group* known = group_at(owner)) {
        move_to(*known, guild);
        return *known;
    }
    groups_.push_back(std::make_unique<group>(guild, owner));
    places_.emplace(owner.value, groups_.size() - 1);
    group& made = *groups_.back();
    group_bytes_ += made.bytes();
    enter_guild(made);
    return made;
}

/// Nothing when the guild is not known.
void table::move_to(group& one, snowflake guild) {
    if (!guild || guild == one.guild())
        return;
    leave_guild(one);
    one.set_guild(guild);
    enter_guild(one);
}

void table::enter_guild(const group& one) {
    if (!one.guild() || one.guild() == one.owner())
        return;
    auto& owners = owners_in_[one.guild().value];
    owner_list_bytes_ -= memory_of(owners);
    owners.push_back(one.owner().value);
    owner_list_bytes_ += memory_of(owners);
}

void table::leave_guild(const group& one) {
    if (!one.guild() || one.guild() == one.owner())
        return;
    const auto here = owners_in_.find(one.guild().value);
    auto& owners = here->second;
    // From the end: that is where a guild that leaves as a whole begins.
    *std::find(owners.rbegin(), owners.rend(), one.owner().value) = owners.back();
    owners.pop_back();
    if (!owners.empty())
        return;
    owner_list_bytes_ -= memory_of(owners);
    owners_in_.erase(here);
}

std::size_t table::bytes() const noexcept {
    return object_bytes_ + group_bytes_ + owner_list_bytes_ + memory_of(groups_) +
           memory_of(places_) + memory_of(owner_of_) + memory_of(owners_in_);
}

object_ptr table::look(snowflake owner, snowflake id, time_point now, bool counted) const {
    const std::shared_lock lock{mutex_};
    const group* const here = group_at(owner);
    const std::size_t at = here ? here->find(id) : group::none;
    if (at == group::none || too_old((*here)[at], stamp(now)))
        return nullptr;
    const slot& one = (*here)[at];
    if (counted && (limits_.entries != 0 || limits_.bytes != 0))
        std::atomic_ref{const_cast<std::uint32_t&>(one.stamp)}.fetch_or(slot::used,
                                                                        std::memory_order_relaxed);
    return one.object;
}

object_ptr table::find(snowflake owner, snowflake id, time_point now) const {
    auto object = look(owner, id, now, true);
    (object ? hits_ : misses_).fetch_add(1, std::memory_order_relaxed);
    return object;
}

object_ptr table::peek(snowflake owner, snowflake id, time_point now) const {
    return look(owner, id, now, false);
}

std::optional<snowflake> table::owner_of(snowflake id) const {
    const std::shared_lock lock{mutex_};
    const auto found = owner_of_.find(id.value);
    if (found == owner_of_.end())
        return std::nullopt;
    return snowflake{found->second};
}

object_ptr table::put(snowflake guild, snowflake owner, snowflake id, object_ptr object,
                      std::size_t bytes, time_point now) {
    leaving out; // before the lock, so that it is destroyed after it
    const std::unique_lock lock{mutex_};
    expire_some(stamp(now), 2, out);
    group* here = group_at(owner);
    std::size_t at = here ? here->find(id) : group::none;
    object_ptr old;
    if (limits_.bytes != 0 && bytes > limits_.bytes) {
        if (at != group::none)
            old = take(*here, at, cache_eviction::bytes);
        return old;
    }
    if (at != group::none) {
        move_to(*here, guild);
        slot& one = (*here)[at];
        if (!too_old(one, stamp(now)))
            old = one.object;
        out.push_back(std::move(one.object));
        one.object = std::move(object);
        one.stamp = stamp(now) | slot::used;
        object_bytes_ = object_bytes_ - one.bytes + bytes;
        one.bytes = static_cast<std::uint32_t>(bytes);
        ++updates_;
        keep_budget(owner, id, out);
        return old;
    }
    while (limits_.entries != 0 && size_ >= limits_.entries)
        evict(cache_eviction::count, nullptr, out);
    if (by_id_) {
        // A channel that is in another guild now would be there twice.
        const auto before = owner_of_.find(id.value);
        if (before != owner_of_.end())
            if (group* other = group_at(before->second))
                out.push_back(take(*other, other->find(id), cache_eviction::removed));
        owner_of_.insert_or_assign(id.value, owner.value);
    }
    group& into = group_for(guild, owner);
    group_bytes_ -= into.bytes();
    slot& one = into.add(id);
    group_bytes_ += into.bytes();
    one.object = std::move(object);
    one.stamp = stamp(now);
    one.bytes = static_cast<std::uint32_t>(bytes);
    object_bytes_ += bytes;
    ++size_;
    ++inserts_;
    keep_budget(owner, id, out);
    return nullptr;
}

/// What has just come goes last.
void table::keep_budget(snowflake owner, snowflake id, leaving& out) {
    while (limits_.bytes != 0 && bytes() > limits_.bytes) {
        group& here = *group_at(owner);
        const std::size_t at = here.find(id);
        if (evict(cache_eviction::bytes, &here[at], out))
            continue;
        out.push_back(take(here, at, cache_eviction::bytes));
        return;
    }
}

object_ptr table::take(group& from, std::size_t at, cache_eviction why) {
    slot& one = from[at];
    object_ptr object = std::move(one.object);
    object_bytes_ -= one.bytes;
    --size_;
    count_out(why);
    if (by_id_)
        owner_of_.erase(one.id.value);
    group_bytes_ -= from.bytes();
    from.remove(at);
    group_bytes_ += from.bytes();
    if (from.size() == 0)
        drop_empty(places_.at(from.owner().value));
    return object;
}

/// The group is empty. What was the last one leaves nothing allocated.
void table::drop_empty(std::size_t at) {
    group_bytes_ -= groups_[at]->bytes();
    leave_guild(*groups_[at]);
    if (groups_.size() == 1) {
        groups_ = decltype(groups_){};
        places_ = decltype(places_){};
        owner_of_ = decltype(owner_of_){};
        owners_in_ = decltype(owners_in_){};
        return;
    }
    places_.erase(groups_[at]->owner().value);
    if (at + 1 != groups_.size()) {
        groups_[at] = std::move(groups_.back());
        places_[groups_[at]->owner().value] = at;
    }
    groups_.pop_back();
}

object_ptr table::remove(snowflake owner, snowflake id, cache_eviction why) {
    const std::unique_lock lock{mutex_};
    group* const here = group_at(owner);
    const std::size_t at = here ? here->find(id) : group::none;
    return at == group::none ? nullptr : take(*here, at, why);
}

void table::drop_group(std::size_t at, leaving& out) {
    group& here = *groups_[at];
    for (std::size_t i = 0; i < here.size(); ++i) {
        object_bytes_ -= here[i].bytes;
        if (by_id_)
            owner_of_.erase(here[i].id.value);
        out.push_back(std::move(here[i].object));
    }
    size_ -= here.size();
    count_out(cache_eviction::removed, here.size());
    drop_empty(at);
}

void table::remove_owner(snowflake owner) {
    leaving out;
    const std::unique_lock lock{mutex_};
    if (const auto found = places_.find(owner.value); found != places_.end())
        drop_group(found->second, out);
}

void table::remove_guild(snowflake guild) {
    leaving out;
    const std::unique_lock lock{mutex_};
    if (const group* const own = group_at(guild); own && own->guild() == guild)
        drop_group(places_.at(guild.value), out);
    const auto others = owners_in_.find(guild.value);
    if (others == owners_in_.end())
        return;
    const auto owners = others->second; // which changes as they go
    for (auto owner = owners.rbegin(); owner != owners.rend(); ++owner)
        drop_group(places_.at(*owner), out);
}

void table::remove_others(snowflake owner, const std::vector<snowflake>& kept) {
    leaving out;
    const std::unique_lock lock{mutex_};
    group* here = group_at(owner);
    for (std::size_t i = here ? here->size() : 0; i > 0; --i)
        if (!std::binary_search(kept.begin(), kept.end(), (*here)[i - 1].id))
            out.push_back(take(*here, i - 1, cache_eviction::removed)); // the last frees `here`
}

void table::clear() {
    leaving out;
    const std::unique_lock lock{mutex_};
    while (!groups_.empty())
        drop_group(groups_.size() - 1, out);
}

/// To the next place; false when there is none.
bool table::step(hand& where) {
    if (size_ == 0)
        return false;
    ++where.slot;
    while (where.group >= groups_.size() || where.slot >= groups_[where.group]->size()) {
        where.group = where.group + 1 >= groups_.size() ? 0 : where.group + 1;
        where.slot = 0;
    }
    return true;
}

/// False when there is only what is spared.
bool table::evict(cache_eviction why, const slot* spared, leaving& out) {
    // Two rounds: the first may find that everything was looked up, and clears that.
    for (std::size_t steps = 0; steps <= 2 * size_ + groups_.size() && step(evicting_); ++steps) {
        group& here = *groups_[evicting_.group];
        slot& one = here[evicting_.slot];
        if (&one == spared)
            continue;
        if ((one.stamp & slot::used) != 0) {
            one.stamp &= ~slot::used;
            continue;
        }
        out.push_back(take(here, evicting_.slot, why));
        return true;
    }
    return false;
}

void table::expire_some(std::uint32_t now, std::size_t steps, leaving& out) {
    if (limits_.ttl == runtime_clock::duration{})
        return;
    for (; steps > 0 && step(expiring_); --steps) {
        group& here = *groups_[expiring_.group];
        if (too_old(here[expiring_.slot], now)) {
            out.push_back(take(here, expiring_.slot, cache_eviction::expired));
            --expiring_.slot; // another one stands there now; unsigned: the step wraps to 0
        }
    }
}

void table::expire(time_point now) {
    leaving out;
    const std::unique_lock lock{mutex_};
    if (limits_.ttl == runtime_clock::duration{})
        return;
    const std::uint32_t at = stamp(now);
    for (std::size_t g = groups_.size(); g > 0; --g)
        for (std::size_t i = groups_[g - 1]->size(); i > 0; --i)
            if (too_old((*groups_[g - 1])[i - 1], at))
                out.push_back(take(*groups_[g - 1], i - 1, cache_eviction::expired));
}

std::vector<found> table::of_owner(snowflake owner, time_point now) const {
    std::vector<found> out;
    const std::shared_lock lock{mutex_};
    const group* const here = group_at(owner);
    if (!here)
        return out;
    out.reserve(here->size());
    for (const slot& one : here->slots())
        if (!too_old(one, stamp(now)))
            out.push_back({owner, one.id, one.object});
    return out;
}

std::vector<found> table::all(time_point now) const {
    std::vector<found> out;
    const std::shared_lock lock{mutex_};
    out.reserve(size_);
    for (const auto& here : groups_)
        for (const slot& one : here->slots())
            if (!too_old(one, stamp(now)))
                out.push_back({here->owner(), one.id, one.object});
    return out;
}

snowflake table::guild_of(snowflake owner) const {
    const std::shared_lock lock{mutex_};
    const group* const here = group_at(owner);
    return here ? here->guild() : snowflake{};
}

std::size_t table::count(snowflake owner) const {
    const std::shared_lock lock{mutex_};
    const group* const here = group_at(owner);
    return here ? here->size() : 0;
}

void table::count_out(cache_eviction why, std::size_t amount) noexcept {
    evictions_[static_cast<std::size_t>(why)] += amount;
}

cache_counters table::counters() const {
    const std::shared_lock lock{mutex_};
    cache_counters out;
    out.entries = size_;
    out.bytes = bytes();
    out.hits = hits_.load(std::memory_order_relaxed);
    out.misses = misses_.load(std::memory_order_relaxed);
    out.inserts = inserts_;
    out.updates = updates_;
    out.expired = evictions_[static_cast<std::size_t>(cache_eviction::expired)];
    out.over_entries = evictions_[static_cast<std::size_t>(cache_eviction::count)];
    out.over_bytes = evictions_[static_cast<std::size_t>(cache_eviction::bytes)];
    out.removed = evictions_[static_cast<std::size_t>(cache_eviction::removed)];
    out.refused = evictions_[static_cast<std::size_t>(cache_eviction::policy)];
    return out;
}

} // namespace strandcord::cache
