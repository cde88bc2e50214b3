#include "cache/store.hpp"

#include "codec/fields.hpp"
#include "codec/memory.hpp"

#include <strandcord/error.hpp>

#include <algorithm>
#include <string>

namespace strandcord::cache {

namespace {

/// A control block of `std::make_shared`.
constexpr std::size_t shared_bytes = 16;

/// What is kept as objects of their own kind, or must not be kept.
std::vector<std::string_view> left_out(entity_kind kind) {
    switch (kind) {
    case entity_kind::guild:
        return {"roles",
                "emojis",
                "stickers",
                "channels",
                "threads",
                "members",
                "presences",
                "voice_states",
                "stage_instances",
                "guild_scheduled_events",
                "soundboard_sounds"};
    case entity_kind::voice_state:
        return {"member", "session_id"};
    default:
        return {};
    }
}

/// By what objects are found when what they belong to goes.
std::string_view needed_member(entity_kind kind) noexcept {
    switch (kind) {
    case entity_kind::thread:
        return "parent_id";
    case entity_kind::stage_instance:
        return "channel_id";
    default:
        return {};
    }
}

[[noreturn]] void refuse(entity_kind kind, std::string_view why) {
    throw error{errc::invalid_configuration, "the cache policy of " + std::string{to_string(kind)} +
                                                 " cannot be: " + std::string{why}};
}

std::unique_ptr<shelf> make_shelf(entity_kind kind, const cache_policy& policy) {
    auto made = std::make_unique<shelf>();
    made->stored = policy.store.type ? policy.store : model_of(kind);
    const codec::type_desc& type = *made->stored.type;
    if (type.what != codec::kind::object)
        refuse(kind, "it is stored as something that is no struct");
    if (policy.ttl.count() < 0)
        refuse(kind, "its ttl is negative; zero means no limit");
    if (!fits(policy.keep_if, type))
        refuse(kind, "keep_if looks at another type than the one that the kind is stored as");
    if (const auto needed = needed_member(kind);
        !needed.empty() && !codec::field_named(type, needed))
        refuse(kind, "its struct needs the member " + std::string{needed} +
                         ", by which the objects of a deleted channel are found");
    made->decoded = pruned_type{type, left_out(kind)};
    made->rule = policy.keep_if;
    const bool by_id = kind == entity_kind::channel || kind == entity_kind::thread;
    made->objects =
        std::make_unique<table>(bounds{policy.ttl, policy.entries, policy.bytes}, by_id);
    return made;
}

} // namespace

store::store(const cache_options& options) {
    const cache_options::plan* const plan = options.internals();
    keeps_in_outage_ = !plan || plan->keep_in_outage;
    for (std::size_t i = 0; plan && i < entity_kind_count; ++i) {
        if (!plan->kinds[i].kept)
            continue;
        shelves_[i] = make_shelf(static_cast<entity_kind>(i), plan->kinds[i].policy);
        active_ = true;
    }
}

store::~store() = default;

cache_key store::key(entity_kind kind, snowflake owner, snowflake id) const noexcept {
    return {kind, owner, id, id && id == own_id()};
}

object_ptr store::put(shelf& where, const cache_key& key, snowflake guild, object_ptr object,
                      time_point now) {
    if (!keeps(where.rule, key, object.get()))
        return where.objects->remove(key.owner, key.id, cache_eviction::policy);
    const std::size_t bytes =
        shared_bytes + where.stored.size + codec::memory_of(*where.stored.type, object.get());
    return where.objects->put(guild, key.owner, key.id, std::move(object), bytes, now);
}

std::optional<guild_facts> store::facts(snowflake guild) const {
    const std::lock_guard lock{mutex_};
    const auto known = guilds_.find(guild.value);
    if (known == guilds_.end())
        return std::nullopt;
    return known->second;
}

void store::set_facts(snowflake guild, const guild_facts& facts) {
    const std::lock_guard lock{mutex_};
    guilds_.insert_or_assign(guild.value, facts);
}

std::uint32_t store::load_of(snowflake guild) const {
    const auto known = facts(guild);
    return known ? known->load : 0;
}

void store::begin_outage(snowflake guild, std::uint32_t feed) {
    {
        const std::lock_guard lock{mutex_};
        auto& facts = guilds_[guild.value];
        facts.availability = guild_availability::unavailable;
        facts.feed = feed;
    }
    if (!keeps_in_outage_)
        drop_contents(guild);
}

void store::note_feed(snowflake guild, std::uint32_t feed) {
    const std::lock_guard lock{mutex_};
    if (const auto known = guilds_.find(guild.value); known != guilds_.end())
        known->second.feed = feed;
}

std::optional<std::int64_t> store::change_member_count(snowflake guild, std::int64_t by) {
    const std::lock_guard lock{mutex_};
    const auto known = guilds_.find(guild.value);
    if (known == guilds_.end())
        return std::nullopt;
    known->second.member_count = std::max<std::int64_t>(0, known->second.member_count + by);
    return known->second.member_count;
}

std::vector<std::pair<snowflake, guild_facts>> store::guilds() const {
    std::vector<std::pair<snowflake, guild_facts>> out;
    const std::lock_guard lock{mutex_};
    out.reserve(guilds_.size());
    for (const auto& [id, facts] : guilds_)
        out.emplace_back(snowflake{id}, facts);
    return out;
}

void store::drop_contents(snowflake guild) {
    for (std::size_t i = 0; i < entity_kind_count; ++i) {
        const auto kind = static_cast<entity_kind>(i);
        if (shelves_[i] && kind != entity_kind::guild && kind != entity_kind::user)
            shelves_[i]->objects->remove_guild(guild);
    }
}

object_ptr store::forget(snowflake guild) {
    if (!guild)
        return nullptr;
    drop_contents(guild);
    shelf* const guilds = at(entity_kind::guild);
    auto old = guilds ? guilds->objects->remove({}, guild) : nullptr;
    const std::lock_guard lock{mutex_};
    guilds_.erase(guild.value);
    return old;
}

void store::clear() {
    for (auto& one : shelves_)
        if (one)
            one->objects->clear();
    const std::lock_guard lock{mutex_};
    guilds_.clear();
    repeats_ = {};
}

bool store::switched(std::uint64_t thing, bool on) {
    const std::lock_guard lock{mutex_};
    return repeats_.switched(thing, on);
}

cache_state store::state() const {
    cache_state out;
    for (const auto& [id, facts] : guilds()) {
        switch (facts.availability) {
        case guild_availability::loading:
            ++out.guilds_loading;
            break;
        case guild_availability::available:
            ++out.guilds_available;
            break;
        case guild_availability::unavailable:
            ++out.guilds_unavailable;
            break;
        }
    }
    for (std::size_t i = 0; i < entity_kind_count; ++i)
        if (shelves_[i])
            out.kinds.push_back({std::string{to_string(static_cast<entity_kind>(i))},
                                 shelves_[i]->objects->counters()});
    return out;
}

} // namespace strandcord::cache
