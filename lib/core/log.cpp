#include <strandcord/log.hpp>

#include "core/log_line.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <list>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

namespace strandcord {
namespace {

constexpr std::array<std::string_view, 6> level_names{"trace",   "debug", "info",
                                                      "warning", "error", "off"};
constexpr std::string_view mask = "***";

} // namespace

std::string_view to_string(level severity) noexcept {
    const auto index = static_cast<std::size_t>(severity);
    return index < level_names.size() ? level_names[index] : "unknown";
}

std::optional<level> parse_level(std::string_view name) noexcept {
    const auto found = std::find(level_names.begin(), level_names.end(), name);
    if (found == level_names.end())
        return std::nullopt;
    return static_cast<level>(found - level_names.begin());
}

log_sink stderr_sink() {
    return [](const log_record& record) {
        std::string line = format_line(record, std::chrono::system_clock::now());
        line += '\n';
        // One call: stdio keeps the lines of several threads apart.
        std::fwrite(line.data(), 1, line.size(), stderr);
    };
}

log_levels log_levels::with(std::string_view component, level lowest) && {
    components_.emplace_back(component, lowest);
    return std::move(*this);
}

std::optional<log_levels> log_levels::parse(std::string_view text) {
    const auto take_word = [&text] {
        const auto comma = std::min(text.find(','), text.size());
        const auto word = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        return word;
    };
    const auto all = parse_level(take_word());
    if (!all)
        return std::nullopt;
    log_levels out{*all};
    while (!text.empty()) {
        const auto word = take_word();
        const auto equals = word.find('=');
        if (equals == std::string_view::npos || equals == 0)
            return std::nullopt;
        const auto its = parse_level(word.substr(equals + 1));
        if (!its)
            return std::nullopt;
        out = std::move(out).with(word.substr(0, equals), *its);
    }
    return out;
}

level log_levels::of(std::string_view component) const noexcept {
    const auto found =
        std::find_if(components_.rbegin(), components_.rend(),
                     [component](const auto& one) { return one.first == component; });
    return found == components_.rend() ? all_ : found->second;
}

level log_levels::lowest() const noexcept {
    level out = all_;
    for (const auto& one : components_)
        out = std::min(out, one.second);
    return out;
}

struct logger::state {
    log_levels levels;
    level lowest;
    log_sink sink;
    mutable std::shared_mutex guard = {};
    std::vector<std::string> secrets = {}; // the longest first: one may be part of another

    state(log_levels from, log_sink where)
        : levels{std::move(from)}, lowest{levels.lowest()}, sink{std::move(where)} {}

    // The text without secrets: itself, or a copy that `kept` owns. The lock is held.
    std::string_view masked(std::string_view text, std::list<std::string>& kept) const {
        for (const std::string& secret : secrets) {
            auto at = text.find(secret);
            if (at == std::string_view::npos)
                continue;
            std::string clean;
            while (at != std::string_view::npos) {
                clean += text.substr(0, at);
                clean += mask;
                text.remove_prefix(at + secret.size());
                at = text.find(secret);
            }
            clean += text;
            text = kept.emplace_back(std::move(clean));
        }
        return text;
    }

    void write(log_record record) const {
        std::list<std::string> kept;
        std::vector<log_field> fields;
        {
            const std::shared_lock lock{guard};
            record.text = masked(record.text, kept);
            for (std::size_t i = 0; i < record.fields.size(); ++i) {
                const auto* value = std::get_if<std::string_view>(&record.fields[i].value);
                if (value == nullptr)
                    continue;
                const std::string_view clean = masked(*value, kept);
                if (clean.data() == value->data())
                    continue;
                if (fields.empty())
                    fields.assign(record.fields.begin(), record.fields.end());
                fields[i].value = clean;
            }
        }
        if (!fields.empty())
            record.fields = fields;
        sink(record);
    }
};

logger::logger(log_levels levels, log_sink sink)
    : state_{std::make_shared<state>(std::move(levels), std::move(sink))} {}

bool logger::enabled(level severity, std::string_view component) const noexcept {
    return state_ && severity >= state_->lowest && severity < level::off && state_->sink &&
           severity >= state_->levels.of(component);
}

void logger::add_secret(std::string_view secret) const {
    if (!state_ || secret.empty())
        return;
    const std::unique_lock lock{state_->guard};
    auto& secrets = state_->secrets;
    if (std::find(secrets.begin(), secrets.end(), secret) != secrets.end())
        return;
    const auto place = std::find_if(secrets.begin(), secrets.end(), [&](const std::string& other) {
        return other.size() < secret.size();
    });
    secrets.emplace(place, secret);
}

void logger::remove_secret(std::string_view secret) const {
    if (!state_)
        return;
    const std::unique_lock lock{state_->guard};
    std::erase(state_->secrets, secret);
}

void logger::write(level severity, std::string_view component, std::optional<int> shard,
                   std::string_view text, std::initializer_list<log_field> fields) const {
    if (!enabled(severity, component))
        return;
    try {
        log_record record;
        record.severity = severity;
        record.component = component;
        record.shard = shard;
        record.text = text;
        record.fields = {fields.begin(), fields.size()};
        state_->write(record);
    } catch (...) {
        // A log that fails must not stop what it reports on.
    }
}

} // namespace strandcord
