#include "testing/gateway_checks.hpp"

#include <algorithm>
#include <initializer_list>

namespace strandcord::testing {

namespace {

/// Checks the members of one object by name and kind, with sentences that begin alike.
class member_check {
public:
    member_check(verdict& out, std::string what, const json_value& data)
        : out_{out}, what_{std::move(what)}, data_{data} {}

    const json_value* need(std::string_view name) {
        const auto* found = data_.find(name);
        if (!found)
            out_.refuse(4001, what_ + " lacks `" + std::string{name} + "`");
        return found;
    }
    const json_value* text(std::string_view name, bool required = true) {
        return kind(name, required, json_value::kind::string, "a string");
    }
    const json_value* truth(std::string_view name, bool required) {
        return kind(name, required, json_value::kind::boolean, "a boolean");
    }
    const json_value* array(std::string_view name, bool required) {
        return kind(name, required, json_value::kind::array, "an array");
    }
    std::optional<std::int64_t> integer(std::string_view name, bool required) {
        const auto* found = required ? need(name) : data_.find(name);
        if (!found)
            return {};
        const auto number = found->integer();
        if (!number)
            wrong(name, "an integer");
        return number;
    }
    void id(std::string_view name) {
        const auto* found = need(name);
        if (found && !found->id())
            wrong(name, "an id in a string (GW-SEND-22)");
    }
    void only(std::initializer_list<std::string_view> known) {
        for (const auto& [name, value] : data_.members())
            if (std::find(known.begin(), known.end(), name) == known.end())
                out_.note(what_ + " has a member that Discord does not know: `" + name + "`");
    }
    void wrong(std::string_view name, std::string_view wanted) {
        out_.refuse(4001,
                    "`" + std::string{name} + "` of " + what_ + " is not " + std::string{wanted});
    }

private:
    const json_value* kind(std::string_view name, bool required, json_value::kind wanted,
                           std::string_view words) {
        const auto* found = required ? need(name) : data_.find(name);
        if (!found)
            return nullptr;
        if (found->what() != wanted) {
            wrong(name, words);
            return nullptr;
        }
        return found;
    }

    verdict& out_;
    std::string what_;
    const json_value& data_;
};

void check_presence(verdict& out, const json_value& data, std::string what) {
    if (!data.is_object()) {
        out.refuse(4001, what + " is not an object");
        return;
    }
    member_check check{out, what, data};
    check.only({"since", "activities", "status", "afk"});
    const auto* since = check.need("since");
    if (since && !since->is_null() && !since->integer())
        check.wrong("since", "milliseconds or null");
    check.array("activities", true);
    check.truth("afk", true);
    if (const auto* status = check.text("status")) {
        static constexpr std::string_view known[] = {"online", "dnd", "idle", "invisible",
                                                     "offline"};
        if (std::find(std::begin(known), std::end(known), status->text()) == std::end(known))
            check.wrong("status", "online, dnd, idle, invisible or offline");
    }
}

void check_token(verdict& out, const json_value* given, std::string_view token) {
    if (!given)
        return;
    if (given->text().rfind("Bot ", 0) == 0)
        out.note("the token carries the prefix `Bot ` (GW-ID-3)");
    if (given->text() != token)
        out.refuse(4004, "the token is wrong");
}

void check_intents(verdict& out, std::int64_t bits, intents privileged) {
    const auto asked = static_cast<std::uint64_t>(bits);
    if (bits < 0 || (asked & ~intents::all().bits()) != 0)
        out.refuse(4013, "Identify asks for intents that do not exist: " + std::to_string(bits));
    const auto denied = intents{asked} & intents::privileged() & ~privileged;
    if (!denied.empty())
        out.refuse(4014, "Identify asks for intents that are not switched on: " +
                             std::to_string(denied.bits()));
}

void check_shard(verdict& out, const json_value* given, std::size_t guilds, shard_id& shard) {
    if (!given) {
        if (guilds >= 2500)
            out.refuse(4011, "Identify names no shard, but the bot is in 2500 guilds or more");
        return;
    }
    const auto& pair = given->items();
    const auto index = pair.size() == 2 ? pair[0].integer() : std::nullopt;
    const auto count = pair.size() == 2 ? pair[1].integer() : std::nullopt;
    if (!index || !count || *index < 0 || *index >= *count || *count > 100000) {
        out.refuse(4010, "`shard` of Identify is not [index, count]: " + given->dump());
        return;
    }
    shard = {static_cast<int>(*index), static_cast<int>(*count)};
    if (guilds / static_cast<std::size_t>(*count) >= 2500)
        out.refuse(4011, "a shard would have more than 2500 guilds");
}

void check_members_request(verdict& out, const json_value& data) {
    member_check check{out, "Request Guild Members", data};
    check.only({"guild_id", "query", "limit", "presences", "user_ids", "nonce"});
    check.id("guild_id");
    const auto* query = check.text("query", false);
    const auto* ids = data.find("user_ids");
    if ((data.find("query") != nullptr) == (ids != nullptr))
        out.refuse(4001, "Request Guild Members needs exactly one of `query` and `user_ids`");
    if (query)
        check.integer("limit", true);
    check.truth("presences", false);
    const auto* nonce = check.text("nonce", false);
    if (nonce && nonce->text().size() > 32)
        out.note("`nonce` is longer than 32 bytes and ignored (GW-REQ-6)");
    if (ids && ids->is_array() && ids->items().size() > 100)
        out.refuse(4001, "`user_ids` has more than 100 ids");
}

} // namespace

gateway_query read_query(std::string_view target) {
    gateway_query out;
    const auto mark = target.find('?');
    const auto path = target.substr(0, mark);
    if (path.empty() || path.front() != '/')
        out.sentences.push_back("the target has no path: " + std::string{target});
    auto rest = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
    while (!rest.empty()) {
        const auto end = rest.find('&');
        const auto pair = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        const auto equals = pair.find('=');
        const auto name = pair.substr(0, equals);
        const std::string value{equals == std::string_view::npos ? std::string_view{}
                                                                 : pair.substr(equals + 1)};
        if (name == "v")
            out.version = value;
        else if (name == "encoding")
            out.encoding = value;
        else if (name == "compress")
            out.compress = value;
        else
            out.sentences.push_back("the gateway has no parameter `" + std::string{name} +
                                    "` (GW-CONN-4)");
    }
    if (out.version.empty())
        out.sentences.push_back("the gateway URL lacks `v=10` (GW-CONN-6)");
    if (out.encoding != "json")
        out.sentences.push_back("the gateway URL lacks `encoding=json` (GW-CONN-4)");
    if (!out.compress.empty() && out.compress != "zlib-stream" && out.compress != "zstd-stream")
        out.sentences.push_back("there is no compression `" + out.compress + "`");
    return out;
}

verdict check_identify(const json_value& data, const identify_rules& rules, identify_request& out) {
    verdict result;
    if (!data.is_object()) {
        result.refuse(4002, "`d` of Identify is not an object");
        return result;
    }
    member_check check{result, "Identify", data};
    check.only(
        {"token", "properties", "compress", "large_threshold", "shard", "presence", "intents"});
    check_token(result, check.text("token"), rules.token);
    const auto* properties = check.need("properties");
    if (properties && !properties->is_object())
        check.wrong("properties", "an object");
    if (properties) {
        member_check inner{result, "`properties`", *properties};
        inner.only({"os", "browser", "device"});
        for (const auto* name : {"os", "browser", "device"})
            inner.text(name);
    }
    if (const auto bits = check.integer("intents", true)) {
        check_intents(result, *bits, rules.privileged);
        out.wanted = intents{static_cast<std::uint64_t>(*bits)};
    }
    const auto* compress = check.truth("compress", false);
    if (compress && compress->truth())
        result.note(rules.transport_compression
                        ? "payload compression beside transport compression (GW-ID-9)"
                        : "payload compression is not emulated: payloads come as plain text");
    if (const auto large = check.integer("large_threshold", false)) {
        if (*large < 50 || *large > 250)
            check.wrong("large_threshold", "50 to 250 (GW-ID-6)");
        out.large_threshold = static_cast<int>(*large);
    }
    check_shard(result, data.find("shard"), rules.guilds, out.shard);
    if (const auto* presence = data.find("presence"))
        check_presence(result, *presence, "`presence` of Identify");
    return result;
}

verdict check_resume(const json_value& data, std::string_view token, resume_request& out) {
    verdict result;
    if (!data.is_object()) {
        result.refuse(4002, "`d` of Resume is not an object");
        return result;
    }
    member_check check{result, "Resume", data};
    check.only({"token", "session_id", "seq"});
    check_token(result, check.text("token"), token);
    if (const auto* id = check.text("session_id"))
        out.session_id = id->text();
    if (const auto sequence = check.integer("seq", true))
        out.sequence = *sequence;
    return result;
}

verdict check_heartbeat(const json_value* data, std::int64_t sent) {
    verdict result;
    if (!data) {
        result.refuse(4001, "a heartbeat without `d`");
        return result;
    }
    if (data->is_null())
        return result;
    const auto number = data->integer();
    if (!number)
        result.refuse(4001, "`d` of a heartbeat is neither null nor an integer");
    else if (*number > sent)
        result.note("a heartbeat carries " + std::to_string(*number) + ", but only " +
                    std::to_string(sent) + " was sent (GW-HB-4)");
    return result;
}

verdict check_command(int op, const json_value& data) {
    verdict result;
    if (!data.is_object()) {
        result.refuse(4002, "`d` of op " + std::to_string(op) + " is not an object");
        return result;
    }
    switch (op) {
    case 3:
        check_presence(result, data, "Presence Update");
        break;
    case 4: {
        member_check check{result, "Voice State Update", data};
        check.only({"guild_id", "channel_id", "self_mute", "self_deaf"});
        check.id("guild_id");
        const auto* where = check.need("channel_id");
        if (where && !where->is_null() && !where->id())
            check.wrong("channel_id", "an id in a string, or null");
        check.truth("self_mute", true);
        check.truth("self_deaf", true);
        break;
    }
    case 8:
        check_members_request(result, data);
        break;
    case 31: {
        member_check check{result, "Request Soundboard Sounds", data};
        check.only({"guild_ids"});
        check.array("guild_ids", true);
        break;
    }
    case 43: {
        member_check check{result, "Request Channel Info", data};
        check.only({"guild_id", "fields"});
        check.id("guild_id");
        check.array("fields", true);
        break;
    }
    default:
        result.refuse(4001, "op " + std::to_string(op) + " is not for clients");
    }
    return result;
}

} // namespace strandcord::testing
