#include "cache/effects.hpp"

#include <strandcord/model/message.hpp>

#include <algorithm>

namespace strandcord::cache {

namespace {

change::target message_place(snowflake guild, snowflake channel, snowflake id) noexcept {
    return {entity_kind::message, guild, channel, id};
}

void add(value_ref number, std::int64_t by) {
    if (const auto before = codec::integer_of(number))
        codec::set_integer(number, std::max<std::int64_t>(0, *before + by));
}

/// The channel follows its messages without an event of its own (GW-DISP-12). A message that is not
/// newer than the last one has been counted.
void follow(change& to, snowflake channel, snowflake message) {
    const auto where = to.channel_place(channel);
    if (!where)
        return;
    to.edit(*where, [&](value_ref object) {
        const value_ref last = object.member("last_message_id");
        if (!last || codec::id_of(last) >= message)
            return false;
        codec::set_id(last, message);
        if (where->kind == entity_kind::thread) {
            add(object.member("message_count"), 1);
            add(object.member("total_message_sent"), 1);
        }
        return true;
    });
}

void uncount(change& to, snowflake channel, std::int64_t messages) {
    if (messages == 0)
        return;
    if (const auto where = to.channel_place(channel); where && where->kind == entity_kind::thread)
        to.edit(*where, [&](value_ref thread) {
            add(thread.member("message_count"), -messages);
            return true;
        });
}

/// Whether it is gone for the first time.
bool first_end(change& to, snowflake guild, snowflake message) {
    store& all = to.the_store();
    return all.switched(repeats::name(entity_kind::message, message.value, all.load_of(guild)),
                        false);
}

void on_message_create(change& to, const json_view& data) {
    const snowflake guild = data["guild_id"].id();
    const snowflake channel = data["channel_id"].id();
    const snowflake id = data["id"].id();
    // One for a single user is no part of a guild's channel, which it names all the same
    // (GW-DISP-10).
    const auto flags = static_cast<std::uint64_t>(data["flags"].integer().value_or(0));
    const bool ephemeral = (flags & static_cast<std::uint64_t>(message_flag::ephemeral)) != 0;
    const bool apart = ephemeral && to.channel_place(channel);
    if (channel && !apart)
        to.note(entity_kind::message, to.merge(message_place(guild, channel, id), data));
    if (!apart)
        follow(to, channel, id);
    if (data["webhook_id"])
        return; // its author is no user
    if (data["member"].is_object())
        to.upsert_member(guild, data["member"], data["author"]);
    else
        to.upsert_user(data["author"]);
}

void on_message_update(change& to, const json_view& data) {
    const snowflake channel = data["channel_id"].id();
    // Its `tts` is false whatever the message was (GW-DISP-11).
    to.note(entity_kind::message,
            to.merge_known(message_place(data["guild_id"].id(), channel, data["id"].id()), data,
                           [](value_ref fresh, value_ref old) {
                               if (const value_ref tts = fresh.member("tts"))
                                   codec::assign(*tts.type, old.member("tts").at, tts.at);
                           }));
}

void on_message_delete(change& to, const json_view& data) {
    const snowflake channel = data["channel_id"].id();
    const snowflake id = data["id"].id();
    to.note(entity_kind::message, to.remove(message_place({}, channel, id)));
    if (first_end(to, data["guild_id"].id(), id))
        uncount(to, channel, 1);
}

void on_message_delete_bulk(change& to, const json_view& data) {
    const snowflake channel = data["channel_id"].id();
    const snowflake guild = data["guild_id"].id();
    std::int64_t ended = 0;
    data["ids"].each([&](const json_view& id) {
        to.note(entity_kind::message, to.remove(message_place({}, channel, id.id())));
        ended += first_end(to, guild, id.id()) ? 1 : 0;
    });
    uncount(to, channel, ended);
}

constexpr effect message_rows[] = {
    {"MESSAGE_CREATE", on_message_create},
    {"MESSAGE_UPDATE", on_message_update},
    {"MESSAGE_DELETE", on_message_delete},
    {"MESSAGE_DELETE_BULK", on_message_delete_bulk},
};

} // namespace

std::span<const effect> message_effects() noexcept {
    return message_rows;
}

} // namespace strandcord::cache
