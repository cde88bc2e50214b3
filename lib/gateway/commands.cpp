#include "gateway/commands.hpp"

#include <strandcord/error.hpp>
#include <strandcord/json.hpp>

#include <algorithm>
#include <array>
#include <boost/describe/class.hpp>
#include <cctype>
#include <cstdint>

namespace strandcord::gateway {

// The wire's forms. Discord documentation: events/gateway-events, "Send Events".

struct activity_body {
    std::string name = {};
    int type = 0;
    std::optional<std::string> state = {};
    std::optional<std::string> url = {};
};
BOOST_DESCRIBE_STRUCT(activity_body, (), (name, type, state, url))

struct presence_body {
    nullable<std::int64_t> since = std::nullopt;
    std::vector<activity_body> activities = {};
    std::string status = {};
    bool afk = false;
};
BOOST_DESCRIBE_STRUCT(presence_body, (), (since, activities, status, afk))

struct voice_state_body {
    snowflake guild_id = {};
    nullable<snowflake> channel_id = std::nullopt;
    bool self_mute = false;
    bool self_deaf = false;
};
BOOST_DESCRIBE_STRUCT(voice_state_body, (), (guild_id, channel_id, self_mute, self_deaf))

struct members_body {
    snowflake guild_id = {};
    std::optional<std::string> query = {};
    std::optional<int> limit = {};
    std::optional<std::vector<snowflake>> user_ids = {};
    std::optional<bool> presences = {};
    std::string nonce = {};
};
BOOST_DESCRIBE_STRUCT(members_body, (), (guild_id, query, limit, user_ids, presences, nonce))

struct sounds_body {
    std::vector<snowflake> guild_ids = {};
};
BOOST_DESCRIBE_STRUCT(sounds_body, (), (guild_ids))

struct channel_info_body {
    snowflake guild_id = {};
    std::vector<std::string> fields = {};
};
BOOST_DESCRIBE_STRUCT(channel_info_body, (), (guild_id, fields))

namespace {

constexpr std::array<const char*, 5> status_names{"online", "dnd", "idle", "invisible", "offline"};

[[noreturn]] void refuse(std::string sentence) {
    throw error{errc::invalid_argument, std::move(sentence)};
}

std::string name_of(online_status status) {
    const auto index = static_cast<std::size_t>(status);
    if (index >= status_names.size())
        refuse("a presence has the status online, dnd, idle, invisible or offline, not number " +
               std::to_string(index));
    return status_names[index];
}

/// The host of an `http(s)://` URL in small letters; empty for anything else.
std::string host_of(std::string_view url) {
    std::string out{url.substr(0, url.find_first_of("?#"))};
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (out.starts_with(scheme)) {
            out.erase(0, scheme.size());
            return out.substr(0, out.find('/'));
        }
    }
    return {};
}

void check_stream(std::string_view url) {
    const std::string host = host_of(url);
    for (const std::string_view site : {"twitch.tv", "youtube.com"})
        if (host == site || (host.ends_with(site) && host[host.size() - site.size() - 1] == '.'))
            return;
    refuse("Discord shows streams of twitch.tv and youtube.com only, not " + std::string{url});
}

activity_body encode(const activity_draft& draft) {
    activity_body out;
    out.name = draft.name();
    out.type = static_cast<int>(draft.what());
    out.state = draft.state();
    out.url = draft.url();
    if (out.name.empty())
        refuse("an activity needs a name");
    if (out.url)
        check_stream(*out.url);
    return out;
}

std::string payload(int op, const std::string& data) {
    return R"({"op":)" + std::to_string(op) + R"(,"d":)" + data + "}";
}

} // namespace

std::string presence_data(const presence_draft& draft, timestamp now) {
    presence_body body;
    body.status = name_of(draft.status());
    body.afk = draft.is_afk();
    if (draft.since() || draft.status() == online_status::idle) {
        const auto since = draft.since().value_or(now).value.time_since_epoch();
        body.since = std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
    }
    for (const auto& activity : draft.activities())
        body.activities.push_back(encode(activity));
    return to_json(body);
}

std::string presence_command(const presence_draft& draft, timestamp now) {
    return payload(3, presence_data(draft, now));
}

std::string voice_state_command(snowflake guild, std::optional<snowflake> channel, bool mute,
                                bool deaf) {
    voice_state_body body;
    body.guild_id = guild;
    if (channel)
        body.channel_id = *channel;
    body.self_mute = mute;
    body.self_deaf = deaf;
    return payload(4, to_json(body));
}

std::string members_command(const member_request& what, std::string_view nonce) {
    members_body body;
    body.guild_id = what.guild();
    if (what.users()) {
        body.user_ids = what.users();
    } else {
        body.query = what.prefix().value_or("");
        body.limit = what.limit();
    }
    if (what.wants_presences())
        body.presences = true;
    body.nonce = nonce;
    return payload(8, to_json(body));
}

std::string sounds_command(const std::vector<snowflake>& guilds) {
    sounds_body body;
    body.guild_ids = guilds;
    return payload(31, to_json(body));
}

std::string channel_info_command(snowflake guild, channel_info_fields fields) {
    channel_info_body body;
    body.guild_id = guild;
    if (fields != channel_info_fields::voice_start_time)
        body.fields.emplace_back("status");
    if (fields != channel_info_fields::status)
        body.fields.emplace_back("voice_start_time");
    return payload(43, to_json(body));
}

void check_member_request(const member_request& what, intents asked) {
    if (const auto& users = what.users(); users && (users->empty() || users->size() > 100))
        refuse("members are asked for by 1 to 100 ids, not " + std::to_string(users->size()));
    if (what.prefix() && (what.limit() < 1 || what.limit() > 100))
        refuse("the limit of members asked for by name is 1 to 100, not " +
               std::to_string(what.limit()));
    const bool everybody = what.asks_all() || (what.prefix() && what.prefix()->empty());
    if (everybody && !asked.has(intent::guild_members))
        refuse("members can only be asked for without a name with the privileged intent "
               "guild_members; enable it in the developer portal and name it in "
               "bot_config::privileged");
    if (what.wants_presences() && !asked.has(intent::guild_presences))
        refuse("presences of members can only be asked for with the privileged intent "
               "guild_presences; enable it in the developer portal and name it in "
               "bot_config::privileged");
    if (what.patience().count() <= 0)
        refuse("the patience of a member request must be longer than zero");
}

void check_guild(snowflake guild, shard_id shard) {
    const shard_id right = shard_of(guild, shard.count);
    if (!guild)
        refuse("a guild's id is missing");
    if (right != shard)
        refuse("guild " + to_string(guild) + " is on shard " + std::to_string(right.index) +
               " of " + std::to_string(right.count) + ", not on shard " +
               std::to_string(shard.index) + ": use shard_of(guild)");
}

} // namespace strandcord::gateway
