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

struct logger::state {
    level minimum;
    log_sink sink;
    mutable std::shared_mutex guard = {};
    std::vector<std::string> secrets = {}; // the longest first: one may be part of another

    state(level lowest, log_sink where) : minimum{lowest}, sink{std::move(where)} {}

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

logger::logger(level minimum, log_sink sink)
    : state_{std::make_shared<state>(minimum, std::move(sink))} {}

bool logger::enabled(level severity) const noexcept {
    return state_ && severity >= state_->minimum && severity < level::off && state_->sink;
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
    if (!enabled(severity))
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
