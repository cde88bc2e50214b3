#include "cache/store.hpp"

namespace strandcord::cache {

namespace {

struct instrument {
    std::string_view name;
    std::string_view type;
    std::string_view help;
    /// A label besides the kind's, with its comma; may be empty.
    std::string_view label;
    std::uint64_t (*value)(const cache_counters&);
};

constexpr instrument instruments[] = {
    {"cache_entries", "gauge", "Objects in the cache.", "",
     [](const cache_counters& c) -> std::uint64_t { return c.entries; }},
    {"cache_bytes", "gauge", "Memory of the cache, by its own count.", "",
     [](const cache_counters& c) -> std::uint64_t { return c.bytes; }},
    {"cache_hits_total", "counter", "Look-ups that found something.", "",
     [](const cache_counters& c) { return c.hits; }},
    {"cache_misses_total", "counter", "Look-ups that found nothing.", "",
     [](const cache_counters& c) { return c.misses; }},
    {"cache_inserts_total", "counter", "Objects that were new.", "",
     [](const cache_counters& c) { return c.inserts; }},
    {"cache_updates_total", "counter", "Objects that took the place of older ones.", "",
     [](const cache_counters& c) { return c.updates; }},
    {"cache_evictions_total", "counter", "Objects that left, by reason.", ",reason=\"expired\"",
     [](const cache_counters& c) { return c.expired; }},
    {"cache_evictions_total", "counter", "", ",reason=\"entries\"",
     [](const cache_counters& c) { return c.over_entries; }},
    {"cache_evictions_total", "counter", "", ",reason=\"bytes\"",
     [](const cache_counters& c) { return c.over_bytes; }},
    {"cache_evictions_total", "counter", "", ",reason=\"removed\"",
     [](const cache_counters& c) { return c.removed; }},
    {"cache_evictions_total", "counter", "", ",reason=\"policy\"",
     [](const cache_counters& c) { return c.refused; }},
};

} // namespace

void store::append_metrics(std::string& out) const {
    const cache_state now = state();
    if (now.kinds.empty())
        return;
    for (const instrument& one : instruments) {
        std::string name = "strandcord_";
        name.append(one.name);
        if (!one.help.empty()) {
            out.append("# HELP ").append(name).append(" ").append(one.help).append("\n");
            out.append("# TYPE ").append(name).append(" ").append(one.type).append("\n");
        }
        for (const auto& kind : now.kinds)
            out.append(name)
                .append("{kind=\"")
                .append(kind.kind)
                .append("\"")
                .append(one.label)
                .append("} ")
                .append(std::to_string(one.value(kind.counters)))
                .append("\n");
    }
}

} // namespace strandcord::cache
