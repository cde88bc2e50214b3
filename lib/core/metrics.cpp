#include <strandcord/metrics.hpp>

namespace strandcord {
namespace {

struct instrument {
    std::string_view name;
    std::string_view help;
};

template <class Enum>
constexpr std::size_t count_of = static_cast<std::size_t>(Enum::count_);

// In the order of the enums: a missing line is an empty name, which does not compile.
constexpr std::array<instrument, count_of<counter>> counters{{
    {"events_received", "Dispatches received from the gateway."},
    {"events_dispatched", "Dispatches handed to at least one handler."},
    {"events_dropped", "Dispatches dropped because too many handlers were running."},
    {"events_repeated",
     "Dispatches that came again under a number already seen, and were dropped."},
    {"handler_errors", "Handlers that ended with an exception."},
    {"handlers_cancelled", "Handlers cancelled by a deadline, by overflow or by shutdown."},
    {"decode_errors", "Fields or payloads that could not be decoded."},
    {"malformed_payloads", "Frames that were not what the protocol says."},
    {"bytes_received", "Bytes of gateway payloads as received, before inflating."},
    {"bytes_inflated", "Bytes of gateway payloads after inflating."},
    {"payloads_sent", "Payloads sent to the gateway, heartbeats included."},
    {"heartbeats_sent", "Heartbeats sent."},
    {"zombies", "Connections closed because a heartbeat was not acknowledged."},
    {"connects", "Gateway connections opened."},
    {"connect_failures", "Gateway connections that could not be opened."},
    {"disconnects", "Gateway connections that ended."},
    {"identifies", "Identify payloads sent."},
    {"resumes", "Resume payloads sent."},
    {"sessions_lost", "Sessions that Discord would not resume."},
    {"command_waits_rate_limit", "Waits of commands for the limit of payloads per minute."},
    {"command_waits_presence", "Waits of presence changes for their own limit."},
    {"command_waits_members", "Waits of member requests for Discord's limit per guild."},
    {"commands_refused", "Commands not taken: wrong, too large, or too many waiting."},
    {"rest_requests", "REST requests sent, tries included."},
    {"rest_retries", "REST requests sent again."},
    {"rest_rate_limited", "REST answers with status 429."},
    {"rest_failures", "REST calls that ended with an error."},
}};

constexpr std::array<instrument, count_of<gauge>> gauges{{
    {"shards_ready", "Shards that are ready."},
    {"handlers_in_flight", "Handlers running now."},
    {"heartbeat_latency_microseconds", "From the last acknowledged heartbeat to its answer."},
}};

template <std::size_t Count>
constexpr bool complete(const std::array<instrument, Count>& table) {
    for (const instrument& one : table)
        if (one.name.empty() || one.help.empty())
            return false;
    return true;
}
static_assert(complete(counters) && complete(gauges), "an instrument has no name");

constexpr std::size_t at(counter what) noexcept {
    return static_cast<std::size_t>(what);
}
constexpr std::size_t at(gauge what) noexcept {
    return static_cast<std::size_t>(what);
}

void append_sample(std::string& out, const instrument& what, std::string_view suffix,
                   std::string_view type, const std::string& value) {
    std::string name = "strandcord_";
    name.append(what.name).append(suffix);
    out.append("# HELP ").append(name).append(" ").append(what.help).append("\n");
    out.append("# TYPE ").append(name).append(" ").append(type).append("\n");
    out.append(name).append(" ").append(value).append("\n");
}

} // namespace

std::string_view to_string(counter what) noexcept {
    return what < counter::count_ ? counters[at(what)].name : "unknown";
}

std::string_view to_string(gauge what) noexcept {
    return what < gauge::count_ ? gauges[at(what)].name : "unknown";
}

void registry::add(counter what, std::uint64_t amount) noexcept {
    counters_[at(what)].fetch_add(amount, std::memory_order_relaxed);
}

void registry::set(gauge what, std::int64_t value) noexcept {
    gauges_[at(what)].store(value, std::memory_order_relaxed);
}

void registry::change(gauge what, std::int64_t by) noexcept {
    gauges_[at(what)].fetch_add(by, std::memory_order_relaxed);
}

std::uint64_t registry::value(counter what) const noexcept {
    return counters_[at(what)].load(std::memory_order_relaxed);
}

std::int64_t registry::value(gauge what) const noexcept {
    return gauges_[at(what)].load(std::memory_order_relaxed);
}

std::string registry::prometheus() const {
    std::string out;
    for (std::size_t i = 0; i < counters.size(); ++i)
        append_sample(out, counters[i], "_total", "counter",
                      std::to_string(value(static_cast<counter>(i))));
    for (std::size_t i = 0; i < gauges.size(); ++i)
        append_sample(out, gauges[i], "", "gauge", std::to_string(value(static_cast<gauge>(i))));
    return out;
}

} // namespace strandcord
