#include "cache/effects.hpp"

#include <algorithm>

namespace strandcord::cache {

namespace {

change::target thread_place(const json_view& thread, snowflake guild) {
    return change::in_guild(entity_kind::thread, guild, thread["id"].id());
}

/// Updates come without the own membership.
object_ptr put_thread(change& to, const json_view& data, snowflake guild) {
    return to.replace(thread_place(data, guild), data, [&](value_ref fresh, value_ref old) {
        const value_ref member = fresh.member("member");
        if (member && old && !data["member"])
            codec::assign(*member.type, old.member("member").at, member.at);
    });
}

void on_thread_create(change& to, const json_view& data) {
    const snowflake guild = data["guild_id"].id();
    if (!guild || !to.open(guild))
        return;
    to.note(entity_kind::thread, put_thread(to, data, guild));
    // In a forum or media channel a thread is what a message is elsewhere (GW-DISP-12).
    constexpr int forum = 15;
    constexpr int media = 16;
    if (!data["newly_created"].is_true())
        return;
    if (const auto where = to.channel_place(data["parent_id"].id()))
        to.edit(*where, [&](value_ref parent) {
            const auto type = codec::integer_of(parent.member("type"));
            const value_ref last = parent.member("last_message_id");
            if (!last || (type != forum && type != media) || codec::id_of(last) >= data["id"].id())
                return false;
            codec::set_id(last, data["id"].id());
            return true;
        });
}

void on_thread_update(change& to, const json_view& data) {
    const snowflake guild = data["guild_id"].id();
    if (!guild || !to.open(guild))
        return;
    // Only active threads are listed when a guild loads, so only those are kept at all.
    if (data["thread_metadata"]["archived"].is_true())
        to.note(entity_kind::thread, to.remove(thread_place(data, guild)));
    else
        to.note(entity_kind::thread, put_thread(to, data, guild));
}

void on_thread_delete(change& to, const json_view& data) {
    to.note(entity_kind::thread, to.remove(thread_place(data, data["guild_id"].id())));
    to.remove_messages(data["id"].id());
}

/// The own membership `member` of a thread.
object_ptr set_membership(change& to, const change::target& where, const json_view& member) {
    return to.edit(where, [&](value_ref thread) {
        const value_ref own = thread.member("member");
        if (!own)
            return false;
        codec::reset(own);
        codec::decode_report ignored;
        return member.decode(*own.type, own.at, ignored);
    });
}

/// All active threads of the channels named, or of the whole guild (GW-DISP-14).
void on_thread_sync(change& to, const json_view& data) {
    const snowflake guild = data["guild_id"].id();
    if (!to.wants(entity_kind::thread) || !guild || !to.open(guild))
        return;
    std::vector<snowflake> channels;
    data["channel_ids"].each([&](const json_view& one) { channels.push_back(one.id()); });
    const bool whole = !data["channel_ids"].is_array();
    std::vector<snowflake> listed;
    data["threads"].each([&](const json_view& one) { listed.push_back(one["id"].id()); });
    for (const auto& one : to.all_of(entity_kind::thread, guild)) {
        const snowflake parent = codec::id_of(one.object.member("parent_id"));
        const bool synced =
            whole || std::find(channels.begin(), channels.end(), parent) != channels.end();
        if (synced && std::find(listed.begin(), listed.end(), one.id) == listed.end())
            to.remove(change::in_guild(entity_kind::thread, guild, one.id));
    }
    data["threads"].each([&](const json_view& one) { put_thread(to, one, guild); });
    data["members"].each([&](const json_view& member) {
        set_membership(to, change::in_guild(entity_kind::thread, guild, member["id"].id()), member);
    });
}

void on_member(change& to, const json_view& data) {
    to.note(entity_kind::thread,
            set_membership(to, thread_place(data, data["guild_id"].id()), data));
}

void on_members(change& to, const json_view& data) {
    constexpr int private_thread = 12;
    const snowflake guild = data["guild_id"].id();
    const auto where = thread_place(data, guild);
    const snowflake own = to.the_store().own_id();
    bool left = false;
    data["removed_member_ids"].each([&](const json_view& id) { left = left || id.id() == own; });
    bool gone = false;
    to.note(entity_kind::thread, to.edit(where, [&](value_ref thread) {
        gone = left && codec::integer_of(thread.member("type")) == private_thread;
        if (left)
            if (const value_ref member = thread.member("member"))
                codec::reset(member);
        if (const auto count = data["member_count"].integer())
            codec::set_integer(thread.member("member_count"), *count);
        return true;
    }));
    if (gone)
        to.remove(where);
    data["added_members"].each([&](const json_view& added) {
        const json_view member = added["member"];
        to.upsert_member(guild, member, member["user"]);
        const json_view presence = added["presence"];
        if (guild && presence.is_object() && to.open(guild))
            to.merge(change::in_guild(entity_kind::presence, guild, presence["user"]["id"].id()),
                     presence);
        if (added["user_id"].id() == own && own)
            set_membership(to, where, added);
    });
}

constexpr effect thread_rows[] = {
    {"THREAD_CREATE", on_thread_create}, {"THREAD_UPDATE", on_thread_update},
    {"THREAD_DELETE", on_thread_delete}, {"THREAD_LIST_SYNC", on_thread_sync},
    {"THREAD_MEMBER_UPDATE", on_member}, {"THREAD_MEMBERS_UPDATE", on_members},
};

} // namespace

std::span<const effect> thread_effects() noexcept {
    return thread_rows;
}

} // namespace strandcord::cache
