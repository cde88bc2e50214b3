#pragma once

#include <strandcord/dispatcher.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace strandcord {

namespace bot_detail {

/// A handler with its place in the registry.
struct registered {
    detail::handler what = {};
    handler_id id = {};
    std::string place = {}; ///< `file.cpp:12`
    /// Seen by shards that still hold an older table.
    mutable std::atomic<bool> removed{false};
};

using handler_list = std::vector<std::shared_ptr<const registered>>;

/// An immutable view of the registry; shards keep one until it is outdated.
class handler_table {
public:
    explicit handler_table(const handler_list& all);
    /// In order of registration, those for every event included.
    const handler_list& find(std::string_view event) const;

private:
    struct hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };
    std::unordered_map<std::string, handler_list, hash, std::equal_to<>> by_event_;
    handler_list every_event_;
};

} // namespace bot_detail

/// Writers make a new table under the lock; readers compare a number and lock only when it changed.
struct dispatcher::state {
    mutable std::mutex mutex;
    bot_detail::handler_list all;
    std::shared_ptr<const bot_detail::handler_table> table;
    std::shared_ptr<const std::function<void(const event_failures&)>> on_error;
    std::atomic<std::uint64_t> version{1};
    std::uint64_t next_id = 1;

    std::shared_ptr<const bot_detail::handler_table> snapshot() const;
    std::shared_ptr<const std::function<void(const event_failures&)>> error_handler() const;
    bot_detail::handler_list handlers() const;
};

} // namespace strandcord
