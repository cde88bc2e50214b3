#include "cache/store.hpp"

#include <strandcord/error.hpp>

namespace strandcord {

namespace {

void check_type(const cache::shelf& here, entity_kind kind, const codec::type_desc& type) {
    if (here.stored.type != &type)
        throw error{errc::invalid_configuration,
                    std::string{to_string(kind)} +
                        " objects are stored as another type than the one asked for; name the type "
                        "of cache_policy::store, as in cache.member<slim_member>(...)"};
}

} // namespace

memory_cache::memory_cache(const cache_options& options)
    : store_{std::make_shared<cache::store>(options)} {}
memory_cache::~memory_cache() = default;

std::shared_ptr<const void> memory_cache::find(entity_kind kind, std::optional<snowflake> owner,
                                               snowflake id, const codec::type_desc& type) const {
    const cache::shelf* const here = store_->at(kind);
    if (!here)
        return nullptr;
    check_type(*here, kind, type);
    if (!owner)
        owner = here->objects->owner_of(id);
    return here->objects->find(owner.value_or(snowflake{}), id, runtime_clock::now());
}

std::vector<std::shared_ptr<const void>>
memory_cache::find_all(entity_kind kind, snowflake owner, const codec::type_desc& type) const {
    std::vector<std::shared_ptr<const void>> out;
    const cache::shelf* const here = store_->at(kind);
    if (!here)
        return out;
    check_type(*here, kind, type);
    for (auto& one : here->objects->of_owner(owner, runtime_clock::now()))
        out.push_back(std::move(one.object));
    return out;
}

void memory_cache::insert(entity_kind kind, snowflake guild, snowflake owner, snowflake id,
                          std::shared_ptr<const void> object, const codec::type_desc& type) {
    cache::shelf* const here = store_->at(kind);
    if (!here)
        return;
    check_type(*here, kind, type);
    store_->put(*here, store_->key(kind, owner, id), guild, std::move(object),
                runtime_clock::now());
}

bool memory_cache::erase(entity_kind kind, snowflake owner, snowflake id) {
    const cache::shelf* const here = store_->at(kind);
    return here && here->objects->remove(owner, id) != nullptr;
}

void memory_cache::clear() {
    store_->clear();
}

void memory_cache::expire() {
    for (std::size_t i = 0; i < entity_kind_count; ++i)
        if (const cache::shelf* const here = store_->at(static_cast<entity_kind>(i)))
            here->objects->expire(runtime_clock::now());
}

snowflake memory_cache::own_id() const noexcept {
    return store_->own_id();
}

std::optional<guild_standing> memory_cache::standing(snowflake guild) const {
    const auto facts = store_->facts(guild);
    if (!facts)
        return std::nullopt;
    guild_standing out{facts->availability, facts->member_count, facts->large, false};
    const auto members = static_cast<std::int64_t>(count(entity_kind::member, guild));
    out.members_complete = facts->availability == guild_availability::available &&
                           facts->member_count > 0 && members >= facts->member_count;
    return out;
}

std::size_t memory_cache::count(entity_kind kind) const {
    return counters(kind).entries;
}

std::size_t memory_cache::count(entity_kind kind, snowflake owner) const {
    const cache::shelf* const here = store_->at(kind);
    return here ? here->objects->count(owner) : 0;
}

cache_counters memory_cache::counters(entity_kind kind) const {
    const cache::shelf* const here = store_->at(kind);
    return here ? here->objects->counters() : cache_counters{};
}

cache_state memory_cache::state() const {
    return store_->state();
}

} // namespace strandcord
