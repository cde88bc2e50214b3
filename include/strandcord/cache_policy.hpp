#pragma once

#include <strandcord/describe.hpp>
#include <strandcord/entity_kind.hpp>
#include <strandcord/intents.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace strandcord {

/// Names one object of a cache.
struct cache_key {
    entity_kind kind = entity_kind::guild;
    /// The channel of a message, the guild of everything else; zero for guilds, users, and channels
    /// outside guilds.
    snowflake owner = {};
    snowflake id = {}; ///< the user's, for members, presences and voice states
    bool own = false;  ///< the id is the bot's own
};

/// Which objects a cache keeps. Rules combine with `&&` and `||`; asked again when an object
/// changes. Called on any thread, several at a time; no throw.
class keep_rule {
public:
    using test = std::function<bool(const cache_key&, const void* object)>;

    /// Keeps everything.
    keep_rule() noexcept = default;
    /// For `keep_if`. Without a type the object is not looked at, and not decoded when refused.
    keep_rule(const codec::type_desc* type, test fn);

    friend keep_rule operator&&(const keep_rule& left, const keep_rule& right);
    friend keep_rule operator||(const keep_rule& left, const keep_rule& right);

    struct node;
    const std::shared_ptr<const node>& internals() const noexcept { return node_; }

private:
    std::shared_ptr<const node> node_;
};

/// By what is kept: `keep_if<sc::channel>([](const sc::channel& one) { return ...; })`. `T` is the
/// type that the kind is stored as.
template <class T, class Fn>
keep_rule keep_if(Fn fn) {
    return {&codec::describe<T>(),
            [fn = std::move(fn)](const cache_key&, const void* object) -> bool {
                return fn(*static_cast<const T*>(object));
            }};
}
/// By the key alone.
template <class Fn>
    requires std::is_invocable_r_v<bool, Fn&, const cache_key&>
keep_rule keep_if(Fn fn) {
    return {nullptr,
            [fn = std::move(fn)](const cache_key& key, const void*) -> bool { return fn(key); }};
}
/// Only what concerns the bot's own user.
keep_rule keep_own();

/// The type that the objects of a kind are stored as; by default the kind's model.
struct stored_type {
    const codec::type_desc* type = nullptr;
    std::size_t size = 0;
    std::shared_ptr<void> (*create)() = nullptr;
};

/// A struct of yours, described, that names the fields you read: only those take memory.
template <class T>
stored_type store_as() noexcept {
    stored_type made{&codec::describe<T>(), sizeof(T), nullptr};
    if constexpr (requires { codec::table<T>::is_model; })
        made.create = &codec::table<T>::create;
    else
        made.create = []() -> std::shared_ptr<void> { return std::make_shared<T>(); };
    return made;
}

/// How the objects of one kind are kept. A zero limit is none.
struct cache_policy {
    /// Counted from the last change of an object; to a sixteenth of a second.
    std::chrono::milliseconds ttl = {};
    /// When there would be more, one that was not looked up for long goes.
    std::size_t entries = 0;
    /// The same by memory: what the cache has allocated for the objects and their places.
    std::size_t bytes = 0;
    keep_rule keep_if = {};
    stored_type store = {};
};

/// What a cache keeps. Cheap to copy.
///
///     sc::cache_options::defaults().keep(sc::entity_kind::member, {.entries = 100'000})
class cache_options {
public:
    /// Nothing.
    cache_options() noexcept = default;
    /// Guilds, channels, roles and the bot's own members, without limits.
    static cache_options defaults();

    /// The same and this kind, in place of what was said of it. A bot then asks for the intents
    /// that feed it, but for privileged ones, which have to be named as always.
    cache_options keep(entity_kind kind, cache_policy policy = {}) const;
    /// The same without this kind.
    cache_options without(entity_kind kind) const;
    /// Whether what belongs to a guild stays while the guild is in an outage, as it does unless
    /// said here: it may be out of date, for nothing is told of it meanwhile. The guild's own
    /// object stays in any case. Discord documentation: events/gateway-events, "Guild Delete".
    cache_options keep_in_outage(bool stays) const;

    bool keeps(entity_kind kind) const noexcept;
    /// The intents that feed what `keep` named, privileged ones included.
    intents needs() const noexcept;

    struct plan;
    const plan* internals() const noexcept { return plan_.get(); }

private:
    std::shared_ptr<const plan> plan_;
};

} // namespace strandcord
