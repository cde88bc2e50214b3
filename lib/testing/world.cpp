#include "testing/world.hpp"

#include "testing/json.hpp"

#include <strandcord/timestamp.hpp>

#include <stdexcept>

namespace strandcord::testing {

namespace {

// Milliseconds from Discord's epoch to 2024-01-01: where the emulator's time begins.
constexpr std::uint64_t first_millisecond = 283996800000;
constexpr std::uint64_t discord_epoch = 1420070400000;

} // namespace

world::world(std::uint64_t seed, publisher publish)
    : publish_{std::move(publish)}
    , random_{static_cast<std::minstd_rand::result_type>(seed * 2654435761U + 1)}
    , last_millisecond_{first_millisecond + seed % 1000} {
    bot_ = {next_id(), "emulated-bot", true};
    users_.emplace(bot_.id, bot_);
}

snowflake world::next_id() {
    const auto now = first_millisecond +
                     static_cast<std::uint64_t>(
                         std::chrono::duration_cast<std::chrono::milliseconds>(elapsed_).count());
    last_millisecond_ = std::max(last_millisecond_ + 1, now);
    return {last_millisecond_ << 22 | (random_() & 0x3FFFFF)};
}

std::string world::time_of(snowflake id) {
    const std::chrono::milliseconds since{
        static_cast<std::int64_t>((id.value >> 22) + discord_epoch)};
    return to_string(timestamp{std::chrono::sys_time<std::chrono::microseconds>{since}});
}

std::int64_t world::now_seconds() const noexcept {
    return static_cast<std::int64_t>((last_millisecond_ + discord_epoch) / 1000);
}

guild_data& world::guild(snowflake id) {
    const auto found = guilds_.find(id);
    if (found == guilds_.end())
        throw std::out_of_range{"the emulator has no guild " + to_string(id)};
    return found->second;
}

channel_data& world::channel(snowflake id) {
    const auto found = channels_.find(id);
    if (found == channels_.end())
        throw std::out_of_range{"the emulator has no channel " + to_string(id)};
    return found->second;
}

const guild_data* world::find_guild(snowflake id) const {
    const auto found = guilds_.find(id);
    return found == guilds_.end() ? nullptr : &found->second;
}

const channel_data* world::find_channel(snowflake id) const {
    const auto found = channels_.find(id);
    return found == channels_.end() ? nullptr : &found->second;
}

const user_data* world::find_user(snowflake id) const {
    const auto found = users_.find(id);
    return found == users_.end() ? nullptr : &found->second;
}

const message_data* world::find_message(snowflake channel, snowflake id) const {
    const auto* where = find_channel(channel);
    if (!where)
        return nullptr;
    for (const auto& each : where->messages)
        if (each.id == id)
            return &each;
    return nullptr;
}

snowflake world::add_guild(std::string_view name) {
    guild_data made;
    made.id = next_id();
    made.name = name;
    made.joined_at = time_of(made.id);
    // The role everyone has carries the guild's id.
    made.roles.push_back({made.id, "@everyone", 0x0000000000637E41ULL, 0, 0});
    made.roles.push_back({next_id(), "Moderators", 0x000000000063FE46ULL, 1, 0x3498DB});
    auto& kept = guilds_.emplace(made.id, std::move(made)).first->second;
    add_quietly(kept, bot_.id);
    kept.owner = add_user(std::string{name} + "-owner");
    add_quietly(kept, kept.owner);
    publish_({"GUILD_CREATE", {}, kept.id});
    return kept.id;
}

snowflake world::add_channel(snowflake id, std::string_view name) {
    auto& where = guild(id);
    channel_data made;
    made.id = next_id();
    made.guild = id;
    made.name = name;
    made.position = static_cast<int>(where.channels.size());
    const auto& kept = channels_.emplace(made.id, std::move(made)).first->second;
    where.channels.push_back(kept.id);
    publish_({"CHANNEL_CREATE", channel_json(kept, true), id});
    return kept.id;
}

snowflake world::add_user(std::string_view name) {
    const auto id = next_id();
    users_.emplace(id, user_data{id, std::string{name}, false});
    return id;
}

snowflake world::direct_channel(snowflake user) {
    for (const auto& [id, each] : channels_)
        if (each.recipient == user)
            return id;
    channel_data made;
    made.id = next_id();
    made.recipient = user;
    const auto id = made.id;
    channels_.emplace(id, std::move(made));
    return id;
}

void world::add_quietly(guild_data& where, snowflake user) {
    member_data made;
    made.user = user;
    made.joined_at = time_of(next_id());
    made.online = true;
    where.members.emplace(user, std::move(made));
}

void world::add_member(snowflake id, snowflake user) {
    auto& where = guild(id);
    if (where.members.count(user) != 0)
        return;
    add_quietly(where, user);
    json_object out;
    out.splice(member_json(where.members.at(user), true)).id("guild_id", id);
    publish_({"GUILD_MEMBER_ADD", std::move(out).done(), id});
}

void world::remove_member(snowflake id, snowflake user) {
    auto& where = guild(id);
    if (where.members.erase(user) == 0)
        return;
    json_object out;
    out.id("guild_id", id).raw("user", user_json(users_.at(user)));
    publish_({"GUILD_MEMBER_REMOVE", std::move(out).done(), id});
}

void world::populate(snowflake id, std::size_t members) {
    auto& where = guild(id);
    const auto moderators = where.roles.back().id;
    for (std::size_t i = 0; i < members; ++i) {
        const auto user = add_user("member-" + std::to_string(where.members.size()));
        add_quietly(where, user);
        auto& made = where.members.at(user);
        made.online = random_() % 3 == 0;
        if (random_() % 8 == 0)
            made.roles.push_back(moderators);
        if (random_() % 4 == 0)
            made.nick = "nick " + std::to_string(random_() % 1000);
    }
}

void world::rename_guild(snowflake id, std::string_view name) {
    auto& which = guild(id);
    which.name = name;
    publish_({"GUILD_UPDATE", guild_json(which), id});
}

void world::set_down(snowflake id, bool down) {
    auto& which = guild(id);
    if (which.down == down)
        return;
    which.down = down;
    if (down)
        publish_({"GUILD_DELETE",
                  std::move(json_object{}.id("id", id).boolean("unavailable", true)).done(), id});
    else
        publish_({"GUILD_CREATE", {}, id});
}

void world::set_bot_inside(snowflake id, bool inside) {
    auto& which = guild(id);
    if (which.has_bot == inside)
        return;
    which.has_bot = inside;
    if (inside)
        publish_({"GUILD_CREATE", {}, id});
    else
        publish_({"GUILD_DELETE", std::move(json_object{}.id("id", id)).done(), id});
}

void world::set_online(snowflake id, snowflake user, bool online) {
    auto& where = guild(id);
    auto& who = where.members.at(user);
    who.online = online;
    publish_({"PRESENCE_UPDATE", presence_json(where, who, true), id});
}

void world::publish_message(std::string_view type, const channel_data& where,
                            const message_data& what) {
    event out;
    out.type = type;
    out.data = message_event(where, what);
    // What only one person sees travels like a direct message (GW-DISP-10).
    out.guild = what.ephemeral ? snowflake{} : where.guild;
    out.content_for_all = content_for_all(where, what);
    publish_(std::move(out));
}

const message_data& world::send(const message_parts& parts) {
    auto& where = channel(parts.channel);
    if (where.guild && find_user(parts.author) &&
        guild(where.guild).members.count(parts.author) == 0)
        add_member(where.guild, parts.author);
    message_data made;
    made.id = next_id();
    made.author = parts.author;
    made.ephemeral = (parts.flags & message_parts::ephemeral) != 0;
    made.json = message_json(parts, made.id);
    where.messages.push_back(std::move(made));
    ++where.count;
    if (where.messages.size() > kept_messages)
        where.messages.pop_front();
    publish_message("MESSAGE_CREATE", where, where.messages.back());
    return where.messages.back();
}

void world::edit(snowflake channel, snowflake message, std::string_view content) {
    patch(channel, message, std::move(json_object{}.text("content", content)).done());
}

void world::patch(snowflake id, snowflake message, std::string_view changes) {
    auto& where = channel(id);
    for (auto& each : where.messages) {
        if (each.id != message)
            continue;
        auto whole = json_value::parse(each.json).value();
        const auto news = json_value::parse(changes).value();
        for (const auto& [name, value] : news.members())
            whole.set(name, value);
        whole.set("edited_timestamp", json_value::parse(json_quoted(time_of(next_id()))).value());
        each.json = whole.dump();
        publish_message("MESSAGE_UPDATE", where, each);
        return;
    }
    throw std::out_of_range{"the emulator has no message " + to_string(message)};
}

void world::erase(snowflake id, snowflake message) {
    auto& where = channel(id);
    std::erase_if(where.messages, [message](const auto& each) { return each.id == message; });
    json_object out;
    out.id("id", message).id("channel_id", id);
    if (where.guild)
        out.id("guild_id", where.guild);
    publish_({"MESSAGE_DELETE", std::move(out).done(), where.guild});
}

} // namespace strandcord::testing
