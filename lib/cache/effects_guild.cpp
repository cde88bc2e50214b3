#include "cache/effects.hpp"

namespace strandcord::cache {

namespace {

change::target guild_place(snowflake id) noexcept {
    return {entity_kind::guild, {}, {}, id};
}

/// Inside GUILD_CREATE own memberships lack the ids (GW-GUILD-10).
void fill_own_membership(change& to, value_ref thread) {
    const value_ref member = thread.member("member").held();
    if (!member)
        return;
    codec::set_id(member.member("id"), codec::id_of(thread.member("id")));
    codec::set_id(member.member("user_id"), to.the_store().own_id());
}

void load_members(change& to, snowflake guild, const json_view& list) {
    to.replace_all(entity_kind::member, guild, list, "user.id");
    if (to.wants(entity_kind::user))
        list.each([&](const json_view& member) { to.upsert_user(member["user"]); });
}

void on_guild_create(change& to, const json_view& data) {
    const snowflake id = data["id"].id();
    if (!id)
        return;
    store& all = to.the_store();
    if (data["unavailable"].is_true()) {
        to.note(entity_kind::guild, to.peek(guild_place(id)), id);
        all.begin_outage(id, to.feed());
        return;
    }
    const auto count = data["member_count"].integer().value_or(0);
    all.set_facts(id, {guild_availability::available, count, data["large"].is_true(), to.feed(),
                       all.next_load()});
    to.note(entity_kind::guild, to.replace(guild_place(id), data), id);
    to.replace_all(entity_kind::role, id, data["roles"]);
    to.replace_all(entity_kind::emoji, id, data["emojis"]);
    to.replace_all(entity_kind::sticker, id, data["stickers"]);
    to.replace_all(entity_kind::channel, id, data["channels"]);
    to.replace_all(entity_kind::thread, id, data["threads"], "id",
                   [&](value_ref fresh, value_ref) { fill_own_membership(to, fresh); });
    load_members(to, id, data["members"]);
    to.replace_all(entity_kind::presence, id, data["presences"], "user.id");
    to.replace_all(entity_kind::voice_state, id, data["voice_states"], "user_id");
    to.replace_all(entity_kind::stage_instance, id, data["stage_instances"]);
    to.replace_all(entity_kind::scheduled_event, id, data["guild_scheduled_events"]);
    to.replace_all(entity_kind::soundboard_sound, id, data["soundboard_sounds"], "sound_id");
}

/// Lacks what only GUILD_CREATE has, so it is merged (GW-GUILD-11).
void on_guild_update(change& to, const json_view& data) {
    const snowflake id = data["id"].id();
    if (!id || !to.open(id))
        return;
    to.note(entity_kind::guild, to.merge_known(guild_place(id), data), id);
    if (const auto roles = data["roles"])
        to.replace_all(entity_kind::role, id, roles);
    if (const auto emojis = data["emojis"])
        to.replace_all(entity_kind::emoji, id, emojis);
    if (const auto stickers = data["stickers"])
        to.replace_all(entity_kind::sticker, id, stickers);
}

void on_guild_delete(change& to, const json_view& data) {
    const snowflake id = data["id"].id();
    if (!id)
        return;
    to.note(entity_kind::guild, to.peek(guild_place(id)), id);
    if (data["unavailable"].is_true())
        to.the_store().begin_outage(id, to.feed());
    else
        to.the_store().forget(id);
}

void on_role(change& to, const json_view& data) {
    const snowflake guild = data["guild_id"].id();
    const json_view role = data["role"];
    if (guild && to.open(guild))
        to.note(entity_kind::role,
                to.replace(change::in_guild(entity_kind::role, guild, role["id"].id()), role));
}

/// Which of the member's roles it is.
std::optional<std::size_t> role_of(value_ref member, snowflake role) {
    const value_ref roles = member.member("roles");
    for (std::size_t i = 0; i < codec::count_of(roles); ++i)
        if (codec::id_of(codec::element_of(roles, i)) == role)
            return i;
    return std::nullopt;
}

void on_role_delete(change& to, const json_view& data) {
    const snowflake guild = data["guild_id"].id();
    const snowflake role = data["role_id"].id();
    to.note(entity_kind::role, to.remove(change::in_guild(entity_kind::role, guild, role)));
    for (const auto& one : to.all_of(entity_kind::member, guild)) {
        if (!role_of(one.object, role))
            continue;
        to.edit(change::in_guild(entity_kind::member, guild, one.id), [&](value_ref member) {
            while (const auto at = role_of(member, role))
                codec::erase_from(member.member("roles"), *at);
            return true;
        });
    }
}

constexpr effect guild_rows[] = {
    {"GUILD_CREATE", on_guild_create}, {"GUILD_UPDATE", on_guild_update},
    {"GUILD_DELETE", on_guild_delete}, {"GUILD_ROLE_CREATE", on_role},
    {"GUILD_ROLE_UPDATE", on_role},    {"GUILD_ROLE_DELETE", on_role_delete},
};

} // namespace

std::span<const effect> guild_effects() noexcept {
    return guild_rows;
}

} // namespace strandcord::cache
