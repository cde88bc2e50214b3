#pragma once

#include "shards/relay.hpp"
#include "shards/takeover.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace strandcord::shards {

/// The driver of `takeover`: keeps what is held, and brings what is released to the strand of the
/// shard that got it. Any thread; relays of both sets share one.
class crossing : public std::enable_shared_from_this<crossing> {
public:
    /// `changed` is called when `complete()` or `overflowed()` may have changed; any thread.
    crossing(takeover rules, std::function<void()> changed);

    /// Whether this event, which means `change`, is delivered now. Called on the strand of `by`.
    bool passes(side from, relay& by, const gateway::dispatch& event, guild_change change);

    /// Guilds of the old set: those it has, those it has no more.
    void on_served(const std::vector<snowflake>& guilds);
    void on_lost(const std::vector<snowflake>& guilds);
    void on_acknowledged(side from, int shard_index, takeover::time_point sent);
    void move();
    void abort();
    void finish();
    /// Nothing is delivered from here any more.
    void close();

    bool complete() const;
    bool overflowed() const;
    std::size_t unserved() const;
    bool is_behind() const;
    std::optional<takeover::time_point> deadline() const;

private:
    struct kept {
        std::shared_ptr<relay> by;
        std::shared_ptr<std::string> frame;
        guild_change change;
    };
    using due_list = std::deque<kept>;

    // With the lock held:
    void note(const gateway::dispatch& event, guild_change change, snowflake guild);
    void sort_out();
    // On the relay's strand:
    void deliver_due(relay& by);

    std::function<void()> changed_;
    mutable std::mutex mutex_;
    takeover machine_;
    event_reader reader_;
    std::map<takeover::ticket, kept> held_;
    std::map<relay*, due_list> due_; ///< released, on their way to the strand
    bool closed_ = false;
};

} // namespace strandcord::shards
