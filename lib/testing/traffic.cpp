#include "testing/traffic.hpp"

#include "testing/json.hpp"

#include <strandcord/error.hpp>

#include <algorithm>
#include <array>

namespace strandcord::testing {

using detail::hub;

populated populate(hub& where, const population& wanted) {
    populated out;
    where.act([&](hub& self) {
        auto& state = self.state;
        for (std::size_t i = 0; i < wanted.users; ++i)
            out.users.push_back(state.add_user("user-" + std::to_string(i)));
        for (std::size_t g = 0; g < wanted.guilds; ++g) {
            const auto guild = state.add_guild("guild-" + std::to_string(g));
            out.guilds.push_back(guild);
            for (std::size_t c = 0; c < wanted.channels; ++c)
                out.channels.push_back(state.add_channel(guild, "channel-" + std::to_string(c)));
            for (const auto user : out.users)
                state.add_member(guild, user);
            const auto inside = state.find_guild(guild)->members.size();
            if (wanted.members > inside)
                state.populate(guild, wanted.members - inside);
        }
    });
    return out;
}

traffic::traffic(hub& hub, populated where, std::uint64_t seed)
    : hub_{&hub}
    , where_{std::move(where)}
    , random_{static_cast<std::minstd_rand::result_type>(seed % 2147483646 + 1)} {
    if (where_.channels.empty() || where_.users.empty())
        throw error{errc::invalid_configuration,
                    "Traffic needs at least one guild with a channel, and one user."};
}

snowflake traffic::any(const std::vector<snowflake>& of) {
    return of[random_() % of.size()];
}

std::string traffic::sentence() {
    static constexpr std::array words{
        "the",   "gateway", "sings",   "while", "shards", "drift",  "and",  "a",
        "heart", "beats",   "against", "every", "quiet",  "socket", "café", "naïve",
        "🔥",    "resumes", "after",   "rain",  "日本",   "events", "pass", "\"quoted\"",
    };
    std::string out;
    const auto length = 3 + random_() % 20;
    for (std::size_t i = 0; i < length; ++i) {
        if (!out.empty())
            out += ' ';
        out += words[random_() % words.size()];
    }
    return out;
}

snowflake traffic::say(std::string_view content, std::string_view nonce) {
    message_parts parts;
    parts.author = any(where_.users);
    parts.channel = any(where_.channels);
    parts.content = content;
    if (!nonce.empty())
        parts.nonce = json_quoted(nonce);
    last_channel_ = parts.channel;
    last_message_ = hub_->act([&parts](hub& self) { return self.state.send(parts).id; });
    ++said_;
    return parts.channel;
}

std::string_view traffic::next(std::string_view nonce) {
    const auto dice = random_() % 100;
    if (said_ == 0 || dice < 70) {
        say("#" + std::to_string(said_ + 1) + " " + sentence(), nonce);
        return "MESSAGE_CREATE";
    }
    const auto who = any(where_.users);
    const auto channel = last_channel_;
    const auto message = last_message_;
    const bool there = hub_->locked(
        [=](hub& self) { return self.state.find_message(channel, message) != nullptr; });
    if (dice < 78 && there) {
        const auto text = sentence();
        hub_->act([&](hub& self) { self.state.edit(channel, message, text); });
        return "MESSAGE_UPDATE";
    }
    if (dice < 86) {
        hub_->act([&](hub& self) { self.state.react(who, channel, message, "👍", true); });
        return "MESSAGE_REACTION_ADD";
    }
    if (dice < 96) {
        hub_->act([&](hub& self) { self.state.type(who, channel); });
        return "TYPING_START";
    }
    if (dice < 98) {
        const auto guild = any(where_.guilds);
        hub_->act([&](hub& self) {
            const auto& member = self.state.find_guild(guild)->members.at(who);
            self.state.set_online(guild, who, !member.online);
        });
        return "PRESENCE_UPDATE";
    }
    hub_->act([&](hub& self) { self.state.erase(channel, message); });
    return "MESSAGE_DELETE";
}

std::optional<scripted_event> parse_scripted_event(std::string_view line) {
    if (line.find_first_not_of(" \t\r") == std::string_view::npos)
        return {};
    const auto whole = json_value::parse(line);
    if (!whole || !whole->is_object())
        throw error{errc::malformed_payload, "The line is no JSON object."};
    scripted_event out;
    out.type = whole->text_of("t");
    const auto* data = whole->find("d");
    if (out.type.empty() || !data)
        throw error{errc::malformed_payload,
                    "The line lacks the event's name `t` or its payload `d`."};
    out.data = data->dump();
    const auto* guild = whole->find("guild_id");
    if (guild && !guild->id())
        throw error{errc::malformed_payload, "`guild_id` of the line is not an id in a string."};
    if (!guild)
        guild = data->find(
            out.type.rfind("GUILD_", 0) == 0 && !data->find("guild_id") ? "id" : "guild_id");
    if (guild && guild->id())
        out.guild = *guild->id();
    if (const auto* after = whole->find("after_ms")) {
        const auto wait = after->integer();
        if (!wait || *wait < 0)
            throw error{errc::malformed_payload, "`after_ms` is not a number of milliseconds."};
        out.after = std::chrono::milliseconds{*wait};
    }
    return out;
}

void play(hub& where, const scripted_event& what) {
    where.gateway_face.dispatch(what.type, what.data, what.guild);
}

} // namespace strandcord::testing
