#pragma once

#include "bot/finished_sequence.hpp"
#include "bot/registry.hpp"
#include "cache/store.hpp"
#include "core/clock.hpp"

#include <strandcord/describe.hpp>
#include <strandcord/dispatcher.hpp>
#include <strandcord/rest.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strandcord::detail {

/// A handler that failed, and what it takes to call it again.
struct failed_run {
    handler_failure report = {};
    std::shared_ptr<const bot_detail::registered> handler = {};
    const void* object = nullptr;
    std::uint64_t key = 0;
};

/// What all handlers of one event share. Made on the shard's strand; what is mutable is touched
/// there only, by the runner; handlers see the rest.
struct delivery_state {
    std::shared_ptr<std::string> frame = {}; ///< keeps `name` and `raw` alive
    std::string_view name = {};
    std::string_view raw = {};
    std::int64_t sequence = 0;
    shard_id shard = {};
    mutable rest_client rest;

    /// One decoded object per type, shared by the handlers that named it.
    std::vector<std::pair<const codec::type_desc*, std::shared_ptr<void>>> objects = {};
    std::vector<cache::old_object> before = {}; ///< what the event changed in the cache
    std::size_t pending = 0;                    ///< handlers that run or wait for their turn
    finished_sequence::event place = {};
    bool cut_off = false; ///< a handler was made to end
    std::vector<failed_run> failures = {};
    runtime_clock::time_point received = {}; ///< nothing when nobody knows
    runtime_clock::time_point decoded = {};

    explicit delivery_state(rest_client client) : rest{std::move(client)} {}
};

} // namespace strandcord::detail
