#include "testing/gateway_server.hpp"
#include "testing/json.hpp"

namespace strandcord::testing {

void gateway_server::handle(connection& from, int op, const json_value& frame) {
    static const json_value nothing;
    const auto* given = frame.find("d");
    const auto& data = given ? *given : nothing;
    if (!from.hello_sent)
        note(from, "a payload before Hello (GW-HB-1)");
    switch (op) {
    case 1:
        on_heartbeat(from, frame);
        return;
    case 2:
        on_identify(from, data);
        return;
    case 6:
        on_resume(from, data);
        return;
    default:
        on_command(from, op, data);
    }
}

void gateway_server::on_heartbeat(connection& from, const json_value& frame) {
    ++seen_.heartbeats;
    from.last_beat = now_;
    const auto* session = sessions_.find(from.session, now_);
    // Before a Resume is through, only the client knows its number (GW-HB-5).
    const auto sent = session                                  ? session->sequence
                      : from.authenticated || from.invalidated ? std::int64_t{0}
                                                               : INT64_MAX;
    auto wrong = check_heartbeat(frame.find("d"), from.invalidated ? INT64_MAX : sent);
    note_all(from, wrong);
    if (!wrong.fine())
        close(from, wrong.close, wrong.sentences.front());
    else if (faults_.acknowledging)
        send_payload(from, R"({"t":null,"s":null,"op":11,"d":null})");
}

void gateway_server::send_invalid_session(connection& to, bool resumable) {
    to.invalidated = true;
    send_payload(to, resumable ? R"({"t":null,"s":null,"op":9,"d":true})"
                               : R"({"t":null,"s":null,"op":9,"d":false})");
}

bool gateway_server::may_identify(connection& from, shard_id shard) {
    if (start_remaining_ <= 0) {
        note(from, "an Identify beyond the daily limit (GW-ID-18)");
        close(from, 4004, "Authentication failed.");
        return false;
    }
    --start_remaining_;
    const int bucket = shard.index % max_concurrency_;
    const auto last = last_identify_.find(bucket);
    const bool early =
        last != last_identify_.end() && now_ - last->second < std::chrono::seconds{5};
    last_identify_[bucket] = now_;
    if (!early)
        return true;
    note(from, "Identify of shard " + std::to_string(shard.index) +
                   " within 5 seconds of another with the same key (GW-ID-12)");
    send_invalid_session(from, false);
    return false;
}

void gateway_server::on_identify(connection& from, const json_value& data) {
    ++seen_.identifies;
    if (from.invalidated) {
        note(from, "Identify on a connection that was told its session is invalid (GW-INV-6)");
        close(from, 4003, "Not authenticated.");
        return;
    }
    if (from.authenticated || from.waiting) {
        note(from, "a second Identify on one connection (GW-ID-1)");
        close(from, 4005, "Already authenticated.");
        return;
    }
    identify_request request;
    identify_rules rules;
    rules.token = token_revoked_ ? std::string_view{"revoked"} : std::string_view{options_->token};
    rules.privileged = options_->privileged;
    rules.guilds = world_->guilds().size();
    rules.transport_compression = from.compressor != nullptr;
    const auto wrong = check_identify(data, rules, request);
    from.shard = request.shard.index;
    note_all(from, wrong);
    if (!wrong.fine()) {
        close(from, wrong.close, wrong.sentences.front());
        return;
    }
    if (!may_identify(from, request.shard))
        return;
    if (!faults_.closing_identifies.empty()) {
        const auto code = faults_.closing_identifies.front();
        faults_.closing_identifies.pop_front();
        close(from, code, "as asked for by the test");
    } else if (!faults_.failing_identifies.empty()) {
        const bool resumable = faults_.failing_identifies.front();
        faults_.failing_identifies.pop_front();
        send_invalid_session(from, resumable);
    } else if (faults_.ready_withheld) {
        from.waiting = request;
    } else {
        become_ready(from, request);
    }
}

std::string gateway_server::ready_json(const server_session& of) const {
    json_array guilds;
    for (const auto& [id, each] : world_->guilds())
        if (each.has_bot && shard_of(id, of.shard.count) == of.shard)
            guilds.add(std::move(json_object{}.id("id", id).boolean("unavailable", true)).done());
    json_object user;
    user.boolean("verified", true).splice(world_->user_json(world_->bot())).null("email");
    user.boolean("mfa_enabled", true).number("flags", 0);
    json_object application;
    // Every privileged intent that is switched on, in the limited form of small bots.
    const auto on = options_->privileged;
    const std::int64_t flags = (on.has(intent::guild_presences) ? 1 << 13 : 0) |
                               (on.has(intent::guild_members) ? 1 << 15 : 0) |
                               (on.has(intent::message_content) ? 1 << 19 : 0);
    application.id("id", world_->application_id()).number("flags", flags);
    json_array shard;
    shard.add(std::to_string(of.shard.index)).add(std::to_string(of.shard.count));
    json_object out;
    out.number("v", 10).raw("user_settings", "{}").raw("user", std::move(user).done());
    out.text("session_type", "normal").text("session_id", of.id);
    out.text("resume_gateway_url", addresses_.resume_url).raw("relationships", "[]");
    out.raw("private_channels", "[]").raw("presences", "[]");
    out.raw("guilds", std::move(guilds).done()).raw("guild_join_requests", "[]");
    out.raw("geo_ordered_rtc_regions", "[]").raw("shard", std::move(shard).done());
    out.raw("application", std::move(application).done());
    out.raw("_trace", R"(["[\"emulated-gateway\",{\"micros\":0}]"])");
    return std::move(out).done();
}

void gateway_server::become_ready(connection& to, const identify_request& request) {
    auto& session = sessions_.open(request.shard, request.wanted, request.large_threshold, to.id);
    to.session = session.id;
    to.authenticated = true;
    sessions_.give(session, "READY", ready_json(session));
    if (!session.wanted.has(intent::guilds))
        return;
    for (const auto& [id, each] : world_->guilds()) {
        if (!each.has_bot || shard_of(id, session.shard.count) != session.shard)
            continue;
        if (options_->guild_load_delay.count() == 0)
            sessions_.give_guild(session, each);
        else
            guilds_due_.push_back({now_ + options_->guild_load_delay, session.id, id});
    }
}

void gateway_server::on_resume(connection& from, const json_value& data) {
    ++seen_.resumes;
    resume_request request;
    const auto token =
        token_revoked_ ? std::string_view{"revoked"} : std::string_view{options_->token};
    auto wrong = check_resume(data, token, request);
    if (from.authenticated || from.invalidated)
        wrong.refuse(4005, "a Resume on a connection that is authenticated or invalidated");
    auto* session = sessions_.find(request.session_id, now_);
    if (session)
        from.shard = session->shard.index;
    note_all(from, wrong);
    if (!wrong.fine()) {
        close(from, wrong.close, wrong.sentences.front());
        return;
    }
    if (!faults_.closing_resumes.empty()) {
        const auto code = faults_.closing_resumes.front();
        faults_.closing_resumes.pop_front();
        close(from, code, "as asked for by the test");
        return;
    }
    if (session && request.sequence > session->sequence) {
        note(from, "Resume from " + std::to_string(request.sequence) + ", but only " +
                       std::to_string(session->sequence) + " was sent");
        close(from, 4007, "Invalid seq.");
        return;
    }
    const auto missed = session ? sessions_.missed(*session, request.sequence) : std::nullopt;
    if (!missed) {
        if (session)
            sessions_.forget(request.session_id);
        send_invalid_session(from, false);
        return;
    }
    if (auto* old = find(session->connection); old && !old->closing) {
        note(from, "a Resume while connection " + std::to_string(old->id) +
                       " of the same session is open (GW-CONN-14)");
        close(*old, 4000, "Resumed elsewhere.");
    }
    session->connection = from.id;
    from.session = session->id;
    from.authenticated = true;
    for (const auto& each : *missed)
        send_dispatch(from, each);
    // It takes no number of its own: who loses the connection before it arrives is owed nothing.
    const auto trace = std::make_shared<const std::string>(R"({"_trace":["emulated-gateway"]})");
    send_dispatch(from, {session->sequence, "RESUMED", trace});
}

} // namespace strandcord::testing
