#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace strandcord {

enum class level : std::uint8_t { trace, debug, info, warning, error, off };

/// `trace`, `debug`, `info`, `warning`, `error`, `off`.
std::string_view to_string(level severity) noexcept;
/// The reverse; nothing for another word.
std::optional<level> parse_level(std::string_view name) noexcept;

/// The lowest level that is written: one for all, and others for single components.
class log_levels {
public:
    log_levels(level all) noexcept : all_{all} {}

    /// `log_levels{level::info}.with("gateway", level::debug)`; the last word on a component
    /// counts.
    log_levels with(std::string_view component, level lowest) &&;
    /// `info`, `info,gateway=debug,rest=off`; nothing when a word is wrong.
    static std::optional<log_levels> parse(std::string_view text);

    level of(std::string_view component) const noexcept;
    /// The lowest of all.
    level lowest() const noexcept;

private:
    level all_;
    std::vector<std::pair<std::string, level>> components_ = {};
};

/// One named value of a record: `{"op", 1}`, `{"event", "MESSAGE_CREATE"}`, `{"wait_ms", 412}`.
struct log_field {
    std::string_view name;
    std::variant<std::int64_t, double, bool, std::string_view> value;

    log_field(std::string_view n, std::string_view v) : name{n}, value{v} {}
    log_field(std::string_view n, const char* v) : name{n}, value{std::string_view{v}} {}
    log_field(std::string_view n, const std::string& v) : name{n}, value{std::string_view{v}} {}
    log_field(std::string_view n, bool v) : name{n}, value{v} {}
    log_field(std::string_view n, double v) : name{n}, value{v} {}
    template <class Integer>
        requires std::is_integral_v<Integer>
    log_field(std::string_view n, Integer v) : name{n}, value{static_cast<std::int64_t>(v)} {}
    template <class Rep, class Period>
    log_field(std::string_view n, std::chrono::duration<Rep, Period> v)
        : name{n}
        , value{static_cast<std::int64_t>(
              std::chrono::duration_cast<std::chrono::milliseconds>(v).count())} {}
};

/// One line of the log. Views live for the duration of the sink's call only. Secrets are masked
/// already.
struct log_record {
    level severity = level::info;
    std::string_view component = {}; ///< `gateway`, `rest`, `dispatch`, `shards`, `bot`
    std::optional<int> shard = {};
    std::string_view text = {}; ///< a sentence
    std::span<const log_field> fields = {};
};

/// Where records go. Called from whatever thread logs; must be thread-safe and must not throw.
using log_sink = std::function<void(const log_record&)>;

/// Writes `2026-01-31T10:00:00.123Z info gateway[0] text name=value` lines to stderr.
log_sink stderr_sink();
/// Writes JSON lines to stderr, for collectors:
/// `{"time":"2026-01-31T10:00:00.123Z","level":"info","component":"gateway","shard":0,"text":"...","op":1}`.
log_sink json_sink();
/// One record as such a line, without its end: for a sink of your own.
std::string to_json_line(const log_record& record, std::chrono::system_clock::time_point when);

/// Level, sink and the secrets to mask; copies share all three. Cheap to copy, safe to use from
/// several threads. Nothing is formatted below the level.
class logger {
public:
    /// Silent.
    logger() noexcept = default;
    logger(log_levels levels, log_sink sink);

    bool enabled(level severity, std::string_view component) const noexcept;
    /// Masks `secret` (when not empty) in the text and fields of every later record.
    void add_secret(std::string_view secret) const;
    /// For a secret that is worth nothing any more, so that the list does not grow for ever.
    void remove_secret(std::string_view secret) const;
    /// A record that the sink fails to take is lost; nothing is thrown.
    void write(level severity, std::string_view component, std::optional<int> shard,
               std::string_view text, std::initializer_list<log_field> fields = {}) const;

private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace strandcord
