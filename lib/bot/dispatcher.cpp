#include "bot/registry.hpp"

#include <algorithm>
#include <utility>

namespace strandcord {

namespace bot_detail {

handler_table::handler_table(const handler_list& all) {
    for (const auto& one : all) {
        if (one->what.event.empty()) {
            for (auto& [name, list] : by_event_)
                list.push_back(one);
            every_event_.push_back(one);
            continue;
        }
        // A first handler of its event comes after the catch-all handlers registered so far.
        auto [found, fresh] = by_event_.try_emplace(one->what.event, every_event_);
        found->second.push_back(one);
    }
}

const handler_list& handler_table::find(std::string_view event) const {
    const auto found = by_event_.find(event);
    return found == by_event_.end() ? every_event_ : found->second;
}

} // namespace bot_detail

std::shared_ptr<const bot_detail::handler_table> dispatcher::state::snapshot() const {
    const std::lock_guard lock{mutex};
    return table;
}

std::shared_ptr<const std::function<void(const event_failures&)>>
dispatcher::state::error_handler() const {
    const std::lock_guard lock{mutex};
    return on_error;
}

bot_detail::handler_list dispatcher::state::handlers() const {
    const std::lock_guard lock{mutex};
    return all;
}

dispatcher::dispatcher() : state_{std::make_unique<state>()} {
    state_->table = std::make_shared<bot_detail::handler_table>(state_->all);
}

dispatcher::~dispatcher() = default;

handler_id dispatcher::add(detail::handler made) {
    std::string_view file = made.file;
    file.remove_prefix(std::min(file.size(), file.rfind('/') + 1));
    auto entry = std::make_shared<bot_detail::registered>();
    entry->place = std::string{file} + ':' + std::to_string(made.line);
    entry->what = std::move(made);

    std::shared_ptr<const bot_detail::handler_table>
        table; // what goes away goes after the lock: it may run a user's destructor
    const std::lock_guard lock{state_->mutex};
    entry->id = handler_id{state_->next_id++};
    const auto id = entry->id;
    state_->all.push_back(std::move(entry));
    table = std::exchange(state_->table, std::make_shared<bot_detail::handler_table>(state_->all));
    state_->version.fetch_add(1, std::memory_order_release);
    return id;
}

bool dispatcher::off(handler_id which) {
    // Destroyed after the lock: a captured object may call back in its destructor.
    std::shared_ptr<const bot_detail::registered> gone;
    std::shared_ptr<const bot_detail::handler_table> table;
    const std::lock_guard lock{state_->mutex};
    auto& all = state_->all;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one->id == which; });
    if (found == all.end())
        return false;
    (*found)->removed.store(true, std::memory_order_release);
    gone = *found;
    all.erase(found);
    table = std::exchange(state_->table, std::make_shared<bot_detail::handler_table>(all));
    state_->version.fetch_add(1, std::memory_order_release);
    return true;
}

void dispatcher::on_error(std::function<void(const event_failures&)> fn) {
    auto shared = std::make_shared<const std::function<void(const event_failures&)>>(std::move(fn));
    const std::lock_guard lock{state_->mutex};
    state_->on_error.swap(shared); // the old one is destroyed after the lock
}

intents dispatcher::needs() const {
    intents all;
    for (const auto& one : state_->handlers())
        all |= one->what.needs;
    return all;
}

} // namespace strandcord
