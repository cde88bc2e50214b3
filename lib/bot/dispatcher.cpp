#include "bot/checks.hpp"
#include "bot/registry.hpp"

#include <strandcord/error.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace strandcord {

namespace bot_detail {

namespace {

const handler_list nobody;

} // namespace

handler_table::handler_table(const handler_list& all, std::shared_ptr<const middleware_list> around)
    : around_{std::move(around)} {
    for (const auto& one : all) {
        if (one->call.event.empty()) {
            for (auto& [name, list] : by_event_)
                if (!is_own(name))
                    list.push_back(one);
            every_event_.push_back(one);
            continue;
        }
        // A first handler of its event comes after the catch-all handlers registered so far.
        auto [found, fresh] =
            by_event_.try_emplace(one->call.event, is_own(one->call.event) ? nobody : every_event_);
        found->second.push_back(one);
    }
}

const handler_list& handler_table::find(std::string_view event) const {
    const auto found = by_event_.find(event);
    if (found != by_event_.end())
        return found->second;
    return is_own(event) ? nobody : every_event_;
}

} // namespace bot_detail

std::shared_ptr<const bot_detail::handler_table> dispatcher::state::snapshot() const {
    const std::lock_guard lock{mutex};
    return table;
}

std::shared_ptr<const std::function<void(event_failures&)>>
dispatcher::state::error_handler() const {
    const std::lock_guard lock{mutex};
    return on_error;
}

bot_detail::handler_list dispatcher::state::handlers() const {
    const std::lock_guard lock{mutex};
    return all;
}

void dispatcher::state::expect(intents effective, const logger& where) {
    bot_detail::handler_list present;
    {
        const std::lock_guard lock{mutex};
        asked = effective;
        log = where;
        present = all;
    }
    listeners->expect(effective, where);
    // Not under the lock: the sink is the user's, and may ask for the state of handlers.
    warn_about_missing_intents(present, effective, where);
}

void dispatcher::state::attach(const std::shared_ptr<bot_detail::shard_runs>& shard) {
    const std::lock_guard lock{mutex};
    std::erase_if(shards, [](const auto& one) { return one.expired(); });
    shards.push_back(shard);
}

std::vector<std::shared_ptr<bot_detail::shard_runs>> dispatcher::state::running_shards() const {
    std::vector<std::shared_ptr<bot_detail::shard_runs>> out;
    const std::lock_guard lock{mutex};
    for (const auto& one : shards)
        if (auto shard = one.lock())
            out.push_back(std::move(shard));
    return out;
}

dispatcher::state::state() : listeners{std::make_shared<detail::listeners>()} {
    renew_table();
}

std::shared_ptr<const bot_detail::handler_table> dispatcher::state::renew_table() {
    std::shared_ptr<const bot_detail::middleware_list> outside;
    if (!around.empty())
        outside = std::make_shared<bot_detail::middleware_list>(around);
    version.fetch_add(1, std::memory_order_release);
    return std::exchange(table,
                         std::make_shared<bot_detail::handler_table>(all, std::move(outside)));
}

dispatcher::dispatcher() : state_{std::make_unique<state>()} {}

dispatcher::~dispatcher() = default;

handler_id dispatcher::add(detail::handler made, registration how, std::source_location where) {
    std::vector<detail::handler> one;
    one.push_back(std::move(made));
    return add(std::move(one), std::move(how), where);
}

handler_id dispatcher::add(std::vector<detail::handler> made, registration how,
                           std::source_location where) {
    check_registration(how);
    std::string_view file = where.file_name();
    file.remove_prefix(std::min(file.size(), file.rfind('/') + 1));
    std::vector<std::shared_ptr<bot_detail::registered>> entries;
    for (auto& one : made) {
        auto entry = std::make_shared<bot_detail::registered>();
        entry->place = std::string{file} + ':' + std::to_string(where.line());
        entry->name = how.name.empty() ? entry->place : how.name;
        entry->how = how;
        entry->call = std::move(one);
        entries.push_back(std::move(entry));
    }

    std::shared_ptr<const bot_detail::handler_table>
        table; // what goes away goes after the lock: it may run a user's destructor
    std::optional<intents> asked;
    logger log;
    handler_id id{};
    {
        const std::lock_guard lock{state_->mutex};
        id = handler_id{state_->next_id++};
        for (const auto& entry : entries) {
            entry->id = id;
            state_->all.push_back(entry);
        }
        table = state_->renew_table();
        asked = state_->asked;
        log = state_->log;
    }
    if (asked)
        warn_about_missing_intents({entries.begin(), entries.end()}, *asked, log);
    return id;
}

handler_id dispatcher::add(detail::middleware made) {
    std::shared_ptr<const bot_detail::handler_table> table;
    const std::lock_guard lock{state_->mutex};
    const auto id = handler_id{state_->next_id++};
    state_->around.push_back({std::move(made), id});
    table = state_->renew_table();
    return id;
}

bool dispatcher::off(handler_id which) {
    // Destroyed after the lock: a captured object may call back in its destructor.
    bot_detail::handler_list gone;
    bot_detail::middleware_list gone_around;
    std::shared_ptr<const bot_detail::handler_table> table;
    {
        const std::lock_guard lock{state_->mutex};
        auto& all = state_->all;
        auto& around = state_->around;
        const auto is_which = [which](const auto& one) { return one->id == which; };
        std::copy_if(all.begin(), all.end(), std::back_inserter(gone), is_which);
        std::erase_if(all, is_which);
        const auto outside = std::find_if(around.begin(), around.end(),
                                          [which](const auto& one) { return one.id == which; });
        if (outside != around.end()) {
            gone_around.push_back(std::move(*outside));
            around.erase(outside);
        }
        if (gone.empty() && gone_around.empty())
            return false;
        for (const auto& one : gone)
            one->removed.store(true, std::memory_order_release);
        table = state_->renew_table();
    }
    // Reading may have paused for its queue.
    if (std::any_of(gone.begin(), gone.end(), [](const auto& one) { return one->takes_turns(); }))
        for (const auto& shard : state_->running_shards())
            shard->wake();
    return true;
}

void dispatcher::on_error(std::function<void(event_failures&)> fn) {
    auto shared = std::make_shared<const std::function<void(event_failures&)>>(std::move(fn));
    const std::lock_guard lock{state_->mutex};
    state_->on_error.swap(shared); // the old one is destroyed after the lock
}

intents dispatcher::needs() const {
    intents all;
    for (const auto& one : state_->handlers())
        all |= one->call.what.needs;
    return all;
}

std::vector<handler_status> dispatcher::handlers() const {
    using std::chrono::duration_cast;
    bot_detail::shard_runs::beginnings began;
    for (const auto& shard : state_->running_shards())
        shard->collect(began);
    const auto now = runtime_clock::now();
    std::vector<handler_status> out;
    for (const auto& one : state_->handlers()) {
        handler_status status;
        status.name = one->name;
        status.place = one->place;
        status.event = one->call.event;
        const auto ended = one->ended.load(std::memory_order_acquire);
        status.calls = one->begun.load(std::memory_order_relaxed);
        status.failures = one->failures.load(std::memory_order_relaxed);
        status.running = status.calls - ended;
        status.queued = one->queued.load(std::memory_order_relaxed);
        if (const auto oldest = began.find(one.get()); oldest != began.end())
            status.oldest_ms =
                duration_cast<std::chrono::milliseconds>(now - oldest->second).count();
        out.push_back(std::move(status));
    }
    return out;
}

const std::shared_ptr<detail::listeners>& dispatcher::waiting() const noexcept {
    return state_->listeners;
}

} // namespace strandcord
