#include "gateway/commands.hpp"
#include "gateway/requests.hpp"

#include <strandcord/json.hpp>

#include <utility>

namespace strandcord::gateway {
namespace {

void check_patience(requests::duration length) {
    if (length <= requests::duration::zero())
        throw error{errc::invalid_argument,
                    "the time to wait for an answer must be longer than zero"};
}

} // namespace

void requests::open_sounds(id_type id, open_request& into, sounds_request what) {
    check_patience(what.patience);
    if (what.guilds.empty())
        throw error{errc::invalid_argument, "soundboard sounds are asked of at least one guild"};
    for (const snowflake guild : what.guilds)
        check_guild(guild, shard_);
    into.patience = what.patience;
    commands_.push_back({id, sounds_command(what.guilds)});
    into.state = sounds_state{{what.guilds.begin(), what.guilds.end()}};
}

void requests::open_channel_info(id_type id, open_request& into, channel_info_request what) {
    check_patience(what.patience);
    check_guild(what.guild, shard_);
    into.patience = what.patience;
    commands_.push_back({id, channel_info_command(what.guild, what.fields)});
    into.state = channel_info_state{what.guild};
}

void requests::open_voice(id_type id, open_request& into, voice_request what) {
    check_patience(what.patience);
    check_guild(what.guild, shard_);
    if (!what.channel)
        throw error{errc::invalid_argument, "a voice channel's id is missing"};
    into.patience = what.patience;
    commands_.push_back({id, voice_state_command(what.guild, what.channel, what.mute, what.deaf)});
    into.state = voice_state{what};
}

// Answers carry no nonce: one settles everybody who asked for that guild (GW-SEND-21).
void requests::on_sounds(std::string_view data, time_point now) {
    const auto sounds = from_json<soundboard_sounds_data>(data);
    for (auto one = open_.begin(); one != open_.end();) {
        const auto which = one++;
        auto* state = std::get_if<sounds_state>(&which->second.state);
        if (!state || !which->second.sent || state->missing.erase(sounds.guild_id) == 0)
            continue;
        state->got.push_back(sounds);
        heard_of(which->second, now);
        if (state->missing.empty())
            settle(which, {}, {}, std::move(state->got));
    }
}

void requests::on_channel_info(std::string_view data) {
    const auto info = from_json<channel_info_data>(data);
    for (auto one = open_.begin(); one != open_.end();) {
        const auto which = one++;
        const auto* state = std::get_if<channel_info_state>(&which->second.state);
        if (state && which->second.sent && state->guild == info.guild_id)
            settle(which, {}, {}, info);
    }
}

void requests::on_voice_state(std::string_view data, time_point now) {
    const auto heard = from_json<strandcord::voice_state>(data);
    if (heard.user_id != self_)
        return;
    for (auto one = open_.begin(); one != open_.end();) {
        const auto which = one++;
        auto* state = std::get_if<voice_state>(&which->second.state);
        if (!state || !which->second.sent || state->what.guild != heard.guild_id ||
            state->what.channel != heard.channel_id)
            continue;
        state->session_id = heard.session_id;
        heard_of(which->second, now);
        finish_voice(which);
    }
}

void requests::on_voice_server(std::string_view data, time_point now) {
    const auto heard = from_json<voice_server>(data);
    for (auto one = open_.begin(); one != open_.end();) {
        const auto which = one++;
        auto* state = std::get_if<voice_state>(&which->second.state);
        if (!state || !which->second.sent || state->what.guild != heard.guild_id)
            continue;
        // Without an endpoint there is none at the moment; another event names it (GW-SEND-16).
        state->server.reset();
        if (heard.endpoint && !heard.endpoint->empty())
            state->server = heard;
        heard_of(which->second, now);
        finish_voice(which);
    }
}

void requests::finish_voice(table::iterator which) {
    auto& state = std::get<voice_state>(which->second.state);
    if (state.session_id.empty() || !state.server)
        return;
    voice_connection_info out;
    out.guild_id = state.what.guild;
    out.channel_id = state.what.channel;
    out.user_id = self_;
    out.session_id = std::move(state.session_id);
    out.token = std::move(state.server->token);
    out.endpoint = std::move(*state.server->endpoint);
    settle(which, {}, {}, std::move(out));
}

} // namespace strandcord::gateway
