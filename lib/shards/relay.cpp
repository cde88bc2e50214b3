#include "shards/relay.hpp"

#include "core/wall_clock.hpp"
#include "shards/crossing.hpp"
#include "shards/guild_events.hpp"

#include <strandcord/events/guild_changes.hpp>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace asio = boost::asio;

namespace strandcord::shards {
namespace {

std::string_view name_of(guild_change change) noexcept {
    switch (change) {
    case guild_change::loaded:
        return guild_loaded::name;
    case guild_change::returned:
        return guild_returned::name;
    case guild_change::joined:
        return guild_joined::name;
    case guild_change::outage:
        return guild_outage::name;
    case guild_change::left:
        return guild_left::name;
    case guild_change::none:
        break;
    }
    return {};
}

} // namespace

relay::relay(asio::any_io_executor strand, int shard_index,
             std::shared_ptr<gateway::event_sink> inner, bool loads_guilds,
             std::function<void()> ready)
    : strand_{std::move(strand)}
    , shard_index_{shard_index}
    , inner_{std::move(inner)}
    , ready_{std::move(ready)}
    , roster_{loads_guilds}
    , roster_changed_{strand_} {}

relay::~relay() = default;

void relay::cross(std::shared_ptr<crossing> via, side mine) {
    crossing_ = std::move(via);
    side_ = mine;
    held_from_ = std::numeric_limits<std::int64_t>::max();
}

void relay::on_dispatch(const gateway::dispatch& event) {
    if (event.type == "READY" || event.type == "RESUMED")
        ready_();
    const roster_news news = note(event);
    if (crossing_ && side_ == side::old_set)
        crossing_->on_lost(news.left);
    if (!crossing_ || crossing_->passes(side_, *this, event, news.change))
        pass_on(event, news.change);
    else if (event.sequence != 0 && event.sequence < held_from_)
        held_from_ = event.sequence;
    for (const snowflake guild : news.left)
        announce(guild_left::name, R"({"id":")" + to_string(guild) + R"("})");
    if (news.about_guilds)
        announce_completion();
}

bool relay::reads(std::string_view type) {
    return crossing_ || type == "READY" || type == "GUILD_CREATE" || type == "GUILD_DELETE" ||
           inner_->reads(type);
}

void relay::on_acknowledged(runtime_clock::time_point sent) {
    if (crossing_)
        crossing_->on_acknowledged(side_, shard_index_, sent);
}

void relay::pass_on(const gateway::dispatch& event, guild_change change) {
    inner_->on_dispatch(event);
    if (const auto name = name_of(change); !name.empty())
        inner_->on_dispatch(gateway::dispatch{name, event.sequence, event.frame, event.parser});
}

relay::roster_news relay::note(const gateway::dispatch& event) {
    roster_news news;
    if (event.type == "READY") {
        news.left = roster_.on_ready(guilds_of_ready(event), runtime_clock::now());
    } else if (event.type == "GUILD_CREATE") {
        const auto notice = notice_of(event);
        news.change = roster_.on_create(notice.id, notice.unavailable, notice.joined_at,
                                        wall_clock(), runtime_clock::now());
    } else if (event.type == "GUILD_DELETE") {
        const auto notice = notice_of(event);
        news.change = roster_.on_delete(notice.id, notice.unavailable, runtime_clock::now());
    } else {
        return news;
    }
    news.about_guilds = true;
    guilds_.store(roster_.available(), std::memory_order_relaxed);
    unavailable_guilds_.store(roster_.unavailable(), std::memory_order_relaxed);
    roster_changed_.cancel();
    return news;
}

void relay::announce(std::string_view name, const std::string& data) {
    auto frame = std::make_shared<std::string>(R"({"op":0,"t":")" + std::string{name} +
                                               R"(","s":null,"d":)" + data + "}");
    deliver(frame, guild_change::none);
}

void relay::announce_completion() {
    const auto count = roster_.complete();
    // Those of a set that takes over were there all the time.
    if (!count || (crossing_ && side_ == side::new_set))
        return;
    guilds_ready_data data;
    data.loaded = static_cast<std::int64_t>(count->loaded);
    data.missing = count->missing;
    announce(guilds_ready::name, to_json(data));
}

task<> relay::watch() {
    for (;;) {
        roster_changed_.expires_at(roster_.deadline().value_or(timer::time_point::max()));
        co_await roster_changed_.async_wait(asio::as_tuple(asio::use_awaitable));
        roster_.on_time(runtime_clock::now());
        announce_completion();
    }
}

void relay::describe(shard_status& status) const noexcept {
    status.guilds = guilds_.load(std::memory_order_relaxed);
    status.unavailable_guilds = unavailable_guilds_.load(std::memory_order_relaxed);
}

std::int64_t relay::finished(std::int64_t received) const noexcept {
    return std::min(inner_->finished(received), held_from_ - 1);
}

void relay::deliver(const std::shared_ptr<std::string>& frame, guild_change change) {
    codec::envelope payload;
    if (!parser_.parse(*frame, payload))
        pass_on(gateway::dispatch{payload.type, payload.sequence.value_or(0), frame, parser_},
                change);
}

} // namespace strandcord::shards
