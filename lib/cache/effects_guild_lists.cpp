// What a guild has lists of: emojis, stickers, sounds, stages, scheduled events.

#include "cache/effects.hpp"

#include <algorithm>

namespace strandcord::cache {

namespace {

void put_listed(change& to, entity_kind kind, const json_view& data, std::string_view id = "id") {
    const snowflake guild = data["guild_id"].id();
    if (guild && to.open(guild))
        to.note(kind, to.merge(change::in_guild(kind, guild, data[id].id()), data));
}

void remove(change& to, entity_kind kind, const json_view& data, std::string_view id = "id") {
    to.note(kind, to.remove(change::in_guild(kind, data["guild_id"].id(), data[id].id())));
}

void put_all(change& to, entity_kind kind, const json_view& data, std::string_view list,
             std::string_view id = "id") {
    const snowflake guild = data["guild_id"].id();
    if (guild && to.open(guild) && data[list].is_array())
        to.replace_all(kind, guild, data[list], id);
}

void on_emojis(change& to, const json_view& data) {
    put_all(to, entity_kind::emoji, data, "emojis");
}
void on_stickers(change& to, const json_view& data) {
    put_all(to, entity_kind::sticker, data, "stickers");
}
void on_sounds(change& to, const json_view& data) {
    put_all(to, entity_kind::soundboard_sound, data, "soundboard_sounds", "sound_id");
}
void on_sound(change& to, const json_view& data) {
    put_listed(to, entity_kind::soundboard_sound, data, "sound_id");
}
void on_sound_delete(change& to, const json_view& data) {
    remove(to, entity_kind::soundboard_sound, data, "sound_id");
}

void on_stage(change& to, const json_view& data) {
    put_listed(to, entity_kind::stage_instance, data);
}
void on_stage_delete(change& to, const json_view& data) {
    remove(to, entity_kind::stage_instance, data);
}

void on_scheduled(change& to, const json_view& data) {
    constexpr int completed = 3;
    constexpr int cancelled = 4;
    const auto status = data["status"].integer();
    if (status == completed || status == cancelled)
        remove(to, entity_kind::scheduled_event, data);
    else
        put_listed(to, entity_kind::scheduled_event, data);
}
void on_scheduled_delete(change& to, const json_view& data) {
    remove(to, entity_kind::scheduled_event, data);
}

void count_subscriber(change& to, const json_view& data, bool added) {
    const snowflake guild = data["guild_id"].id();
    const snowflake event = data["guild_scheduled_event_id"].id();
    const snowflake user = data["user_id"].id();
    const auto where = change::in_guild(entity_kind::scheduled_event, guild, event);
    store& all = to.the_store();
    if (!to.wants(entity_kind::scheduled_event) || !user ||
        !all.switched(repeats::name(event.value, user.value, all.load_of(guild)), added))
        return;
    to.note(where.kind, to.edit(where, [&](value_ref object) {
        const value_ref count = object.member("user_count");
        const auto before = codec::integer_of(count);
        if (before)
            codec::set_integer(count, std::max<std::int64_t>(0, *before + (added ? 1 : -1)));
        return before.has_value();
    }));
}
void on_subscriber_add(change& to, const json_view& data) {
    count_subscriber(to, data, true);
}
void on_subscriber_remove(change& to, const json_view& data) {
    count_subscriber(to, data, false);
}

constexpr effect guild_list_rows[] = {
    {"GUILD_EMOJIS_UPDATE", on_emojis},
    {"GUILD_STICKERS_UPDATE", on_stickers},
    {"GUILD_SOUNDBOARD_SOUND_CREATE", on_sound},
    {"GUILD_SOUNDBOARD_SOUND_UPDATE", on_sound},
    {"GUILD_SOUNDBOARD_SOUND_DELETE", on_sound_delete},
    {"GUILD_SOUNDBOARD_SOUNDS_UPDATE", on_sounds},
    {"SOUNDBOARD_SOUNDS", on_sounds},
    {"STAGE_INSTANCE_CREATE", on_stage},
    {"STAGE_INSTANCE_UPDATE", on_stage},
    {"STAGE_INSTANCE_DELETE", on_stage_delete},
    {"GUILD_SCHEDULED_EVENT_CREATE", on_scheduled},
    {"GUILD_SCHEDULED_EVENT_UPDATE", on_scheduled},
    {"GUILD_SCHEDULED_EVENT_DELETE", on_scheduled_delete},
    {"GUILD_SCHEDULED_EVENT_USER_ADD", on_subscriber_add},
    {"GUILD_SCHEDULED_EVENT_USER_REMOVE", on_subscriber_remove},
};

} // namespace

std::span<const effect> guild_list_effects() noexcept {
    return guild_list_rows;
}

} // namespace strandcord::cache
