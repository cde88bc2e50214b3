#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace strandcord {

/// Every counter of the library. Adding one here is all it takes: names come from one table.
enum class counter : std::uint8_t {
    events_received,
    events_dispatched,
    events_dropped,
    events_repeated,
    handler_errors,
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
    heartbeat_latency_us,
    count_,
};

/// Where the library counts. Derive to feed your own system; calls come from any thread, often.
class meter {
public:
    virtual ~meter() = default;
    virtual void add(counter what, std::uint64_t amount = 1) noexcept = 0;
    virtual void set(gauge what, std::int64_t value) noexcept = 0;
    virtual void change(gauge what, std::int64_t by) noexcept = 0;
};

/// The default: atomics.
class registry final : public meter {
public:
    void add(counter what, std::uint64_t amount = 1) noexcept override;
    void set(gauge what, std::int64_t value) noexcept override;
    void change(gauge what, std::int64_t by) noexcept override;

    std::uint64_t value(counter what) const noexcept;
    std::int64_t value(gauge what) const noexcept;
    /// Prometheus text format, `strandcord_events_received_total 12`.
    std::string prometheus() const;

private:
    std::array<std::atomic<std::uint64_t>, static_cast<std::size_t>(counter::count_)> counters_{};
    std::array<std::atomic<std::int64_t>, static_cast<std::size_t>(gauge::count_)> gauges_{};
};

std::string_view to_string(counter what) noexcept;
std::string_view to_string(gauge what) noexcept;

} // namespace strandcord
