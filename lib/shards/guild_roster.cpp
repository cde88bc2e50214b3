#include "shards/guild_roster.hpp"

namespace strandcord::shards {

std::vector<snowflake> guild_roster::on_ready(const std::vector<snowflake>& listed,
                                              time_point now) {
    std::map<snowflake, state> before;
    before.swap(guilds_);
    awaited_.clear();
    available_ = 0;
    had_ready_ = true;
    counting_ = true;
    patient_until_ = now + patience;
    for (const snowflake guild : listed) {
        guilds_.emplace(guild, state::listed);
        if (loads_guilds_)
            awaited_.insert(guild);
        before.erase(guild);
    }
    std::vector<snowflake> left;
    for (const auto& [guild, was] : before)
        left.push_back(guild);
    return left;
}

guild_change guild_roster::on_create(snowflake guild, bool unavailable,
                                     std::optional<timestamp> joined_at, timestamp wall_now,
                                     time_point now) {
    answered(guild, now);
    const auto [place, is_new] = guilds_.try_emplace(guild, state::joining);
    const state was = place->second;
    if (unavailable) {
        if (was != state::available)
            return guild_change::none;
        place->second = state::outage;
        --available_;
        return guild_change::outage;
    }
    if (was == state::available)
        return guild_change::none;
    place->second = state::available;
    ++available_;
    if (was == state::listed)
        return guild_change::loaded;
    if (was == state::outage)
        return guild_change::returned;
    const bool certain = had_ready_ || !joined_at;
    return certain || wall_now.value - joined_at->value < recent ? guild_change::joined
                                                                 : guild_change::returned;
}

guild_change guild_roster::on_delete(snowflake guild, bool unavailable, time_point now) {
    answered(guild, now);
    const auto place = guilds_.find(guild);
    if (!unavailable) {
        if (place == guilds_.end() && had_ready_)
            return guild_change::none;
        if (place != guilds_.end()) {
            available_ -= place->second == state::available ? 1 : 0;
            guilds_.erase(place);
        }
        return guild_change::left;
    }
    if (place == guilds_.end()) {
        guilds_.emplace(guild, state::outage);
        return had_ready_ ? guild_change::none : guild_change::outage;
    }
    if (place->second != state::available)
        return guild_change::none;
    place->second = state::outage;
    --available_;
    return guild_change::outage;
}

void guild_roster::answered(snowflake guild, time_point now) {
    if (awaited_.erase(guild) > 0)
        patient_until_ = now + patience;
}

void guild_roster::on_time(time_point now) {
    if (now >= patient_until_)
        awaited_.clear();
}

std::optional<guild_count> guild_roster::complete() {
    if (!counting_ || !awaited_.empty())
        return std::nullopt;
    counting_ = false;
    guild_count count{available_, {}};
    for (const auto& [guild, is] : guilds_)
        if (is != state::available && loads_guilds_)
            count.missing.push_back(guild);
    return count;
}

std::vector<snowflake> guild_roster::available_guilds() const {
    std::vector<snowflake> out;
    for (const auto& [guild, is] : guilds_)
        if (is == state::available)
            out.push_back(guild);
    return out;
}

std::optional<guild_roster::time_point> guild_roster::deadline() const {
    if (awaited_.empty())
        return std::nullopt;
    return patient_until_;
}

} // namespace strandcord::shards
