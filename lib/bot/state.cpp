#include "bot/state.hpp"

#include <strandcord/json.hpp>

#include <boost/describe/class.hpp>
#include <chrono>

namespace strandcord {

struct shard_row {
    std::int32_t index = 0;
    std::int32_t count = 1;
    std::string state = {};
    std::int64_t sequence = 0;
    std::optional<double> latency_ms = {};
    std::uint64_t identifies = 0;
    std::uint64_t resumes = 0;
    std::uint64_t events = 0;
    std::int32_t last_close = 0;
    std::uint64_t guilds = 0;
    std::uint64_t unavailable_guilds = 0;
};
BOOST_DESCRIBE_STRUCT(shard_row, (),
                      (index, count, state, sequence, latency_ms, identifies, resumes, events,
                       last_close, guilds, unavailable_guilds))

struct state_document {
    std::vector<shard_row> shards = {};
    std::vector<handler_status> handlers = {};
    cache_state cache = {};
    raw_json metrics = {}; ///< left out when the meter is not the library's own
};
BOOST_DESCRIBE_STRUCT(state_document, (), (shards, handlers, cache, metrics))

namespace {

shard_row row_of(const shard_status& from) {
    shard_row out;
    out.index = from.shard.index;
    out.count = from.shard.count;
    out.state = to_string(from.state);
    out.sequence = from.sequence;
    if (from.latency)
        out.latency_ms = std::chrono::duration<double, std::milli>(*from.latency).count();
    out.identifies = from.identifies;
    out.resumes = from.resumes;
    out.events = from.events;
    out.last_close = from.last_close;
    out.guilds = from.guilds;
    out.unavailable_guilds = from.unavailable_guilds;
    return out;
}

} // namespace

std::string state_json(const std::vector<shard_status>& shards,
                       const std::vector<handler_status>& handlers, const cache_state& cache,
                       const meter& metrics) {
    state_document out;
    for (const auto& one : shards)
        out.shards.push_back(row_of(one));
    out.handlers = handlers;
    out.cache = cache;
    if (const auto* own = dynamic_cast<const registry*>(&metrics))
        out.metrics.text = own->json();
    return to_json(out);
}

} // namespace strandcord
