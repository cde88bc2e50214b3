#include "cache/store.hpp"

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(cache_counters, (),
                      (entries, bytes, hits, misses, inserts, updates, expired, over_entries,
                       over_bytes, removed, refused))
BOOST_DESCRIBE_STRUCT(cache_kind_state, (), (kind, counters))
BOOST_DESCRIBE_STRUCT(cache_state, (),
                      (guilds_loading, guilds_available, guilds_unavailable, kinds))

STRANDCORD_MODEL(cache_counters)
STRANDCORD_MODEL(cache_kind_state)
STRANDCORD_MODEL(cache_state)

namespace cache {

stored_type model_of(entity_kind kind) noexcept {
    switch (kind) {
    case entity_kind::guild:
        return store_as<guild>();
    case entity_kind::channel:
    case entity_kind::thread:
        return store_as<channel>();
    case entity_kind::member:
        return store_as<guild_member>();
    case entity_kind::user:
        return store_as<user>();
    case entity_kind::role:
        return store_as<role>();
    case entity_kind::emoji:
        return store_as<emoji>();
    case entity_kind::presence:
        return store_as<presence>();
    case entity_kind::voice_state:
        return store_as<voice_state>();
    case entity_kind::message:
        return store_as<message>();
    case entity_kind::soundboard_sound:
        return store_as<soundboard_sound>();
    case entity_kind::sticker:
        return store_as<sticker>();
    case entity_kind::stage_instance:
        return store_as<stage_instance>();
    case entity_kind::scheduled_event:
        return store_as<scheduled_event>();
    }
    return {};
}

} // namespace cache

} // namespace strandcord
