#include "shards/crossing.hpp"

#include "shards/guild_events.hpp"

#include <boost/asio/post.hpp>

namespace asio = boost::asio;

namespace strandcord::shards {

crossing::crossing(takeover rules, std::function<void()> changed)
    : changed_{std::move(changed)}, machine_{std::move(rules)} {}

bool crossing::passes(side from, relay& by, const gateway::dispatch& event, guild_change change) {
    auto what = takeover::verdict::deliver;
    bool tell = false;
    {
        const std::lock_guard lock{mutex_};
        if (closed_)
            return true;
        const auto now = runtime_clock::now();
        if (event.type == "READY")
            machine_.on_ready(from, by.shard_index(), guilds_of_ready(event), now);
        const auto key = reader_.key(event.type, event.data());
        if (from == side::old_set)
            note(event, change, key.guild);
        what = machine_.on_event(from, event.type, key);
        if (what == takeover::verdict::hold)
            held_.emplace(machine_.last_ticket(), kept{by.shared_from_this(), event.frame, change});
        sort_out();
        tell = machine_.complete(now) || machine_.overflowed();
    }
    if (tell)
        changed_();
    // What was released for this shard stood before this event.
    deliver_due(by);
    return what == takeover::verdict::deliver;
}

void crossing::note(const gateway::dispatch& event, guild_change change, snowflake guild) {
    if (event.type == "GUILD_DELETE" || change == guild_change::outage)
        machine_.on_lost(guild);
    else if (change != guild_change::none)
        machine_.on_served(guild);
}

void crossing::on_served(const std::vector<snowflake>& guilds) {
    const std::lock_guard lock{mutex_};
    for (const snowflake guild : guilds)
        machine_.on_served(guild);
}

void crossing::on_lost(const std::vector<snowflake>& guilds) {
    if (guilds.empty())
        return;
    {
        const std::lock_guard lock{mutex_};
        for (const snowflake guild : guilds)
            machine_.on_lost(guild);
    }
    changed_();
}

void crossing::sort_out() {
    for (const auto which : machine_.released()) {
        const auto found = held_.find(which);
        auto one = std::move(found->second);
        held_.erase(found);
        const auto by = one.by;
        due_[by.get()].push_back(std::move(one));
        asio::post(by->strand(), [self = shared_from_this(), by] { self->deliver_due(*by); });
    }
    for (const auto which : machine_.forgotten())
        held_.erase(which);
}

void crossing::deliver_due(relay& by) {
    for (;;) {
        kept one;
        {
            const std::lock_guard lock{mutex_};
            const auto found = due_.find(&by);
            if (closed_ || found == due_.end())
                return;
            one = std::move(found->second.front());
            found->second.pop_front();
            if (found->second.empty())
                due_.erase(found);
        }
        by.deliver(one.frame, one.change);
    }
}

void crossing::on_acknowledged(side from, int shard_index, takeover::time_point sent) {
    {
        const std::lock_guard lock{mutex_};
        machine_.on_acknowledged(from, shard_index, sent);
    }
    changed_();
}

void crossing::move() {
    const std::lock_guard lock{mutex_};
    machine_.move();
    sort_out();
}

void crossing::abort() {
    const std::lock_guard lock{mutex_};
    machine_.abort();
    sort_out();
}

void crossing::finish() {
    const std::lock_guard lock{mutex_};
    machine_.finish();
    sort_out();
}

void crossing::close() {
    const std::lock_guard lock{mutex_};
    closed_ = true;
    held_.clear();
    due_.clear();
}

bool crossing::complete() const {
    const std::lock_guard lock{mutex_};
    return machine_.complete(runtime_clock::now());
}

bool crossing::overflowed() const {
    const std::lock_guard lock{mutex_};
    return machine_.overflowed();
}

std::size_t crossing::unserved() const {
    const std::lock_guard lock{mutex_};
    return machine_.unserved();
}

bool crossing::is_behind() const {
    const std::lock_guard lock{mutex_};
    return machine_.is_behind();
}

std::optional<takeover::time_point> crossing::deadline() const {
    const std::lock_guard lock{mutex_};
    return machine_.deadline();
}

} // namespace strandcord::shards
