#include "shards/planner.hpp"

#include <algorithm>
#include <string>

namespace strandcord::shards {
namespace {

[[noreturn]] void refuse(std::string sentence) {
    throw error{errc::invalid_configuration, std::move(sentence)};
}

std::string range_in_words(const shard_plan& plan) {
    return "shards " + std::to_string(plan.first()) + " to " + std::to_string(plan.last()) +
           " of " + std::to_string(plan.count());
}

} // namespace

void check_plan(const shard_plan& plan) {
    if (plan.is_automatic())
        return;
    if (plan.count() < 1)
        refuse("The number of shards must be at least 1, not " + std::to_string(plan.count()) +
               ".");
    if (plan.first() > plan.last())
        refuse("The plan names " + range_in_words(plan) +
               ": the first must not come after the last.");
    if (plan.first() < 0 || plan.last() >= plan.count())
        refuse("The plan names " + range_in_words(plan) + ": shards are numbered from 0 to " +
               std::to_string(plan.count() - 1) + ".");
}

bool runs_a_part(const shard_plan& plan) noexcept {
    return !plan.is_automatic() && (plan.first() > 0 || plan.last() + 1 < plan.count());
}

budget judge_budget(int shards, const session_start_limit& limit) noexcept {
    if (limit.total > 0 && shards > limit.total)
        return budget::impossible;
    return shards > limit.remaining ? budget::some_wait : budget::enough;
}

planner::planner(const shard_plan& plan) : plan_{plan} {
    check_plan(plan);
}

void planner::lay_out(int count) {
    const int first = plan_.is_automatic() ? 0 : plan_.first();
    const int last = plan_.is_automatic() ? count - 1 : plan_.last();
    for (int index = first; index <= last; ++index)
        shards_.push_back({index, count});
}

void planner::take_choice(std::vector<shard_id> chosen) {
    if (chosen.empty())
        refuse("The shard plan chose no shards.");
    const int count = chosen.front().count;
    for (const auto& one : chosen)
        if (one.count != count || one.index < 0 || one.index >= count)
            refuse("The shard plan chose shard " + std::to_string(one.index) + " of " +
                   std::to_string(one.count) + ", which does not go with " + std::to_string(count) +
                   " shards.");
    std::sort(chosen.begin(), chosen.end(),
              [](const shard_id& a, const shard_id& b) { return a.index < b.index; });
    if (std::adjacent_find(chosen.begin(), chosen.end()) != chosen.end())
        refuse("The shard plan chose a shard twice.");
    shards_ = std::move(chosen);
}

void planner::on_gateway_bot(const gateway_bot& info) {
    if (plan_.is_automatic() && !plan_.choice() && info.shards < 1)
        throw error{errc::malformed_payload,
                    "Discord recommends " + std::to_string(info.shards) +
                        " shards, which cannot be; give a fixed number of shards."};
    if (plan_.choice())
        take_choice(plan_.choice()(info));
    else
        lay_out(plan_.is_automatic() ? info.shards : plan_.count());
    order_ = shards_;
    const auto& limit = info.session_start_limit;
    const int needed = static_cast<int>(shards_.size());
    switch (judge_budget(needed, limit)) {
    case budget::enough:
        break;
    case budget::some_wait:
        warning_ = "Discord allows " + std::to_string(limit.remaining) +
                   " more session starts today, but " + std::to_string(needed) +
                   " shards are to start: the last ones wait up to " +
                   std::to_string(limit.reset_after / 1000) + " s.";
        break;
    case budget::impossible:
        throw error{errc::start_limit_reached, "Discord allows " + std::to_string(limit.total) +
                                                   " session starts a day, but " +
                                                   std::to_string(needed) +
                                                   " shards are to start: run fewer here."};
    }
}

void planner::on_no_limits() {
    lay_out(plan_.count());
    order_ = shards_;
}

void planner::on_ready(int index) {
    if (started_ > 0 && order_.front().index == index)
        first_ready_ = true;
}

void planner::on_ended(int index, bool failed) {
    if (failed)
        stopped_ = true;
    else
        on_ready(index); // one that was stopped on its own must not hold the others back
}

std::vector<shard_id>::iterator planner::find_waiting(int index) {
    return std::lower_bound(order_.begin() + static_cast<std::ptrdiff_t>(started_), order_.end(),
                            index, [](const shard_id& one, int than) { return one.index < than; });
}

void planner::skip(int index) {
    const auto place = find_waiting(index);
    if (place != order_.end() && place->index == index)
        order_.erase(place);
}

void planner::unskip(int index) {
    const auto known = std::find_if(shards_.begin(), shards_.end(),
                                    [index](const shard_id& one) { return one.index == index; });
    const auto place = find_waiting(index);
    const bool waits = place != order_.end() && place->index == index;
    if (known != shards_.end() && !waits && !was_started(index))
        order_.insert(place, *known);
}

bool planner::was_started(int index) const noexcept {
    const auto end = order_.begin() + static_cast<std::ptrdiff_t>(started_);
    return std::any_of(order_.begin(), end,
                       [index](const shard_id& one) { return one.index == index; });
}

std::optional<shard_id> planner::next() {
    if (!will_start_more() || (started_ > 0 && !first_ready_))
        return std::nullopt;
    return order_[started_++];
}

} // namespace strandcord::shards
