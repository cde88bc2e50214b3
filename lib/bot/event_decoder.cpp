#include "bot/event_decoder.hpp"

namespace strandcord {

const void* event_decoder::decode(const detail::interest& what, std::string_view who,
                                  detail::delivery_state& state, const gateway::dispatch& event) {
    for (const auto& [type, object] : state.objects)
        if (type == what.type)
            return object.get();
    auto object = what.create();
    codec::decode_report problems;
    const auto failed = event.parser.decode_data(*what.type, object.get(), problems);
    if (failed) {
        metrics_->add(counter::decode_errors);
        log_.write(level::warning, "dispatch", shard_,
                   "an event's data is not an object, so its typed handlers were not called",
                   {{"event", event.type}, {"seq", event.sequence}});
    } else if (!problems.empty()) {
        note(who, event.type, problems);
    }
    state.objects.emplace_back(what.type, failed ? nullptr : std::move(object));
    return state.objects.back().second.get();
}

void event_decoder::note(std::string_view who, std::string_view event,
                         const codec::decode_report& report) {
    metrics_->add(counter::decode_errors, report.count);
    for (const auto& problem : report.problems) {
        if (!noted_.first(event, problem.path))
            continue;
        log_.write(level::warning, "dispatch", shard_,
                   "a field could not be decoded and keeps its default; the event was delivered",
                   {{"event", event},
                    {"field", problem.path},
                    {"expected", problem.expected},
                    {"handler", who}});
    }
}

} // namespace strandcord
