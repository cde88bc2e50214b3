#include "gateway/commands.hpp"
#include "gateway/payloads.hpp"
#include "gateway/requests.hpp"

#include <strandcord/events/member.hpp>
#include <strandcord/events/session.hpp>

#include <algorithm>
#include <charconv>
#include <iterator>

namespace strandcord::gateway {

struct members_limit {
    snowflake guild_id = {};
    std::optional<std::string> nonce = {};
};
BOOST_DESCRIBE_STRUCT(members_limit, (), (guild_id, nonce))

namespace {

using duration = requests::duration;

/// Then it is no passing limit, and the caller hears of it.
constexpr int most_limits = 10;

/// 100 million members.
constexpr std::int32_t most_parts = 100'000;

// At most 8 + 1 + 16 characters of the 32 that Discord takes (GW-REQ-6).
std::string make_nonce(std::uint32_t seed, std::uint64_t id) {
    const auto hexadecimal = [](std::uint64_t number) {
        char digits[16];
        return std::string(digits, std::to_chars(digits, digits + 16, number, 16).ptr);
    };
    return hexadecimal(seed) + "-" + hexadecimal(id);
}

duration length_of(double seconds) {
    constexpr double longest = 3600;
    const double bounded = seconds >= 0 ? std::min(seconds, longest) : 1;
    return std::chrono::duration_cast<duration>(std::chrono::duration<double>{bounded});
}

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

} // namespace

void requests::open_members(id_type id, open_request& into, member_request what, time_point) {
    check_guild(what.guild(), shard_);
    check_member_request(what, intents_);
    into.patience = what.patience();
    into.state = members_state{std::move(what), make_nonce(seed_, id)};
}

// Hands over what need not wait: in order, and one at a time where all members are asked for.
void requests::release_members(time_point now) {
    std::erase_if(all_members_free_, [now](const auto& one) { return one.second <= now; });
    std::set<snowflake> on_their_way;
    for (const auto& [id, one] : open_) {
        const auto* members = std::get_if<members_state>(&one.state);
        if (members && members->what.asks_all() && !members->held && !one.sent)
            on_their_way.insert(members->what.guild());
    }
    for (auto& [id, one] : open_) {
        auto* members = std::get_if<members_state>(&one.state);
        if (!members || !members->held)
            continue;
        const snowflake guild = members->what.guild();
        const bool all = members->what.asks_all();
        if (all && on_their_way.count(guild) != 0)
            continue;
        const auto free = all_members_free_.find(guild);
        if (all && free != all_members_free_.end() && (!one.due || *one.due < free->second)) {
            log_.write(level::info, "gateway", shard_.index, "A member request waits.",
                       {{"wait_ms", free->second - now},
                        {"reason", "all members of a guild once in 30 s"},
                        {"guild", guild.value}});
            if (metrics_)
                metrics_->add(counter::command_waits_members);
            set_due(one, free->second);
        }
        if (one.due && *one.due > now)
            continue;
        members->held = false;
        one.sent = false;
        set_due(one, std::nullopt);
        commands_.push_back({id, members_command(members->what, members->nonce)});
        if (all)
            on_their_way.insert(guild);
    }
}

void requests::on_members_sent(const members_state& what, time_point now) {
    if (what.what.asks_all())
        all_members_free_[what.what.guild()] = now + all_members_pause;
}

// By nonce; an answer without one belongs to the oldest request of its guild that has none yet.
requests::table::iterator requests::find_members(const std::optional<std::string>& nonce,
                                                 snowflake guild) {
    return std::find_if(open_.begin(), open_.end(), [&](const auto& one) {
        const auto* members = std::get_if<members_state>(&one.second.state);
        if (!members || !one.second.sent || members->what.guild() != guild)
            return false;
        return nonce ? members->nonce == *nonce : true;
    });
}

void requests::on_members_chunk(std::string_view data, time_point now) {
    auto chunk = from_json<guild_members_chunk_data>(data);
    const auto found = find_members(chunk.nonce, chunk.guild_id);
    if (found == open_.end())
        return;
    auto& one = found->second;
    auto& members = std::get<members_state>(one.state);
    const auto count = chunk.chunk_count;
    const auto index = chunk.chunk_index;
    const bool possible = count >= 1 && count <= most_parts && index >= 0 && index < count;
    if (possible && members.seen.empty())
        members.seen.resize(static_cast<std::size_t>(count));
    const auto at = static_cast<std::size_t>(index);
    if (!possible || at >= members.seen.size()) {
        log_.write(level::warning, "gateway", shard_.index, "A part of no answer is ignored.",
                   {{"event", "GUILD_MEMBERS_CHUNK"}, {"index", index}, {"count", count}});
        return;
    }
    heard_of(one, now);
    members.limited = 0;
    if (members.seen[at])
        return;
    members.seen[at] = true;
    ++members.parts;
    append(members.got.members, chunk.members);
    if (chunk.presences)
        append(members.got.presences, *chunk.presences);
    if (chunk.not_found)
        append(members.got.not_found, *chunk.not_found);
    if (members.parts == members.seen.size())
        settle(found, {}, {}, std::move(members.got));
}

// The connection stays and no part will come: the request is sent once more when Discord says.
void requests::on_rate_limited(std::string_view data, time_point now) {
    const auto limit = from_json<rate_limited_data>(data);
    if (limit.opcode != opcode::request_members || !limit.meta.text.starts_with('{'))
        return;
    const auto which = from_json<members_limit>(limit.meta.text);
    auto found = find_members(which.nonce, which.guild_id);
    if (!which.nonce) {
        // Only requests for all members are limited so.
        for (auto one = found; one != open_.end(); ++one) {
            const auto* members = std::get_if<members_state>(&one->second.state);
            if (members && one->second.sent && members->what.asks_all() &&
                members->what.guild() == which.guild_id && members->parts == 0) {
                found = one;
                break;
            }
        }
    }
    if (found == open_.end())
        return;
    auto& one = found->second;
    auto& members = std::get<members_state>(one.state);
    if (++members.limited > most_limits) {
        fail(found, errc::timed_out, "Discord limited this request again and again");
        return;
    }
    const auto wait = length_of(limit.retry_after);
    log_.write(level::warning, "gateway", shard_.index,
               "Discord limits a member request; it is sent again.",
               {{"wait_ms", wait}, {"reason", "RATE_LIMITED"}, {"guild", which.guild_id.value}});
    if (metrics_)
        metrics_->add(counter::command_waits_members);
    members.held = true;
    one.sent = false;
    set_due(one, now + wait);
    if (members.what.asks_all())
        all_members_free_[which.guild_id] = now + wait;
}

} // namespace strandcord::gateway
