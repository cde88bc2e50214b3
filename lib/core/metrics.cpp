#include <strandcord/metrics.hpp>

#include <algorithm>
#include <bit>
#include <utility>

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
    {"handler_retries", "Handlers that failed and were run again for the same event."},
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
    {"handlers_in_flight", "Handlers running now, without those that wait for an event."},
    {"handlers_queued", "Events that wait for the turn of their handler."},
    {"handlers_waiting", "Handlers that wait for an event."},
}};

constexpr std::array<instrument, count_of<timing>> timings{{
    {"event_inflate", "From the last byte of a handled event to its inflated and scanned frame."},
    {"event_decode", "Decoding an event into the types that its handlers named."},
    {"event_queue", "The wait of an event for the turn of its handler, when it had to wait."},
    {"handler_run", "From the start of a handler to its end, waits included."},
    {"event_total", "From the last byte of an event to the end of its last handler."},
    {"heartbeat", "From a heartbeat to its acknowledgement."},
}};

template <std::size_t Count>
constexpr bool complete(const std::array<instrument, Count>& table) {
    for (const instrument& one : table)
        if (one.name.empty() || one.help.empty())
            return false;
    return true;
}
static_assert(complete(counters) && complete(gauges) && complete(timings),
              "an instrument has no name");

constexpr std::size_t at(counter what) noexcept {
    return static_cast<std::size_t>(what);
}
constexpr std::size_t at(gauge what) noexcept {
    return static_cast<std::size_t>(what);
}

constexpr std::size_t at(timing what) noexcept {
    return static_cast<std::size_t>(what);
}

/// The first bucket whose bound is not below `length`.
std::size_t bucket_of(std::chrono::nanoseconds length) noexcept {
    constexpr std::chrono::nanoseconds first = duration_histogram::bound(0);
    if (length <= first)
        return 0;
    const auto steps = static_cast<std::uint64_t>((length - std::chrono::nanoseconds{1}) / first);
    const auto index = static_cast<std::size_t>(std::bit_width(steps) + 1) / 2;
    return std::min(index, duration_histogram::bounds);
}

/// Nanoseconds as seconds, digit for digit.
std::string in_seconds(std::chrono::nanoseconds length) {
    std::string digits = std::to_string(length.count());
    if (digits.size() < 10)
        digits.insert(0, 10 - digits.size(), '0');
    digits.insert(digits.size() - 9, 1, '.');
    const auto last = digits.find_last_not_of('0');
    digits.resize(digits[last] == '.' ? last : last + 1);
    return digits;
}

void append_head(std::string& out, const std::string& name, const instrument& what,
                 std::string_view type) {
    out.append("# HELP ").append(name).append(" ").append(what.help).append("\n");
    out.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

void append_histogram(std::string& out, const instrument& what, const duration_histogram& value) {
    std::string name = "strandcord_";
    name.append(what.name).append("_seconds");
    append_head(out, name, what, "histogram");
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i < value.buckets.size(); ++i) {
        so_far += value.buckets[i];
        const bool last = i == duration_histogram::bounds;
        out.append(name).append("_bucket{le=\"");
        out.append(last ? std::string{"+Inf"} : in_seconds(duration_histogram::bound(i)));
        out.append("\"} ").append(std::to_string(so_far)).append("\n");
    }
    out.append(name).append("_sum ").append(in_seconds(value.sum)).append("\n");
    out.append(name).append("_count ").append(std::to_string(so_far)).append("\n");
}

void append_sample(std::string& out, const instrument& what, std::string_view suffix,
                   std::string_view type, const std::string& value) {
    std::string name = "strandcord_";
    name.append(what.name).append(suffix);
    append_head(out, name, what, type);
    out.append(name).append(" ").append(value).append("\n");
}

/// Names and values here need no escaping.
class json_object {
public:
    explicit json_object(std::string& out) : out_{out} { out_ += '{'; }
    json_object(const json_object&) = delete;
    json_object& operator=(const json_object&) = delete;
    ~json_object() { out_ += '}'; }

    std::string& member(std::string_view name) {
        if (!std::exchange(first_, false))
            out_ += ',';
        return out_.append("\"").append(name).append("\":");
    }

private:
    std::string& out_;
    bool first_ = true;
};

void append_summary(std::string& out, const duration_histogram& value) {
    json_object summary{out};
    summary.member("count") += std::to_string(value.count());
    summary.member("sum_seconds") += in_seconds(value.sum);
    summary.member("p50_seconds") += in_seconds(value.quantile(0.5));
    summary.member("p99_seconds") += in_seconds(value.quantile(0.99));
}

} // namespace

std::string_view to_string(counter what) noexcept {
    return what < counter::count_ ? counters[at(what)].name : "unknown";
}

std::string_view to_string(gauge what) noexcept {
    return what < gauge::count_ ? gauges[at(what)].name : "unknown";
}

std::string_view to_string(timing what) noexcept {
    return what < timing::count_ ? timings[at(what)].name : "unknown";
}

std::uint64_t duration_histogram::count() const noexcept {
    std::uint64_t all = 0;
    for (const auto one : buckets)
        all += one;
    return all;
}

std::chrono::nanoseconds duration_histogram::quantile(double share) const noexcept {
    const auto all = count();
    if (all == 0)
        return {};
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i < bounds; ++i) {
        so_far += buckets[i];
        if (static_cast<double>(so_far) >= share * static_cast<double>(all))
            return bound(i);
    }
    return bound(bounds - 1);
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

void registry::attach(std::weak_ptr<const metrics_source> source) {
    const std::lock_guard lock{mutex_};
    std::erase_if(sources_, [](const auto& one) { return one.expired(); });
    sources_.push_back(std::move(source));
}

void registry::observe(timing what, std::chrono::nanoseconds length) noexcept {
    auto& into = timings_[at(what)];
    into.buckets[bucket_of(length)].fetch_add(1, std::memory_order_relaxed);
    into.sum.fetch_add(length.count(), std::memory_order_relaxed);
}

std::uint64_t registry::value(counter what) const noexcept {
    return counters_[at(what)].load(std::memory_order_relaxed);
}

std::int64_t registry::value(gauge what) const noexcept {
    return gauges_[at(what)].load(std::memory_order_relaxed);
}

duration_histogram registry::value(timing what) const noexcept {
    const auto& from = timings_[at(what)];
    duration_histogram out;
    for (std::size_t i = 0; i < out.buckets.size(); ++i)
        out.buckets[i] = from.buckets[i].load(std::memory_order_relaxed);
    out.sum = std::chrono::nanoseconds{from.sum.load(std::memory_order_relaxed)};
    return out;
}

metrics_snapshot registry::snapshot() const noexcept {
    metrics_snapshot out;
    for (std::size_t i = 0; i < counters.size(); ++i)
        out.counters[i] = value(static_cast<counter>(i));
    for (std::size_t i = 0; i < gauges.size(); ++i)
        out.gauges[i] = value(static_cast<gauge>(i));
    for (std::size_t i = 0; i < timings.size(); ++i)
        out.timings[i] = value(static_cast<timing>(i));
    return out;
}

std::string registry::prometheus() const {
    const auto values = snapshot();
    std::string out;
    for (std::size_t i = 0; i < counters.size(); ++i)
        append_sample(out, counters[i], "_total", "counter", std::to_string(values.counters[i]));
    for (std::size_t i = 0; i < gauges.size(); ++i)
        append_sample(out, gauges[i], "", "gauge", std::to_string(values.gauges[i]));
    for (std::size_t i = 0; i < timings.size(); ++i)
        append_histogram(out, timings[i], values.timings[i]);
    const std::lock_guard lock{mutex_};
    for (const auto& one : sources_)
        if (const auto source = one.lock())
            source->append_metrics(out);
    return out;
}

std::string registry::json() const {
    const auto values = snapshot();
    std::string out;
    {
        json_object all{out};
        all.member("counters");
        {
            json_object group{out};
            for (std::size_t i = 0; i < counters.size(); ++i)
                group.member(counters[i].name) += std::to_string(values.counters[i]);
        }
        all.member("gauges");
        {
            json_object group{out};
            for (std::size_t i = 0; i < gauges.size(); ++i)
                group.member(gauges[i].name) += std::to_string(values.gauges[i]);
        }
        all.member("timings");
        {
            json_object group{out};
            for (std::size_t i = 0; i < timings.size(); ++i)
                append_summary(group.member(timings[i].name), values.timings[i]);
        }
    }
    return out;
}

} // namespace strandcord
