#include "cache/effects.hpp"

#include <algorithm>

namespace strandcord::cache {

namespace {

/// What an older session of this feed brought is out of date. What another feed brought stays, for
/// while one set of shards takes the place of another, guilds are not loaded again; but a guild of
/// this shard that READY does not list is one that the bot has left.
void drop_older_session(change& to, const std::vector<snowflake>& listed) {
    store& all = to.the_store();
    for (const auto& [id, facts] : all.guilds()) {
        const bool mine = facts.feed == to.feed();
        const bool here = shard_of(id, to.shard().count).index == to.shard().index;
        if (mine || (here && !std::binary_search(listed.begin(), listed.end(), id)))
            to.note(entity_kind::guild, all.forget(id), id);
    }
}

void on_ready(change& to, const json_view& data) {
    store& all = to.the_store();
    const json_view user = data["user"];
    if (const snowflake own = user["id"].id()) {
        all.set_own_id(own);
        to.note(entity_kind::user, to.merge({entity_kind::user, {}, {}, own}, user));
    }
    std::vector<snowflake> listed;
    data["guilds"].each([&](const json_view& guild) {
        if (const snowflake id = guild["id"].id())
            listed.push_back(id);
    });
    std::sort(listed.begin(), listed.end());
    drop_older_session(to, listed);
    for (const snowflake id : listed)
        if (!all.facts(id))
            all.set_facts(id, {guild_availability::loading, 0, false, to.feed(), 0});
}

void on_user_update(change& to, const json_view& data) {
    const snowflake id = data["id"].id();
    to.note(entity_kind::user, to.merge({entity_kind::user, {}, {}, id}, data));
}

constexpr effect session_rows[] = {
    {"READY", on_ready},
    {"USER_UPDATE", on_user_update},
};

} // namespace

std::span<const effect> session_effects() noexcept {
    return session_rows;
}

} // namespace strandcord::cache
