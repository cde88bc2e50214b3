#include "testing/rest_server.hpp"

#include <algorithm>
#include <cctype>

namespace strandcord::testing {

namespace {

constexpr int unknown_channel = 10003;
constexpr int unknown_guild = 10004;
constexpr int unknown_message = 10008;

/// "The past few minutes" of the documentation.
constexpr std::chrono::minutes nonce_lifetime{5};

rest_answer not_found() {
    return error_answer(404, 0, "404: Not Found");
}

snowflake id_of(std::string_view segment) noexcept {
    return parse_snowflake(segment).value_or(snowflake{});
}

rest_answer no_content() {
    rest_answer out;
    out.status = 204;
    return out;
}

std::string unescaped(std::string_view segment) {
    std::string out;
    for (std::size_t i = 0; i < segment.size(); ++i) {
        if (segment[i] == '%' && i + 2 < segment.size()) {
            out += static_cast<char>(std::stoi(std::string{segment.substr(i + 1, 2)}, nullptr, 16));
            i += 2;
        } else {
            out += segment[i];
        }
    }
    return out;
}

bool is_hexadecimal(std::string_view segment) noexcept {
    for (auto at = segment.find('%'); at != std::string_view::npos; at = segment.find('%', at + 1))
        if (at + 2 >= segment.size() ||
            !std::isxdigit(static_cast<unsigned char>(segment[at + 1])) ||
            !std::isxdigit(static_cast<unsigned char>(segment[at + 2])))
            return false;
    return true;
}

} // namespace

rest_answer rest_server::route(call& what) {
    const auto& path = what.path;
    const auto& method = what.request.method;
    if (path.empty())
        return not_found();
    if (path[0] == "gateway" && method == "GET" && path.size() == 1)
        return json_answer(200, std::move(json_object{}.text("url", gateway_url_)).done());
    if (path[0] == "gateway" && method == "GET" && path.size() == 2 && path[1] == "bot")
        return gateway_bot();
    if (path[0] == "users" && method == "GET" && path.size() == 2 && path[1] == "@me")
        return json_answer(200, world_->user_json(world_->bot()));
    if (path[0] == "channels" && path.size() >= 2)
        return channels(what);
    if (path[0] == "guilds" && path.size() >= 2)
        return guilds(what);
    if (path[0] == "interactions" && path.size() == 4 && path[3] == "callback" && method == "POST")
        return callback(what);
    if (path[0] == "webhooks" && path.size() >= 3)
        return webhooks(what);
    return not_found();
}

rest_answer rest_server::gateway_bot() const {
    json_object limit;
    limit.number("total", start_total_).number("remaining", std::max(0, starts_left_()));
    limit.number("reset_after", start_reset_after_.count());
    limit.number("max_concurrency", max_concurrency_);
    json_object body;
    body.text("url", gateway_url_).number("shards", shards_);
    body.raw("session_start_limit", std::move(limit).done());
    return json_answer(200, std::move(body).done());
}

rest_answer rest_server::guilds(const call& what) const {
    const auto* guild = world_->find_guild(id_of(what.path[1]));
    if (!guild || !guild->has_bot)
        return error_answer(404, unknown_guild, "Unknown Guild");
    if (what.request.method != "GET")
        return not_found();
    if (what.path.size() == 2)
        return json_answer(200, world_->guild_json(*guild));
    if (what.path.size() == 3 && what.path[2] == "channels") {
        json_array out;
        for (const auto id : guild->channels)
            out.add(world_->channel_json(*world_->find_channel(id), true));
        return json_answer(200, std::move(out).done());
    }
    if (what.path.size() == 4 && what.path[2] == "members") {
        const auto found = guild->members.find(id_of(what.path[3]));
        if (found == guild->members.end())
            return error_answer(404, 10007, "Unknown Member");
        return json_answer(200, world_->member_json(found->second, true));
    }
    return not_found();
}

rest_answer rest_server::channels(call& what) {
    const auto* where = world_->find_channel(id_of(what.path[1]));
    if (!where)
        return error_answer(404, unknown_channel, "Unknown Channel");
    const auto& method = what.request.method;
    if (what.path.size() == 2 && method == "GET")
        return json_answer(200, world_->channel_json(*where, true));
    if (what.path.size() == 3 && what.path[2] == "typing" && method == "POST") {
        world_->type(world_->bot().id, where->id);
        return no_content();
    }
    if (what.path.size() == 3 && what.path[2] == "messages")
        return messages(what, *where);
    if (what.path.size() >= 4 && what.path[2] == "messages")
        return one_message(what, *where);
    return not_found();
}

rest_answer rest_server::messages(call& what, const channel_data& where) {
    if (what.request.method == "POST")
        return create_message(what, where.id);
    if (what.request.method != "GET")
        return not_found();
    json_array out;
    std::size_t given = 0;
    for (auto each = where.messages.rbegin(); each != where.messages.rend() && given < 50;
         ++each, ++given)
        out.add(each->json);
    return json_answer(200, std::move(out).done());
}

rest_answer rest_server::one_message(call& what, const channel_data& where) {
    const auto id = id_of(what.path[3]);
    const auto* found = world_->find_message(where.id, id);
    if (!found)
        return error_answer(404, unknown_message, "Unknown Message");
    const auto& method = what.request.method;
    if (what.path.size() == 4 && method == "GET")
        return json_answer(200, found->json);
    if (what.path.size() == 4 && method == "DELETE") {
        world_->erase(where.id, id);
        return no_content();
    }
    if (what.path.size() == 4 && method == "PATCH") {
        if (!read_body(what))
            return error_answer(400, 50109, "The request body contains invalid JSON.");
        if (found->author != world_->bot().id)
            return error_answer(403, 50005, "Cannot edit a message authored by another user");
        world_->patch(where.id, id, what.body->dump());
        return json_answer(200, world_->find_message(where.id, id)->json);
    }
    if (what.path.size() == 7 && what.path[4] == "reactions" && what.path[6] == "@me" &&
        (method == "PUT" || method == "DELETE")) {
        if (!is_hexadecimal(what.path[5]))
            return error_answer(400, 10014, "Unknown Emoji");
        world_->react(world_->bot().id, where.id, id, unescaped(what.path[5]), method == "PUT");
        return no_content();
    }
    return not_found();
}

rest_answer rest_server::create_message(call& what, snowflake channel) {
    if (!read_body(what))
        return error_answer(400, 50109, "The request body contains invalid JSON.");
    if (auto wrong = wrong_message(what, *what.body, channel))
        return std::move(*wrong);
    auto parts = parts_of(what, *what.body, channel);
    const auto* enforced = what.body->find("enforce_nonce");
    const bool once = enforced && enforced->truth() && !parts.nonce.empty();
    if (once) {
        std::erase_if(nonces_, [&](const auto& one) { return what.now - one.at > nonce_lifetime; });
        for (const auto& one : nonces_) {
            const auto* sent = world_->find_message(channel, one.message);
            if (one.nonce == parts.nonce && sent)
                return json_answer(200, sent->json);
        }
    }
    const auto& made = world_->send(parts);
    if (once)
        nonces_.push_back({parts.nonce, made.id, what.now});
    return json_answer(200, made.json);
}

} // namespace strandcord::testing
