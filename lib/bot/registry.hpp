#pragma once

#include "bot/listener.hpp"
#include "bot/noted_problems.hpp"
#include "bot/shard_runs.hpp"

#include <strandcord/dispatcher.hpp>
#include <strandcord/log.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace strandcord {

namespace bot_detail {

/// What strandcord tells beside Discord's events; who asked for all of Discord's has the event that
/// it explains.
inline bool is_own(std::string_view event) noexcept {
    return event.starts_with("STRANDCORD_");
}

/// A handler with its place in the registry.
struct registered {
    detail::handler call = {};
    handler_id id = {}; ///< shared by the events of a family
    registration how = {};
    std::string name = {};
    std::string place = {}; ///< `file.cpp:12`
    /// Seen by shards that still hold an older table.
    mutable std::atomic<bool> removed{false};

    // Of all shards together; running is what began and did not end.
    mutable std::atomic<std::uint64_t> begun{0};
    mutable std::atomic<std::uint64_t> ended{0};
    mutable std::atomic<std::uint64_t> failures{0};
    mutable std::atomic<std::uint64_t> queued{0};
    mutable std::atomic<std::uint64_t> long_runs{0}; ///< that were found to run for long

    /// Whether some of its events may have to wait for others.
    bool takes_turns() const noexcept { return how.order != order_by::none || how.in_flight != 0; }
};

struct registered_middleware {
    detail::middleware call = {};
    handler_id id = {};
};
using middleware_list = std::vector<registered_middleware>;

using handler_list = std::vector<std::shared_ptr<const registered>>;

/// An immutable view of the registry; shards keep one until it is outdated.
class handler_table {
public:
    handler_table(const handler_list& all, std::shared_ptr<const middleware_list> around);
    /// In order of registration, those for every event included.
    const handler_list& find(std::string_view event) const;
    /// What runs around every handler, from the outside in; null: nothing.
    const std::shared_ptr<const middleware_list>& around() const noexcept { return around_; }

private:
    struct hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };
    std::unordered_map<std::string, handler_list, hash, std::equal_to<>> by_event_;
    handler_list every_event_;
    std::shared_ptr<const middleware_list> around_;
};

} // namespace bot_detail

/// Writers make a new table under the lock; readers compare a number and lock only when it changed.
struct dispatcher::state {
    mutable std::mutex mutex;
    bot_detail::handler_list all;
    bot_detail::middleware_list around;
    std::shared_ptr<const bot_detail::handler_table> table;
    std::shared_ptr<const std::function<void(event_failures&)>> on_error;
    std::optional<intents> asked; ///< once the bot runs: what its shards identify with
    logger log;
    std::atomic<std::uint64_t> version{1};
    std::uint64_t next_id = 1;
    std::vector<std::weak_ptr<bot_detail::shard_runs>> shards;

    std::shared_ptr<const bot_detail::handler_table> snapshot() const;
    std::shared_ptr<const std::function<void(event_failures&)>> error_handler() const;
    bot_detail::handler_list handlers() const;
    /// The bot runs with these intents: warns of the handlers there are, and of those to come, that
    /// nothing feeds.
    void expect(intents effective, const logger& where);

    void attach(const std::shared_ptr<bot_detail::shard_runs>& shard);
    std::vector<std::shared_ptr<bot_detail::shard_runs>> running_shards() const;

    const std::shared_ptr<detail::listeners> listeners;
    noted_problems noted;

    state();
    /// Under the lock; gives the old one, which is to be destroyed without it.
    std::shared_ptr<const bot_detail::handler_table> renew_table();
};

} // namespace strandcord
