#include "testing/rest_server.hpp"

#include <algorithm>

namespace strandcord::testing {

namespace {

constexpr std::chrono::seconds time_to_answer{3};
constexpr std::chrono::minutes token_lifetime{15};
constexpr std::size_t longest_content = 2000;

bool is_filled_list(const json_value* list) noexcept {
    return list && list->is_array() && !list->items().empty();
}

rest_answer wrong_form(std::string_view field, std::string_view code, std::string_view message) {
    json_object first;
    first.text("code", code).text("message", message);
    json_object inner;
    inner.raw("_errors", std::move(json_array{}.add(std::move(first).done())).done());
    return error_answer(400, 50035, "Invalid Form Body",
                        std::move(json_object{}.raw(field, std::move(inner).done())).done());
}

/// A parameter of a part's header, `filename="a.png"`.
std::string_view parameter(std::string_view head, std::string_view name) {
    const auto begin = head.find(std::string{name} + "=\"");
    if (begin == std::string_view::npos)
        return {};
    const auto value = head.substr(begin + name.size() + 2);
    return value.substr(0, value.find('"'));
}

} // namespace

bool rest_server::read_body(call& what) {
    const auto type = what.request.header("Content-Type");
    std::string_view body = what.request.body;
    const auto mark = type.find("boundary=");
    if (type.rfind("multipart/form-data", 0) != 0 || mark == std::string_view::npos) {
        what.body = json_value::parse(body);
        return what.body && what.body->is_object();
    }
    auto boundary = type.substr(mark + 9);
    if (boundary.size() > 1 && boundary.front() == '"')
        boundary = boundary.substr(1, boundary.size() - 2);
    const auto line = "--" + std::string{boundary};
    json_array files;
    snowflake next{1};
    for (auto at = body.find(line); at != std::string_view::npos;) {
        const auto begin = at + line.size();
        at = body.find("\r\n" + line, begin);
        if (at == std::string_view::npos)
            break;
        const auto part = body.substr(begin, at - begin);
        at += 2;
        const auto split = part.find("\r\n\r\n");
        if (split == std::string_view::npos)
            return false;
        const auto head = part.substr(0, split);
        const auto content = part.substr(split + 4);
        if (parameter(head, "name") == "payload_json") {
            what.body = json_value::parse(content);
            continue;
        }
        const auto name = parameter(head, "filename");
        const auto url = "https://cdn.discord.test/attachments/" + std::string{name};
        json_object file;
        file.id("id", next).text("filename", name);
        file.number("size", static_cast<std::int64_t>(content.size()));
        file.text("url", url).text("proxy_url", url);
        files.add(std::move(file).done());
        ++next.value;
    }
    what.attachments = std::move(files).done();
    if (!what.body)
        what.body = json_value::parse("{}");
    return what.body->is_object();
}

std::optional<rest_answer> rest_server::wrong_message(const call& what, const json_value& data,
                                                      snowflake channel) const {
    const auto* content = data.find("content");
    if (content && !content->is_string() && !content->is_null())
        return wrong_form("content", "STRING_TYPE_CONVERT", "Could not interpret as string.");
    const bool has_text = content && !content->text().empty();
    if (!has_text && !is_filled_list(data.find("embeds")) &&
        !is_filled_list(data.find("components")) && !is_filled_list(data.find("sticker_ids")) &&
        !data.find("poll") && what.attachments == "[]")
        return error_answer(400, 50006, "Cannot send an empty message");
    if (has_text) {
        const auto letters = std::count_if(content->text().begin(), content->text().end(),
                                           [](char c) { return (c & 0xC0) != 0x80; });
        if (static_cast<std::size_t>(letters) > longest_content)
            return wrong_form("content", "BASE_TYPE_MAX_LENGTH",
                              "Must be 2000 or fewer in length.");
    }
    const auto* reference = data.find("message_reference");
    const auto* answered = reference ? reference->find("message_id") : nullptr;
    const auto* required = reference ? reference->find("fail_if_not_exists") : nullptr;
    const bool may_miss = required && required->is_boolean() && !required->truth();
    if (answered && !may_miss &&
        (!answered->id() || !world_->find_message(channel, *answered->id())))
        return wrong_form("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
    return {};
}

message_parts rest_server::parts_of(const call& what, const json_value& data,
                                    snowflake channel) const {
    message_parts out;
    out.author = world_->bot().id;
    out.channel = channel;
    out.content = data.text_of("content");
    out.attachments = what.attachments;
    const auto dump = [&data](std::string_view name, std::string otherwise) {
        const auto* found = data.find(name);
        return found && !found->is_null() ? found->dump() : std::move(otherwise);
    };
    out.embeds = dump("embeds", "[]");
    out.components = dump("components", "[]");
    out.nonce = dump("nonce", "");
    if (const auto* flags = data.find("flags"))
        out.flags = flags->integer().value_or(0);
    const auto* tts = data.find("tts");
    out.tts = tts && tts->truth();
    const auto* reference = data.find("message_reference");
    const auto* answered = reference ? reference->find("message_id") : nullptr;
    if (answered && answered->id() && world_->find_message(channel, *answered->id()))
        out.reference = *answered->id();
    return out;
}

snowflake rest_server::show(call& what, const json_value& data, const open_interaction& of) {
    auto parts = parts_of(what, data, of.channel);
    parts.interaction = of.id;
    return world_->send(parts).id;
}

rest_answer rest_server::callback(call& what) {
    const auto found = interactions_.find(what.path[2]);
    if (found == interactions_.end() || to_string(found->second.id) != what.path[1] ||
        (!found->second.answered && what.now - found->second.at > time_to_answer))
        return error_answer(404, 10062, "Unknown interaction");
    auto& open = found->second;
    if (open.answered)
        return error_answer(400, 40060, "Interaction has already been acknowledged.");
    if (!read_body(what))
        return error_answer(400, 50109, "The request body contains invalid JSON.");
    static const json_value nothing = *json_value::parse("{}");
    const auto* type = what.body->find("type");
    const auto kind = type ? type->integer().value_or(0) : 0;
    const auto* given = what.body->find("data");
    const auto& data = given && given->is_object() ? *given : nothing;
    if (kind == 4 || (kind == 7 && open.shown)) {
        if (auto wrong = wrong_message(what, data, open.channel))
            return std::move(*wrong);
    } else if (kind != 5 && kind != 6 && kind != 8 && kind != 9) {
        return wrong_form("type", "BASE_TYPE_CHOICES",
                          "Value must be one of the interaction callback types.");
    }
    open.answered = true;
    seen_.answers.push_back({open.id, static_cast<int>(kind), data.dump()});
    if (kind == 4)
        open.response = show(what, data, open);
    if (kind == 7) {
        open.response = open.shown;
        world_->patch(open.channel, open.shown, data.dump());
    }
    if (what.query.find("with_response=true") == std::string_view::npos) {
        rest_answer out;
        out.status = 204;
        return out;
    }
    json_object about;
    about.id("id", open.id).number("type", 2);
    json_object body;
    if (open.response)
        about.id("response_message_id", open.response);
    body.raw("interaction", std::move(about).done());
    if (open.response) {
        json_object resource;
        resource.number("type", kind);
        resource.raw("message", world_->find_message(open.channel, open.response)->json);
        body.raw("resource", std::move(resource).done());
    }
    return json_answer(200, std::move(body).done());
}

rest_answer rest_server::webhooks(call& what) {
    const auto found = interactions_.find(what.path[2]);
    if (found == interactions_.end() || to_string(world_->application_id()) != what.path[1] ||
        what.now - found->second.at > token_lifetime || !found->second.answered)
        return error_answer(404, 10015, "Unknown Webhook");
    auto& open = found->second;
    const auto& method = what.request.method;
    if (what.path.size() == 3 && method == "POST") {
        if (!read_body(what))
            return error_answer(400, 50109, "The request body contains invalid JSON.");
        if (auto wrong = wrong_message(what, *what.body, open.channel))
            return std::move(*wrong);
        const auto id = show(what, *what.body, open);
        return json_answer(200, world_->find_message(open.channel, id)->json);
    }
    if (what.path.size() != 5 || what.path[3] != "messages" || what.path[4] != "@original")
        return error_answer(404, 0, "404: Not Found");
    if (method == "PATCH") {
        if (!read_body(what))
            return error_answer(400, 50109, "The request body contains invalid JSON.");
        // The first edit of a deferred answer is the message itself.
        if (open.response)
            world_->patch(open.channel, open.response, what.body->dump());
        else
            open.response = show(what, *what.body, open);
    }
    const auto* message = world_->find_message(open.channel, open.response);
    if (!message)
        return error_answer(404, 10008, "Unknown Message");
    if (method == "DELETE") {
        world_->erase(open.channel, open.response);
        rest_answer out;
        out.status = 204;
        return out;
    }
    return json_answer(200, message->json);
}

} // namespace strandcord::testing
