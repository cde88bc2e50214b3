#include "cache/effects.hpp"

namespace strandcord::cache {

namespace {

/// Whether the user joins or leaves, and has not done so before since the guild was loaded.
bool first_time(change& to, snowflake guild, snowflake user, bool joins) {
    store& all = to.the_store();
    return all.switched(
        repeats::name(entity_kind::member, guild.value, user.value, all.load_of(guild)), joins);
}

void count_member(change& to, snowflake guild, std::int64_t by) {
    const auto count = to.the_store().change_member_count(guild, by);
    if (!count)
        return;
    // A projection of the guild may have the number.
    to.edit({entity_kind::guild, {}, {}, guild}, [&](value_ref object) {
        const value_ref member_count = object.member("member_count");
        if (member_count)
            codec::set_integer(member_count, *count);
        return bool{member_count};
    });
}

void on_member_add(change& to, const json_view& data) {
    const snowflake guild = data["guild_id"].id();
    const snowflake user = data["user"]["id"].id();
    if (!guild || !user || !to.open(guild))
        return;
    // It may come for someone who is a member already.
    const bool known = to.peek(change::in_guild(entity_kind::member, guild, user)) != nullptr;
    auto old = to.upsert_member(guild, data, data["user"]);
    to.note(entity_kind::member, std::move(old));
    if (first_time(to, guild, user, true) && !known)
        count_member(to, guild, 1);
}

void on_member_update(change& to, const json_view& data) {
    to.note(entity_kind::member, to.upsert_member(data["guild_id"].id(), data, data["user"]));
}

void on_member_remove(change& to, const json_view& data) {
    const snowflake guild = data["guild_id"].id();
    const snowflake user = data["user"]["id"].id();
    if (!guild || !user)
        return;
    to.upsert_user(data["user"]);
    to.note(entity_kind::member, to.remove(change::in_guild(entity_kind::member, guild, user)));
    to.remove(change::in_guild(entity_kind::voice_state, guild, user));
    to.remove(change::in_guild(entity_kind::presence, guild, user));
    if (first_time(to, guild, user, false))
        count_member(to, guild, -1);
}

object_ptr put_presence(change& to, snowflake guild, const json_view& data) {
    if (!guild || !to.open(guild))
        return nullptr;
    to.upsert_user(data["user"]);
    return to.merge(change::in_guild(entity_kind::presence, guild, data["user"]["id"].id()), data);
}

void on_chunk(change& to, const json_view& data) {
    const snowflake guild = data["guild_id"].id();
    data["members"].each(
        [&](const json_view& member) { to.upsert_member(guild, member, member["user"]); });
    data["presences"].each([&](const json_view& presence) { put_presence(to, guild, presence); });
}

void on_presence(change& to, const json_view& data) {
    to.note(entity_kind::presence, put_presence(to, data["guild_id"].id(), data));
}

void on_voice_state(change& to, const json_view& data) {
    const snowflake guild = data["guild_id"].id();
    if (!guild || !to.open(guild))
        return;
    const auto where = change::in_guild(entity_kind::voice_state, guild, data["user_id"].id());
    to.note(entity_kind::voice_state,
            data["channel_id"].id() ? to.replace(where, data) : to.remove(where));
    to.upsert_member(guild, data["member"], data["member"]["user"]);
}

void on_typing(change& to, const json_view& data) {
    to.upsert_member(data["guild_id"].id(), data["member"], data["member"]["user"]);
}

constexpr effect member_rows[] = {
    {"GUILD_MEMBER_ADD", on_member_add},
    {"GUILD_MEMBER_UPDATE", on_member_update},
    {"GUILD_MEMBER_REMOVE", on_member_remove},
    {"GUILD_MEMBERS_CHUNK", on_chunk},
    {"PRESENCE_UPDATE", on_presence},
    {"VOICE_STATE_UPDATE", on_voice_state},
    {"TYPING_START", on_typing},
};

} // namespace

std::span<const effect> member_effects() noexcept {
    return member_rows;
}

} // namespace strandcord::cache
