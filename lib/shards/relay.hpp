#pragma once

#include "gateway/shard.hpp"
#include "runtime/timer.hpp"
#include "shards/guild_roster.hpp"

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace strandcord::shards {

class crossing;
enum class side : std::uint8_t;

/// What one shard delivers to: tells when the shard is ready, and passes everything on, with what
/// it means for the roster of guilds; while its set replaces another or is replaced, by the rules
/// of `takeover`. On the shard's strand.
class relay final : public gateway::event_sink, public std::enable_shared_from_this<relay> {
public:
    relay(boost::asio::any_io_executor strand, int shard_index,
          std::shared_ptr<gateway::event_sink> inner, bool loads_guilds,
          std::function<void()> ready);
    ~relay() override;

    /// Null: events go straight through again.
    void cross(std::shared_ptr<crossing> via, side mine);
    void on_dispatch(const gateway::dispatch& event) override;
    bool reads(std::string_view type) override;
    void on_acknowledged(runtime_clock::time_point sent) override;
    bool full() const noexcept override { return inner_->full(); }
    task<> room() override { return inner_->room(); }
    task<> quiet() override { return inner_->quiet(); }
    std::int64_t finished(std::int64_t received) const noexcept override;

    /// A frame that was held, now delivered; `change` is what it meant when it came.
    void deliver(const std::shared_ptr<std::string>& frame, guild_change change);
    /// Keeps the roster's time, until it is cancelled.
    task<> watch();
    /// Those that are there.
    std::vector<snowflake> guilds() const { return roster_.available_guilds(); }
    /// Fills in the guilds. Any thread.
    void describe(shard_status& status) const noexcept;
    const boost::asio::any_io_executor& strand() const noexcept { return strand_; }
    int shard_index() const noexcept { return shard_index_; }

private:
    struct roster_news {
        bool about_guilds = false;
        guild_change change = guild_change::none;
        std::vector<snowflake> left = {};
    };
    roster_news note(const gateway::dispatch& event);
    void pass_on(const gateway::dispatch& event, guild_change change);
    void announce(std::string_view name, const std::string& data);
    void announce_completion();

    boost::asio::any_io_executor strand_;
    int shard_index_;
    std::shared_ptr<gateway::event_sink> inner_;
    std::function<void()> ready_;
    std::shared_ptr<crossing> crossing_;
    side side_{};
    codec::frame_parser parser_; ///< of frames that were held
    /// The first event that did not go straight through: what comes after it may still be held.
    std::atomic<std::int64_t> held_from_{std::numeric_limits<std::int64_t>::max()};
    guild_roster roster_;
    timer roster_changed_; ///< its deadline; cancelled when that moved
    std::atomic<std::size_t> guilds_{0};
    std::atomic<std::size_t> unavailable_guilds_{0};
};

} // namespace strandcord::shards
