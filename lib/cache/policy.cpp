#include "cache/keep.hpp"
#include "model/catalogue.hpp"

namespace strandcord {

namespace {

using node = keep_rule::node;

bool keeps(const node* rule, const cache_key& key, const void* object) {
    if (!rule)
        return true;
    switch (rule->what) {
    case node::form::both:
        return keeps(rule->left.get(), key, object) && keeps(rule->right.get(), key, object);
    case node::form::either:
        return keeps(rule->left.get(), key, object) || keeps(rule->right.get(), key, object);
    case node::form::test:
        break;
    }
    // An object that is not there yet passes: the answer is asked for again when it is.
    return (rule->type && !object) || rule->fn(key, object);
}

bool fits(const node* rule, const codec::type_desc& type) noexcept {
    if (!rule)
        return true;
    if (rule->what == node::form::test)
        return !rule->type || rule->type == &type;
    return fits(rule->left.get(), type) && fits(rule->right.get(), type);
}

/// The intents of the events that are there to tell of it. Only messages are kept outside guilds.
intents feeding(entity_kind kind) noexcept {
    intents all;
    for (const catalogue_row& row : catalogue()) {
        if (!row.feeds.has(kind))
            continue;
        all |= row.in_guild();
        if (kind == entity_kind::message)
            all |= row.elsewhere();
    }
    return all;
}

std::shared_ptr<cache_options::plan> copy_of(const cache_options::plan* from) {
    return from ? std::make_shared<cache_options::plan>(*from)
                : std::make_shared<cache_options::plan>();
}

} // namespace

keep_rule::keep_rule(const codec::type_desc* type, test fn)
    : node_{std::make_shared<node>(node{node::form::test, type, std::move(fn), {}, {}})} {}

keep_rule operator&&(const keep_rule& left, const keep_rule& right) {
    keep_rule joined;
    joined.node_ =
        std::make_shared<node>(node{node::form::both, nullptr, {}, left.node_, right.node_});
    return joined;
}

keep_rule operator||(const keep_rule& left, const keep_rule& right) {
    keep_rule joined;
    joined.node_ =
        std::make_shared<node>(node{node::form::either, nullptr, {}, left.node_, right.node_});
    return joined;
}

keep_rule keep_own() {
    return keep_if([](const cache_key& key) { return key.own; });
}

namespace cache {

bool keeps(const keep_rule& rule, const cache_key& key, const void* object) {
    return strandcord::keeps(rule.internals().get(), key, object);
}
bool may_keep(const keep_rule& rule, const cache_key& key) {
    return strandcord::keeps(rule.internals().get(), key, nullptr);
}
bool fits(const keep_rule& rule, const codec::type_desc& type) noexcept {
    return strandcord::fits(rule.internals().get(), type);
}

} // namespace cache

cache_options cache_options::defaults() {
    auto made = std::make_shared<plan>();
    for (const auto kind :
         {entity_kind::guild, entity_kind::channel, entity_kind::role, entity_kind::member})
        made->kinds[static_cast<std::size_t>(kind)].kept = true;
    made->kinds[static_cast<std::size_t>(entity_kind::member)].policy.keep_if = keep_own();
    cache_options options;
    options.plan_ = std::move(made);
    return options;
}

cache_options cache_options::keep(entity_kind kind, cache_policy policy) const {
    auto made = copy_of(plan_.get());
    made->kinds[static_cast<std::size_t>(kind)] = {true, true, std::move(policy)};
    cache_options options;
    options.plan_ = std::move(made);
    return options;
}

cache_options cache_options::without(entity_kind kind) const {
    auto made = copy_of(plan_.get());
    made->kinds[static_cast<std::size_t>(kind)] = {};
    cache_options options;
    options.plan_ = std::move(made);
    return options;
}

cache_options cache_options::keep_in_outage(bool stays) const {
    auto made = copy_of(plan_.get());
    made->keep_in_outage = stays;
    cache_options options;
    options.plan_ = std::move(made);
    return options;
}

bool cache_options::keeps(entity_kind kind) const noexcept {
    return plan_ && plan_->at(kind).kept;
}

intents cache_options::needs() const noexcept {
    intents all;
    for (std::size_t i = 0; plan_ && i < entity_kind_count; ++i)
        if (plan_->kinds[i].named)
            all = all | feeding(static_cast<entity_kind>(i));
    return all;
}

} // namespace strandcord
