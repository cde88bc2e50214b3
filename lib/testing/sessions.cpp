#include "testing/sessions.hpp"

#include "testing/event_intents.hpp"
#include "testing/json.hpp"

#include <algorithm>

namespace strandcord::testing {

std::string without_content(std::string_view data) {
    auto whole = json_value::parse(data);
    if (!whole || !whole->is_object())
        return std::string{data};
    const auto empty_text = json_value::parse("\"\"").value();
    const auto empty_list = json_value::parse("[]").value();
    for (const auto* name : {"content", "matched_content"})
        if (whole->find(name))
            whole->set(name, empty_text);
    for (const auto* name : {"embeds", "attachments", "components"})
        if (whole->find(name))
            whole->set(name, empty_list);
    whole->erase("poll");
    return whole->dump();
}

session_table::session_table(const emulator_options& options, const world& state, delivery deliver)
    : options_{&options}, world_{&state}, deliver_{std::move(deliver)} {}

server_session& session_table::open(shard_id shard, intents wanted, int large_threshold,
                                    std::uint64_t connection) {
    server_session made;
    made.id = "emulated-session-" + std::to_string(options_->seed) + "-" + std::to_string(++made_);
    made.shard = shard;
    made.wanted = wanted;
    made.large_threshold = large_threshold;
    made.connection = connection;
    return sessions_.emplace_back(std::move(made));
}

server_session* session_table::find(std::string_view id, std::chrono::nanoseconds now) {
    drop_expired(now);
    for (auto& each : sessions_)
        if (each.id == id)
            return &each;
    return nullptr;
}

server_session* session_table::of_connection(std::uint64_t connection) noexcept {
    for (auto& each : sessions_)
        if (each.connection == connection)
            return &each;
    return nullptr;
}

void session_table::forget(std::string_view id) {
    sessions_.remove_if([id](const auto& each) { return each.id == id; });
}

void session_table::forget_all() {
    sessions_.clear();
}

void session_table::lose_connection(std::uint64_t connection, std::chrono::nanoseconds now) {
    if (auto* held = of_connection(connection)) {
        held->connection = 0;
        held->lost_at = now;
    }
}

void session_table::drop_expired(std::chrono::nanoseconds now) {
    const auto lifetime = options_->session_lifetime;
    sessions_.remove_if([now, lifetime](const auto& each) {
        return each.connection == 0 && now - each.lost_at > lifetime;
    });
}

void session_table::number(server_session& to, std::string_view type,
                           std::shared_ptr<const std::string> data) {
    to.kept.push_back({++to.sequence, std::string{type}, std::move(data)});
    if (to.kept.size() > options_->replay_limit) {
        to.dropped = to.kept.front().sequence;
        to.kept.pop_front();
    }
    if (to.connection != 0)
        deliver_(to, to.kept.back());
}

void session_table::give(server_session& to, std::string_view type, std::string data) {
    number(to, type, std::make_shared<const std::string>(std::move(data)));
}

bool session_table::give_to(int shard, std::string_view type, std::string_view data) {
    bool found = false;
    for (auto& each : sessions_) {
        if (each.shard.index != shard)
            continue;
        give(each, type, std::string{data});
        found = true;
    }
    return found;
}

void session_table::give_guild(server_session& to, const guild_data& which) {
    const bool presences = to.wanted.has(intent::guild_presences);
    give(to, "GUILD_CREATE",
         world_->guild_create_json(which, options_->all_members, presences, to.large_threshold));
}

void session_table::publish(const event& what) {
    const auto* where = world_->find_guild(what.guild);
    if (where && !where->has_bot && what.type != "GUILD_DELETE")
        return;
    const auto whole = std::make_shared<const std::string>(what.data);
    std::shared_ptr<const std::string> stripped;
    for (auto& each : sessions_) {
        const int wanted_shard = what.guild ? shard_of(what.guild, each.shard.count).index : 0;
        if (each.shard.index != wanted_shard ||
            !gets_event(each.wanted, what.type, bool{what.guild}, what.about_bot))
            continue;
        if (what.type == "GUILD_CREATE" && what.data.empty() && where) {
            give_guild(each, *where);
            continue;
        }
        const bool strip = carries_content(what.type) && !what.content_for_all && what.guild &&
                           !each.wanted.has(intent::message_content);
        if (strip && !stripped)
            stripped = std::make_shared<const std::string>(without_content(what.data));
        number(each, what.type, strip ? stripped : whole);
    }
}

std::optional<std::deque<numbered_event>> session_table::missed(const server_session& by,
                                                                std::int64_t sequence) const {
    if (sequence < by.dropped)
        return {};
    std::deque<numbered_event> out;
    std::copy_if(by.kept.begin(), by.kept.end(), std::back_inserter(out),
                 [sequence](const auto& each) { return each.sequence > sequence; });
    return out;
}

} // namespace strandcord::testing
