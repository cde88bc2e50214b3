#include "shards/takeover.hpp"

#include <algorithm>

namespace strandcord::shards {
namespace {

// What a session gets for itself alone: the other set has no such event, or one of its own.
bool is_private(std::string_view type) noexcept {
    constexpr std::array<std::string_view, 8> names{
        "READY",        "RESUMED",      "GUILD_MEMBERS_CHUNK", "SOUNDBOARD_SOUNDS",
        "CHANNEL_INFO", "RATE_LIMITED", "VOICE_SERVER_UPDATE", "STRANDCORD_SESSION_GAP"};
    return std::find(names.begin(), names.end(), type) != names.end();
}

} // namespace

takeover::takeover(std::size_t old_shards, const std::vector<shard_id>& new_shards,
                   bool loads_guilds)
    : old_shards_{old_shards}
    , new_count_{new_shards.front().count}
    , missing_shards_{new_shards.size()}
    , loads_guilds_{loads_guilds} {
    for (const shard_id& one : new_shards)
        new_shards_.emplace(one.index, false);
}

takeover::verdict takeover::on_event(side from, std::string_view type, const event_key& key) {
    if (is_private(type))
        return verdict::deliver;
    auto& loading = loading_[index(from)];
    const bool mine = from == owner_;
    if (type == "GUILD_CREATE" || type == "GUILD_DELETE") {
        if (from == side::new_set) {
            answered_.insert(key.guild);
            judge(key.guild);
        }
        // The load of a session is not an event of the guild; a guild that was down in READY may
        // also end its load with GUILD_DELETE.
        if (loading.erase(key.guild) > 0)
            return mine ? verdict::deliver : verdict::drop;
    }
    auto& here = streams_[key.guild];
    auto& unseen = here.unseen[index(from)];
    if (const auto known = std::find(unseen.begin(), unseen.end(), key.hash);
        known != unseen.end()) {
        // Both get their events in order: what stands before it will not come any more.
        if (from == side::new_set)
            here.before_ready -=
                std::min(here.before_ready, static_cast<std::size_t>(known - unseen.begin()) + 1);
        unseen.erase(unseen.begin(), known + 1);
        here.met = true;
        return verdict::drop;
    }
    if (!mine) {
        here.held[index(from)].push_back({key.hash, ++last_ticket_});
        ++held_;
        return verdict::hold;
    }
    auto& held = here.held[index(other(from))];
    const auto seen = std::find_if(held.begin(), held.end(),
                                   [&](const held_event& one) { return one.key == key.hash; });
    if (seen != held.end()) {
        // What the other set got before it has passed this one by.
        release(key.guild, here, other(from), static_cast<std::size_t>(seen - held.begin()));
        forget(here, other(from), 1);
        here.met = true;
    } else {
        expect_copy(key.guild, here, other(from), key.hash);
    }
    return verdict::deliver;
}

bool takeover::is_ready(snowflake guild) const noexcept {
    const auto found = new_shards_.find(shard_of(guild, new_count_).index);
    return found != new_shards_.end() && found->second;
}

// That side gets what was delivered later, or never: then it must not match a later event like it
// for ever.
void takeover::expect_copy(snowflake guild, stream& of, side by, std::uint64_t key) {
    auto& unseen = of.unseen[index(by)];
    unseen.push_back(key);
    const bool by_new = by == side::new_set;
    if (by_new && !is_ready(guild))
        ++of.before_ready;
    if (unseen.size() <= (by_new ? lag_limit : held_limit))
        return;
    unseen.pop_front();
    if (!by_new)
        return;
    if (of.before_ready > 0)
        --of.before_ready;
    else
        lost_track_ = true;
}

void takeover::on_served(snowflake guild) {
    served_.insert(guild);
    judge(guild);
}

void takeover::on_lost(snowflake guild) {
    served_.erase(guild);
    judge(guild);
}

// A guild that belongs to no shard of the new plan is served elsewhere.
void takeover::judge(snowflake guild) {
    const bool expected = new_shards_.count(shard_of(guild, new_count_).index) > 0;
    if (expected && served_.count(guild) > 0 && answered_.count(guild) == 0)
        unserved_.insert(guild);
    else
        unserved_.erase(guild);
}

void takeover::on_acknowledged(side from, int shard_index, time_point sent) {
    if (from == side::old_set)
        acknowledged_[shard_index] = sent;
}

void takeover::on_ready(side from, int shard_index, const std::vector<snowflake>& guilds,
                        time_point now) {
    if (loads_guilds_)
        loading_[index(from)].insert(guilds.begin(), guilds.end());
    if (from != side::new_set)
        return;
    for (const snowflake guild : guilds) {
        answered_.erase(guild); // also when it was before, and the shard began again
        judge(guild);
    }
    last_ready_ = now;
    if (!std::exchange(new_shards_[shard_index], true))
        --missing_shards_;
}

bool takeover::complete(time_point now) const noexcept {
    if (missing_shards_ > 0)
        return false;
    if (!unserved_.empty())
        return false;
    if (now - last_ready_ >= patience)
        return true;
    const auto caught_up =
        std::count_if(acknowledged_.begin(), acknowledged_.end(),
                      [this](const auto& each) { return each.second >= last_ready_; });
    // Where the old set has not reached what the new one began with, it may still bring what was
    // before.
    return static_cast<std::size_t>(caught_up) >= old_shards_ &&
           loading_[index(side::new_set)].empty() &&
           std::all_of(streams_.begin(), streams_.end(), [](const auto& each) {
               return each.second.met || each.second.held[index(side::new_set)].empty();
           });
}

std::optional<takeover::time_point> takeover::deadline() const noexcept {
    if (missing_shards_ > 0)
        return std::nullopt;
    return last_ready_ + patience;
}

bool takeover::is_behind() const noexcept {
    return std::any_of(streams_.begin(), streams_.end(), [](const auto& each) {
        return !each.second.held[index(side::old_set)].empty();
    });
}

// The first `count` held by that side are delivered: to the other side they are old news then.
void takeover::release(snowflake guild, stream& of, side holder, std::size_t count) {
    auto& held = of.held[index(holder)];
    for (; count > 0; --count) {
        released_.push_back(held.front().which);
        expect_copy(guild, of, other(holder), held.front().key);
        held.pop_front();
        --held_;
    }
}

void takeover::forget(stream& of, side holder, std::size_t count) {
    auto& held = of.held[index(holder)];
    for (; count > 0; --count) {
        forgotten_.push_back(held.front().which);
        held.pop_front();
        --held_;
    }
}

void takeover::change_owner(side to) {
    owner_ = to;
    for (auto& [guild, each] : streams_)
        release(guild, each, to, each.held[index(to)].size());
}

void takeover::move() {
    change_owner(side::new_set);
}

void takeover::abort() {
    change_owner(side::old_set);
    for (auto& [guild, each] : streams_)
        forget(each, side::new_set, each.held[index(side::new_set)].size());
}

void takeover::finish() {
    for (auto& [guild, each] : streams_)
        release(guild, each, side::old_set, each.held[index(side::old_set)].size());
}

} // namespace strandcord::shards
