#pragma once

#include "bot/delivery_state.hpp"
#include "bot/noted_problems.hpp"
#include "gateway/shard.hpp"

#include <strandcord/log.hpp>
#include <strandcord/metrics.hpp>
#include <strandcord/waiting.hpp>

#include <memory>
#include <string_view>

namespace strandcord {

/// Decodes one shard's events into the types that are asked for, each once, and says what did not
/// fit: once for each event and path in the log, every time in the counters.
class event_decoder {
public:
    event_decoder(int shard, logger log, std::shared_ptr<meter> metrics, noted_problems& noted)
        : shard_{shard}, log_{std::move(log)}, metrics_{std::move(metrics)}, noted_{noted} {}

    /// The object, kept by `state`; null when the event's data is no object. `who` asks.
    const void* decode(const detail::interest& what, std::string_view who,
                       detail::delivery_state& state, const gateway::dispatch& event);
    /// Counts and logs what did not fit for `who`.
    void note(std::string_view who, std::string_view event, const codec::decode_report& report);

private:
    int shard_;
    logger log_;
    std::shared_ptr<meter> metrics_;
    noted_problems& noted_;
};

} // namespace strandcord
