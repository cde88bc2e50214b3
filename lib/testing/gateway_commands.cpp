#include "testing/gateway_server.hpp"
#include "testing/json.hpp"

#include <algorithm>

namespace strandcord::testing {

void gateway_server::on_command(connection& from, int op, const json_value& data) {
    const auto wrong = check_command(op, data);
    note_all(from, wrong);
    if (!wrong.fine()) {
        close(from, wrong.close, wrong.sentences.front());
        return;
    }
    if (from.invalidated)
        return; // it may not have heard of that yet
    auto* session = sessions_.find(from.session, now_);
    if (!from.authenticated || !session) {
        note(from, "op " + std::to_string(op) + " before Identify or Resume (GW-ID-10)");
        close(from, 4003, "Not authenticated.");
        return;
    }
    const auto* guild = data.find("guild_id");
    if (guild && guild->id() && shard_of(*guild->id(), session->shard.count) != session->shard) {
        note(from, "a command for a guild of another shard (GW-SEND-8)");
        return;
    }
    if (faults_.answers_withheld)
        return;
    switch (op) {
    case 4:
        update_voice(*session, data);
        return;
    case 8:
        request_members(*session, data);
        return;
    case 31:
        request_sounds(*session, data);
        return;
    case 43:
        request_channel_info(*session, data);
        return;
    default:
        return; // a presence is seen by people only
    }
}

namespace {

std::vector<snowflake> ids_of(const json_value& from) {
    std::vector<snowflake> out;
    if (from.id())
        out.push_back(*from.id());
    for (const auto& each : from.items())
        if (each.id())
            out.push_back(*each.id());
    return out;
}

} // namespace

void gateway_server::request_members(server_session& of, const json_value& data) {
    const auto id = *data.find("guild_id")->id();
    const auto* guild = world_->find_guild(id);
    if (!guild)
        return;
    const auto* query = data.find("query");
    const auto* user_ids = data.find("user_ids");
    const auto* nonce = data.find("nonce");
    const bool echo = nonce && nonce->is_string() && nonce->text().size() <= 32;
    const auto limit = query ? data.find("limit")->integer().value_or(0) : 0;
    const auto* wanted_presences = data.find("presences");
    const bool presences = wanted_presences && wanted_presences->truth() &&
                           of.wanted.has(intent::guild_presences); // GW-REQ-5
    const bool everybody = query && query->text().empty() && limit == 0;
    if (!faults_.limited_requests.empty()) {
        const auto left = faults_.limited_requests.front();
        faults_.limited_requests.pop_front();
        limit_request(of, data, left);
        return;
    }
    if (everybody && !of.wanted.has(intent::guild_members)) {
        seen_.violations.push_back("shard " + std::to_string(of.shard.index) +
                                   " asks for all members without GUILD_MEMBERS (GW-REQ-2)");
        return;
    }
    if (everybody) {
        const auto last = last_members_request_.find(id);
        const elapsed pause = std::chrono::seconds{30};
        if (last != last_members_request_.end() && now_ - last->second < pause) {
            limit_request(of, data, pause - (now_ - last->second));
            return;
        }
        last_members_request_[id] = now_;
    }
    std::vector<const member_data*> found;
    json_array missing;
    if (user_ids) {
        for (const auto wanted : ids_of(*user_ids)) {
            const auto member = guild->members.find(wanted);
            if (member != guild->members.end())
                found.push_back(&member->second);
            else
                missing.add(json_quoted(to_string(wanted)));
        }
    } else {
        for (const auto& [user, member] : guild->members) {
            const auto& name = world_->find_user(user)->name;
            if (name.compare(0, query->text().size(), query->text()) == 0)
                found.push_back(&member);
            if (!everybody &&
                found.size() >= static_cast<std::size_t>(std::clamp<std::int64_t>(limit, 1, 100)))
                break;
        }
    }
    constexpr std::size_t in_one = 1000;
    const auto chunks = std::max<std::size_t>(1, (found.size() + in_one - 1) / in_one);
    for (std::size_t index = 0; index < chunks; ++index) {
        json_array members;
        json_array online;
        for (auto i = index * in_one; i < std::min(found.size(), (index + 1) * in_one); ++i) {
            members.add(world_->member_json(*found[i], true));
            if (found[i]->online)
                online.add(world_->presence_json(*guild, *found[i], false));
        }
        json_object out;
        out.id("guild_id", id).raw("members", std::move(members).done());
        out.number("chunk_index", static_cast<std::int64_t>(index));
        out.number("chunk_count", static_cast<std::int64_t>(chunks));
        if (user_ids)
            out.raw("not_found", std::move(missing).done());
        if (presences)
            out.raw("presences", std::move(online).done());
        if (echo)
            out.text("nonce", nonce->text());
        sessions_.give(of, "GUILD_MEMBERS_CHUNK", std::move(out).done());
    }
}

void gateway_server::limit_request(server_session& of, const json_value& data, elapsed left) {
    json_object meta;
    meta.id("guild_id", *data.find("guild_id")->id());
    const auto* nonce = data.find("nonce");
    if (nonce && nonce->is_string() && nonce->text().size() <= 32)
        meta.text("nonce", nonce->text());
    json_object out;
    out.number("opcode", 8);
    out.raw("retry_after", std::to_string(std::chrono::duration<double>(left).count()));
    out.raw("meta", std::move(meta).done());
    sessions_.give(of, "RATE_LIMITED", std::move(out).done());
}

void gateway_server::update_voice(server_session& of, const json_value& data) {
    const auto guild = *data.find("guild_id")->id();
    const auto* where = data.find("channel_id");
    json_object state;
    state.id("guild_id", guild).raw("channel_id", where->dump());
    state.id("user_id", world_->bot().id).text("session_id", "emulated-voice-session");
    state.boolean("deaf", false).boolean("mute", false);
    state.boolean("self_deaf", data.find("self_deaf")->truth());
    state.boolean("self_mute", data.find("self_mute")->truth()).boolean("self_video", false);
    state.boolean("suppress", false).null("request_to_speak_timestamp");
    sessions_.publish({"VOICE_STATE_UPDATE", std::move(state).done(), guild});
    if (where->is_null())
        return;
    json_object server;
    server.text("token", "emulated-voice-token").id("guild_id", guild);
    server.text("endpoint", "voice.discord.test:443");
    sessions_.give(of, "VOICE_SERVER_UPDATE", std::move(server).done());
}

void gateway_server::request_sounds(server_session& of, const json_value& data) {
    for (const auto guild : ids_of(*data.find("guild_ids"))) {
        json_object out;
        out.id("guild_id", guild).raw("soundboard_sounds", "[]");
        sessions_.give(of, "SOUNDBOARD_SOUNDS", std::move(out).done());
    }
}

void gateway_server::request_channel_info(server_session& of, const json_value& data) {
    const auto guild = *data.find("guild_id")->id();
    json_object out;
    out.id("guild_id", guild).raw("channels", "[]");
    sessions_.give(of, "CHANNEL_INFO", std::move(out).done());
}

} // namespace strandcord::testing
