#pragma once

#include <strandcord/log.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace strandcord::test {

/// A record that outlives the call of the sink.
struct captured_record {
    using value = std::variant<std::int64_t, double, bool, std::string>;

    level severity = level::info;
    std::string component = {};
    std::optional<int> shard = {};
    std::string text = {};
    std::map<std::string, value> fields = {};

    bool has(const std::string& name) const { return fields.count(name) != 0; }
    std::int64_t number(const std::string& name) const {
        return std::get<std::int64_t>(fields.at(name));
    }
    const std::string& string(const std::string& name) const {
        return std::get<std::string>(fields.at(name));
    }
};

/// Keeps what is logged, for assertions. Copies share the records; thread-safe.
///
///     log_capture captured;
///     logger log = captured.log();
///     ...
///     CHECK(captured.contains("resumes"));
class log_capture {
public:
    log_sink sink() const {
        return [shared = shared_](const log_record& record) {
            captured_record copy;
            copy.severity = record.severity;
            copy.component = record.component;
            copy.shard = record.shard;
            copy.text = record.text;
            for (const log_field& field : record.fields)
                copy.fields.emplace(field.name, owned(field));
            const std::lock_guard lock{shared->guard};
            shared->records.push_back(std::move(copy));
        };
    }
    logger log(level minimum = level::trace) const { return logger{minimum, sink()}; }

    std::vector<captured_record> records() const {
        const std::lock_guard lock{shared_->guard};
        return shared_->records;
    }
    std::size_t size() const { return records().size(); }
    void clear() {
        const std::lock_guard lock{shared_->guard};
        shared_->records.clear();
    }
    /// Whether a text or a field with text has `part` in it: for secrets that must not be there.
    bool contains(const std::string& part) const {
        const auto all = records();
        return std::any_of(all.begin(), all.end(), [&](const captured_record& record) {
            if (record.text.find(part) != std::string::npos)
                return true;
            return std::any_of(record.fields.begin(), record.fields.end(), [&](const auto& field) {
                const auto* text = std::get_if<std::string>(&field.second);
                return text != nullptr && text->find(part) != std::string::npos;
            });
        });
    }
    /// The records of at least this severity.
    std::vector<captured_record> at_least(level severity) const {
        auto all = records();
        all.erase(std::remove_if(all.begin(), all.end(),
                                 [&](const auto& record) { return record.severity < severity; }),
                  all.end());
        return all;
    }

private:
    struct state {
        std::mutex guard;
        std::vector<captured_record> records;
    };

    static captured_record::value owned(const log_field& field) {
        if (const auto* text = std::get_if<std::string_view>(&field.value))
            return std::string{*text};
        if (const auto* number = std::get_if<std::int64_t>(&field.value))
            return *number;
        if (const auto* real = std::get_if<double>(&field.value))
            return *real;
        return std::get<bool>(field.value);
    }

    std::shared_ptr<state> shared_ = std::make_shared<state>();
};

} // namespace strandcord::test
