#pragma once

#include <strandcord/cache_policy.hpp>
#include <strandcord/entity_kind.hpp>
#include <strandcord/model/channel.hpp>
#include <strandcord/model/emoji.hpp>
#include <strandcord/model/guild.hpp>
#include <strandcord/model/member.hpp>
#include <strandcord/model/message.hpp>
#include <strandcord/model/presence.hpp>
#include <strandcord/model/role.hpp>
#include <strandcord/model/scheduled_event.hpp>
#include <strandcord/model/soundboard.hpp>
#include <strandcord/model/stage.hpp>
#include <strandcord/model/sticker.hpp>
#include <strandcord/model/user.hpp>
#include <strandcord/model/voice.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strandcord {

namespace cache {
class store;
}

/// What is in one kind's table, and what came of it since the start.
struct cache_counters {
    std::size_t entries = 0;
    std::size_t bytes = 0; ///< allocated for the objects and their places
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::uint64_t inserts = 0;
    std::uint64_t updates = 0;
    std::uint64_t expired = 0;      ///< went because of `ttl`
    std::uint64_t over_entries = 0; ///< went because of `entries`
    std::uint64_t over_bytes = 0;   ///< went because of `bytes`
    std::uint64_t removed = 0;      ///< Discord said that it is gone
    std::uint64_t refused = 0;      ///< changed into what `keep_if` does not keep
};
STRANDCORD_EXTERN_MODEL(cache_counters)

/// One kind that is kept.
struct cache_kind_state {
    std::string kind = {};
    cache_counters counters = {};
};
STRANDCORD_EXTERN_MODEL(cache_kind_state)

/// For people and dashboards: `to_json(bot.cache().state())`.
struct cache_state {
    std::int64_t guilds_loading = 0; ///< listed by READY and not loaded yet
    std::int64_t guilds_available = 0;
    std::int64_t guilds_unavailable = 0;
    std::vector<cache_kind_state> kinds = {};
};
STRANDCORD_EXTERN_MODEL(cache_state)

enum class guild_availability : std::uint8_t {
    loading,     ///< listed by READY; its GUILD_CREATE has not come yet
    available,   ///< loaded
    unavailable, ///< an outage; what was known is kept, if `keep_in_outage`
};

/// What is known of a guild beside its object.
struct guild_standing {
    guild_availability availability = guild_availability::loading;
    std::int64_t member_count = 0;
    bool large = false;
    /// Whether every member is in the cache: GUILD_CREATE may bring a part only.
    bool members_complete = false;
};

/// What Discord has said, kept by kind as `cache_options` tell. Changed by events, once each and
/// before the handlers of the event run. Look-ups give immutable snapshots, which stay valid as
/// long as they are held, also across `co_await`; null when there is none, or the kind is not kept.
/// All members may be called from any thread.
///
/// `T` is the type that the kind is stored as; another one throws `error`
/// (`errc::invalid_configuration`).
class memory_cache {
public:
    explicit memory_cache(const cache_options& options = cache_options::defaults());
    ~memory_cache();
    memory_cache(const memory_cache&) = delete;
    memory_cache& operator=(const memory_cache&) = delete;

    /// Roles, emojis and stickers have kinds of their own and are empty in it.
    template <class T = strandcord::guild>
    std::shared_ptr<const T> guild(snowflake id) const {
        return get<T>(entity_kind::guild, {}, id);
    }
    template <class T = strandcord::channel>
    std::shared_ptr<const T> channel(snowflake id) const {
        return get<T>(entity_kind::channel, std::nullopt, id);
    }
    /// Active threads; one that is archived goes.
    template <class T = strandcord::channel>
    std::shared_ptr<const T> thread(snowflake id) const {
        return get<T>(entity_kind::thread, std::nullopt, id);
    }
    template <class T = guild_member>
    std::shared_ptr<const T> member(snowflake guild, snowflake user) const {
        return get<T>(entity_kind::member, guild, user);
    }
    template <class T = strandcord::user>
    std::shared_ptr<const T> user(snowflake id) const {
        return get<T>(entity_kind::user, {}, id);
    }
    template <class T = strandcord::role>
    std::shared_ptr<const T> role(snowflake guild, snowflake id) const {
        return get<T>(entity_kind::role, guild, id);
    }
    template <class T = strandcord::emoji>
    std::shared_ptr<const T> emoji(snowflake guild, snowflake id) const {
        return get<T>(entity_kind::emoji, guild, id);
    }
    template <class T = strandcord::sticker>
    std::shared_ptr<const T> sticker(snowflake guild, snowflake id) const {
        return get<T>(entity_kind::sticker, guild, id);
    }
    template <class T = strandcord::presence>
    std::shared_ptr<const T> presence(snowflake guild, snowflake user) const {
        return get<T>(entity_kind::presence, guild, user);
    }
    /// Without `member`, which is a kind of its own, and without `session_id`.
    template <class T = strandcord::voice_state>
    std::shared_ptr<const T> voice_state(snowflake guild, snowflake user) const {
        return get<T>(entity_kind::voice_state, guild, user);
    }
    template <class T = strandcord::message>
    std::shared_ptr<const T> message(snowflake channel, snowflake id) const {
        return get<T>(entity_kind::message, channel, id);
    }
    template <class T = strandcord::soundboard_sound>
    std::shared_ptr<const T> soundboard_sound(snowflake guild, snowflake id) const {
        return get<T>(entity_kind::soundboard_sound, guild, id);
    }

    template <class T = strandcord::stage_instance>
    std::shared_ptr<const T> stage_instance(snowflake guild, snowflake id) const {
        return get<T>(entity_kind::stage_instance, guild, id);
    }
    template <class T = strandcord::scheduled_event>
    std::shared_ptr<const T> scheduled_event(snowflake guild, snowflake id) const {
        return get<T>(entity_kind::scheduled_event, guild, id);
    }

    /// Any kind; see `cache_key::owner`. Without an owner only guilds, users, channels and threads
    /// are found.
    template <class T>
    std::shared_ptr<const T> get(entity_kind kind, std::optional<snowflake> owner,
                                 snowflake id) const {
        return std::static_pointer_cast<const T>(find(kind, owner, id, codec::describe<T>()));
    }
    /// All of one owner, as they are now, in no order: the channels of a guild, the messages of a
    /// channel.
    template <class T>
    std::vector<std::shared_ptr<const T>> list(entity_kind kind, snowflake owner) const {
        std::vector<std::shared_ptr<const T>> out;
        for (auto& one : find_all(kind, owner, codec::describe<T>()))
            out.push_back(std::static_pointer_cast<const T>(std::move(one)));
        return out;
    }
    template <class T = strandcord::guild>
    std::vector<std::shared_ptr<const T>> guilds() const {
        return list<T>(entity_kind::guild, {});
    }
    template <class T = strandcord::channel>
    std::vector<std::shared_ptr<const T>> channels(snowflake guild) const {
        return list<T>(entity_kind::channel, guild);
    }
    template <class T = guild_member>
    std::vector<std::shared_ptr<const T>> members(snowflake guild) const {
        return list<T>(entity_kind::member, guild);
    }
    template <class T = strandcord::role>
    std::vector<std::shared_ptr<const T>> roles(snowflake guild) const {
        return list<T>(entity_kind::role, guild);
    }

    /// Stores an object of one's own getting, from REST for example, as an event would: the rules
    /// and limits of its kind count. `guild` is where it goes when the guild goes.
    template <class T>
    void put(entity_kind kind, snowflake guild, snowflake owner, snowflake id, T object) {
        insert(kind, guild, owner, id, std::make_shared<const T>(std::move(object)),
               codec::describe<T>());
    }
    /// False when it was not there.
    bool erase(entity_kind kind, snowflake owner, snowflake id);
    void clear();
    /// Frees what is older than its `ttl`. It is not found in any case, and goes in passing.
    void expire();

    /// Zero before the first READY.
    snowflake own_id() const noexcept;
    /// Of guilds that the bot is in; kept when anything is.
    std::optional<guild_standing> standing(snowflake guild) const;
    std::size_t count(entity_kind kind) const;
    std::size_t count(entity_kind kind, snowflake owner) const;
    cache_counters counters(entity_kind kind) const;
    cache_state state() const;

    /// Everything as JSON text, with a version, without order.
    std::string dump() const;
    /// Takes a dump in, also one of other projections: members are found by name. What is there is
    /// replaced. Guilds of the dump that the next READY does not list go again. Throws `error`
    /// (`errc::malformed_payload`) with what is wrong, and changes nothing then.
    void restore(std::string_view dump);

    const std::shared_ptr<cache::store>& internals() const noexcept { return store_; }

private:
    std::shared_ptr<const void> find(entity_kind kind, std::optional<snowflake> owner, snowflake id,
                                     const codec::type_desc& type) const;
    std::vector<std::shared_ptr<const void>> find_all(entity_kind kind, snowflake owner,
                                                      const codec::type_desc& type) const;
    void insert(entity_kind kind, snowflake guild, snowflake owner, snowflake id,
                std::shared_ptr<const void> object, const codec::type_desc& type);

    std::shared_ptr<cache::store> store_;
};

} // namespace strandcord
