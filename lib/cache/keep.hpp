#pragma once

#include <strandcord/cache_policy.hpp>

namespace strandcord {

/// A rule, or two of them joined.
struct keep_rule::node {
    enum class form : std::uint8_t { test, both, either };

    form what = form::test;
    const codec::type_desc* type = nullptr; ///< tests: what they look at; null: the key alone
    test fn = {};
    std::shared_ptr<const node> left = {};
    std::shared_ptr<const node> right = {};
};

struct cache_options::plan {
    struct entry {
        bool kept = false;
        bool named = false; ///< by the user
        cache_policy policy = {};
    };
    entry kinds[entity_kind_count] = {};
    bool keep_in_outage = true;

    const entry& at(entity_kind kind) const noexcept {
        return kinds[static_cast<std::size_t>(kind)];
    }
};

namespace cache {

bool keeps(const keep_rule& rule, const cache_key& key, const void* object);
/// Before there is an object: false when no object of that key would be kept.
bool may_keep(const keep_rule& rule, const cache_key& key);
/// Whether the rule looks at objects of that type only.
bool fits(const keep_rule& rule, const codec::type_desc& type) noexcept;

} // namespace cache

} // namespace strandcord
