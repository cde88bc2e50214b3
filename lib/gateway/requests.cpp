#include "gateway/requests.hpp"

#include "gateway/payloads.hpp"

#include <utility>

namespace strandcord::gateway {

struct ready_self_user {
    snowflake id = {};
};
BOOST_DESCRIBE_STRUCT(ready_self_user, (), (id))

struct ready_self {
    ready_self_user user = {};
};
BOOST_DESCRIBE_STRUCT(ready_self, (), (user))

requests::requests(shard_id shard, intents asked, std::uint32_t seed, logger log,
                   std::shared_ptr<meter> metrics)
    : shard_{shard}
    , intents_{asked}
    , seed_{seed}
    , log_{std::move(log)}
    , metrics_{std::move(metrics)} {}

requests::id_type requests::open(request what, time_point now) {
    const id_type id = last_id_ + 1;
    open_request made;
    if (auto* plain = std::get_if<plain_request>(&what))
        commands_.push_back({id, std::move(plain->text)});
    else if (auto* members = std::get_if<member_request>(&what))
        open_members(id, made, std::move(*members), now);
    else if (auto* sounds = std::get_if<sounds_request>(&what))
        open_sounds(id, made, std::move(*sounds));
    else if (auto* info = std::get_if<channel_info_request>(&what))
        open_channel_info(id, made, *info);
    else
        open_voice(id, made, std::get<voice_request>(what));
    last_id_ = id;
    open_.emplace(id, std::move(made));
    release_members(now);
    return id;
}

void requests::give_up(id_type id) {
    open_.erase(id);
    std::erase_if(commands_, [id](const command& one) { return one.id == id; });
    std::erase_if(settled_, [id](const settled& one) { return one.id == id; });
}

void requests::on_outcome(id_type id, error_code why, time_point now) {
    const auto found = open_.find(id);
    if (found == open_.end())
        return;
    open_request& one = found->second;
    if (why == errc::invalid_argument) {
        fail(found, why,
             "the payload is not for this shard to send: its guild is on another one, or its "
             "opcode is not for bots");
    } else if (why) {
        fail(found, why, {});
    } else if (std::holds_alternative<std::monostate>(one.state)) {
        settle(found);
    } else {
        one.sent = true;
        heard_of(one, now);
        if (const auto* members = std::get_if<members_state>(&one.state))
            on_members_sent(*members, now);
    }
    release_members(now);
}

void requests::on_dispatch(std::string_view type, std::string_view data, time_point now) {
    try {
        if (type == "READY")
            self_ = from_json<ready_self>(data).user.id;
        else if (open_.empty())
            return;
        else if (type == "GUILD_MEMBERS_CHUNK")
            on_members_chunk(data, now);
        else if (type == "RATE_LIMITED")
            on_rate_limited(data, now);
        else if (type == "SOUNDBOARD_SOUNDS")
            on_sounds(data, now);
        else if (type == "CHANNEL_INFO")
            on_channel_info(data);
        else if (type == "VOICE_STATE_UPDATE")
            on_voice_state(data, now);
        else if (type == "VOICE_SERVER_UPDATE")
            on_voice_server(data, now);
    } catch (const error&) {
        log_.write(level::warning, "gateway", shard_.index, "An answer that cannot be read.",
                   {{"event", type}});
    }
}

void requests::on_session_lost() {
    for (auto one = open_.begin(); one != open_.end();) {
        const auto which = one++;
        // What only has to be sent is the outbox's to judge.
        if (!std::holds_alternative<std::monostate>(which->second.state))
            fail(which, errc::session_lost, "The session that was asked is lost");
    }
}

void requests::on_over() {
    while (!open_.empty())
        fail(open_.begin(), errc::shutting_down, {});
}

void requests::on_time(time_point now) {
    for (auto one = open_.begin(); one != open_.end();) {
        const auto which = one++;
        const auto& state = which->second;
        const auto* members = std::get_if<members_state>(&state.state);
        const bool held = members && members->held;
        if (state.due && *state.due <= now && !held)
            fail(which, errc::timed_out, "Discord did not answer in time");
    }
    release_members(now);
}

std::optional<requests::command> requests::next() {
    if (commands_.empty())
        return std::nullopt;
    std::optional<command> out{std::move(commands_.front())};
    commands_.pop_front();
    return out;
}

std::optional<requests::settled> requests::next_settled() {
    if (settled_.empty())
        return std::nullopt;
    std::optional<settled> out{std::move(settled_.front())};
    settled_.pop_front();
    return out;
}

std::optional<requests::time_point> requests::deadline(id_type id) const {
    const auto found = open_.find(id);
    return found == open_.end() ? std::nullopt : found->second.due;
}

void requests::settle(table::iterator which, error_code why, std::string message, answer got) {
    const id_type id = which->first;
    open_.erase(which);
    std::erase_if(commands_, [id](const command& one) { return one.id == id; });
    settled_.push_back({id, why, std::move(message), std::move(got)});
    moved_ = true;
}

void requests::fail(table::iterator which, error_code why, std::string_view sentence) {
    auto [words, got] = what_came(which->second);
    std::string message{sentence};
    if (!message.empty() && !words.empty())
        message += ": " + words;
    settle(which, why, std::move(message), std::move(got));
}

std::pair<std::string, answer> requests::what_came(open_request& of) {
    if (auto* members = std::get_if<members_state>(&of.state)) {
        const auto count = members->got.members.size();
        std::string words = std::to_string(members->parts) + " of " +
                            (members->seen.empty() ? "an unknown number of"
                                                   : std::to_string(members->seen.size())) +
                            " parts came, with " + std::to_string(count) + " members";
        return {std::move(words), std::move(members->got)};
    }
    if (auto* sounds = std::get_if<sounds_state>(&of.state)) {
        std::string words = "the sounds of " + std::to_string(sounds->got.size()) +
                            " guilds came, those of " + std::to_string(sounds->missing.size()) +
                            " did not";
        return {std::move(words), std::move(sounds->got)};
    }
    if (const auto* voice = std::get_if<voice_state>(&of.state)) {
        std::string words;
        if (voice->session_id.empty())
            words = "the channel may be full, or the bot may not enter it";
        else
            words = "the bot is in the channel, but no voice server came";
        return {std::move(words), answer{}};
    }
    return {};
}

void requests::set_due(open_request& of, std::optional<time_point> when) {
    moved_ = moved_ || of.due != when;
    of.due = when;
}

} // namespace strandcord::gateway
