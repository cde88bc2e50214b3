#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace strandcord {

/// Every counter of the library. Adding one here is all it takes: names come from one table.
enum class counter : std::uint8_t {
    events_received,
    events_dispatched,
    events_dropped,
    events_repeated,
    handler_errors,
    handler_retries,
    handlers_cancelled,
    decode_errors,
    malformed_payloads,
    bytes_received,
    bytes_inflated,
    payloads_sent,
    heartbeats_sent,
    zombies,
    connects,
    connect_failures,
    disconnects,
    identifies,
    resumes,
    sessions_lost,
    command_waits_rate_limit,
    command_waits_presence,
    command_waits_members,
    commands_refused,
    rest_requests,
    rest_retries,
    rest_rate_limited,
    rest_failures,
    count_,
};

enum class gauge : std::uint8_t {
    shards_ready,
    handlers_in_flight,
    handlers_queued,
    handlers_waiting,
    count_,
};

/// Every stretch of time that is measured: on the way of events that somebody handles, and the
/// heartbeats'.
enum class timing : std::uint8_t {
    event_inflate, ///< from the last byte read until the frame is inflated and scanned
    event_decode,  ///< into the types that its handlers named
    event_queue,   ///< from there to the start of a handler that had to wait for its turn
    handler_run,   ///< from the start of a handler to its end, waits included
    event_total,   ///< from the last byte read to the end of the last handler
    heartbeat,     ///< from a heartbeat that was sent until Discord acknowledged it
    count_,
};

/// Numbers that are kept elsewhere, for a `registry` to print with its own.
class metrics_source {
public:
    virtual ~metrics_source() = default;
    /// Prometheus text format.
    virtual void append_metrics(std::string& out) const = 0;
};

/// Where the library counts. Derive to feed your own system; calls come from any thread, often.
class meter {
public:
    virtual ~meter() = default;
    virtual void add(counter what, std::uint64_t amount = 1) noexcept = 0;
    virtual void set(gauge what, std::int64_t value) noexcept = 0;
    virtual void change(gauge what, std::int64_t by) noexcept = 0;
    virtual void observe(timing what, std::chrono::nanoseconds length) noexcept = 0;
    /// The bot's cache, which may go before the meter.
    virtual void attach(std::weak_ptr<const metrics_source>) {}
};

/// How often something took how long. Bucket `i` counts what took at most `bound(i)` and longer
/// than `bound(i - 1)`; the last one has no bound.
struct duration_histogram {
    static constexpr std::size_t bounds = 13;
    /// 1 microsecond times 4 to the power of `index`: up to 16.8 seconds.
    static constexpr std::chrono::microseconds bound(std::size_t index) noexcept {
        return std::chrono::microseconds{std::int64_t{1} << (2 * index)};
    }

    std::array<std::uint64_t, bounds + 1> buckets{};
    std::chrono::nanoseconds sum{};

    std::uint64_t count() const noexcept;
    /// The bound of the bucket that this share (0 to 1) of all falls into: at most 4 times too
    /// long. Zero when there are none; the largest bound for what has none.
    std::chrono::nanoseconds quantile(double share) const noexcept;
};

/// All numbers of a `registry` at one time, as a value. Those that change together meanwhile may be
/// one apart.
struct metrics_snapshot {
    std::array<std::uint64_t, static_cast<std::size_t>(counter::count_)> counters{};
    std::array<std::int64_t, static_cast<std::size_t>(gauge::count_)> gauges{};
    std::array<duration_histogram, static_cast<std::size_t>(timing::count_)> timings{};

    std::uint64_t operator[](counter what) const { return counters.at(std::size_t(what)); }
    std::int64_t operator[](gauge what) const { return gauges.at(std::size_t(what)); }
    const duration_histogram& operator[](timing what) const {
        return timings.at(std::size_t(what));
    }
};

/// The default: atomics.
class registry final : public meter {
public:
    void add(counter what, std::uint64_t amount = 1) noexcept override;
    void set(gauge what, std::int64_t value) noexcept override;
    void change(gauge what, std::int64_t by) noexcept override;
    void observe(timing what, std::chrono::nanoseconds length) noexcept override;
    void attach(std::weak_ptr<const metrics_source> source) override;

    std::uint64_t value(counter what) const noexcept;
    std::int64_t value(gauge what) const noexcept;
    duration_histogram value(timing what) const noexcept;
    metrics_snapshot snapshot() const noexcept;
    /// Prometheus text format, `strandcord_events_received_total 12`; timings as histograms in
    /// seconds.
    std::string prometheus() const;
    /// The same as one JSON object:
    /// `{"counters":{"events_received":12,...},"gauges":{...},"timings":{"handler_run":
    /// {"count":3,"sum_seconds":0.5,"p50_seconds":0.000256,"p99_seconds":0.262144},...}}`.
    std::string json() const;

private:
    struct durations {
        std::array<std::atomic<std::uint64_t>, duration_histogram::bounds + 1> buckets{};
        std::atomic<std::int64_t> sum{};
    };

    std::array<std::atomic<std::uint64_t>, static_cast<std::size_t>(counter::count_)> counters_{};
    std::array<std::atomic<std::int64_t>, static_cast<std::size_t>(gauge::count_)> gauges_{};
    std::array<durations, static_cast<std::size_t>(timing::count_)> timings_{};
    mutable std::mutex mutex_; ///< guards what follows
    std::vector<std::weak_ptr<const metrics_source>> sources_;
};

std::string_view to_string(counter what) noexcept;
std::string_view to_string(gauge what) noexcept;
std::string_view to_string(timing what) noexcept;

} // namespace strandcord
