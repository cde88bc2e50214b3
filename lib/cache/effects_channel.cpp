#include "cache/effects.hpp"

namespace strandcord::cache {

namespace {

void carry(value_ref fresh, value_ref old, const json_view& data, std::string_view name) {
    const value_ref to = fresh.member(name);
    if (to && old && !data[name])
        codec::assign(*to.type, old.member(name).at, to.at);
}

void on_channel(change& to, const json_view& data) {
    const snowflake guild = data["guild_id"].id();
    if (!to.open(guild))
        return;
    // Voice status and start time come in events of their own only.
    to.note(entity_kind::channel,
            to.replace(change::in_guild(entity_kind::channel, guild, data["id"].id()), data,
                       [&](value_ref fresh, value_ref old) {
                           carry(fresh, old, data, "status");
                           carry(fresh, old, data, "voice_start_time");
                       }));
}

void on_channel_delete(change& to, const json_view& data) {
    const snowflake guild = data["guild_id"].id();
    const snowflake id = data["id"].id();
    to.note(entity_kind::channel, to.remove(change::in_guild(entity_kind::channel, guild, id)));
    to.remove_messages(id);
    for (const auto& thread : to.all_of(entity_kind::thread, guild))
        if (codec::id_of(thread.object.member("parent_id")) == id) {
            to.remove(change::in_guild(entity_kind::thread, guild, thread.id));
            to.remove_messages(thread.id);
        }
    for (const auto& stage : to.all_of(entity_kind::stage_instance, guild))
        if (codec::id_of(stage.object.member("channel_id")) == id)
            to.remove(change::in_guild(entity_kind::stage_instance, guild, stage.id));
}

/// `data` names members of the channel `id`.
void merge_into(change& to, snowflake id, const json_view& data) {
    if (const auto where = to.channel_place(id))
        to.note(where->kind, to.merge_known(*where, data));
}

void on_pins(change& to, const json_view& data) {
    merge_into(to, data["channel_id"].id(), data);
}
void on_voice_channel(change& to, const json_view& data) {
    merge_into(to, data["id"].id(), data);
}
void on_channel_info(change& to, const json_view& data) {
    data["channels"].each([&](const json_view& one) {
        if (const auto where = to.channel_place(one["id"].id()))
            to.merge_known(*where, one);
    });
}

constexpr effect channel_rows[] = {
    {"CHANNEL_CREATE", on_channel},
    {"CHANNEL_UPDATE", on_channel},
    {"CHANNEL_DELETE", on_channel_delete},
    {"CHANNEL_PINS_UPDATE", on_pins},
    {"CHANNEL_INFO", on_channel_info},
    {"VOICE_CHANNEL_STATUS_UPDATE", on_voice_channel},
    {"VOICE_CHANNEL_START_TIME_UPDATE", on_voice_channel},
};

} // namespace

std::span<const effect> channel_effects() noexcept {
    return channel_rows;
}

} // namespace strandcord::cache
