#include "cache/change.hpp"

#include "codec/memory.hpp"

#include <algorithm>

namespace strandcord::cache {

namespace {

bool holds_object(const codec::type_desc& type) noexcept {
    const codec::type_desc* inside = &type;
    while (inside->what == codec::kind::optional || inside->what == codec::kind::nullable)
        inside = inside->element;
    return inside->what == codec::kind::object;
}

/// So that what the JSON says takes the place of what is there: null empties plain members too,
/// and an object replaces the old one. Users are the exception: they come with an id only.
void make_way(value_ref object, const codec::type_desc& decoded, const json_view& data) {
    data.members([&](std::string_view name, const json_view& value) {
        const codec::field_desc* field = codec::field_named(decoded, name);
        if (!field)
            return;
        const value_ref member{field->type, field->member(object.at)};
        if (name == "user" && value.is_object()) {
            if (const value_ref user = member.held())
                make_way(user, *user.type, value);
        } else if (value.is_null() || (value.is_object() && holds_object(*field->type))) {
            codec::reset(member);
        }
    });
}

snowflake id_at(const json_view& object, std::string_view path) {
    const auto dot = path.find('.');
    if (dot == std::string_view::npos)
        return object[path].id();
    return object[path.substr(0, dot)][path.substr(dot + 1)].id();
}

} // namespace

bool change::open(snowflake guild) const {
    if (!guild)
        return true;
    const auto facts = store_.facts(guild);
    return facts && facts->availability == guild_availability::available;
}

value_ref change::view_of(entity_kind kind, const object_ptr& object) const noexcept {
    if (!object)
        return {};
    return {store_.at(kind)->stored.type, const_cast<void*>(object.get())};
}

object_ptr change::finish(shelf& here, const target& where, const std::shared_ptr<void>& fresh,
                          const object_ptr& old) {
    const cache_key key = store_.key(where.kind, where.owner, where.id);
    codec::compact(*here.stored.type, fresh.get());
    // What came again unchanged is not kept twice by those who hold a snapshot.
    const bool same = old && codec::equal(*here.stored.type, old.get(), fresh.get());
    store_.put(here, key, where.guild, same ? old : object_ptr{fresh}, now_);
    return old;
}

object_ptr change::apply(const target& where, const json_view& data, object_ptr old,
                         const adjustment& adjust) {
    shelf& here = *store_.at(where.kind);
    auto fresh = here.stored.create();
    const value_ref object{here.stored.type, fresh.get()};
    const value_ref before = view_of(where.kind, old);
    if (before) {
        codec::assign(*object.type, before.at, object.at);
        make_way(object, here.decoded.type(), data);
    }
    data.decode(here.decoded.type(), object.at, problems_);
    if (where.guild)
        codec::set_id(object.member("guild_id"), where.guild);
    if (adjust)
        adjust(object, before);
    return finish(here, where, fresh, old);
}

object_ptr change::replace(const target& where, const json_view& data, const adjustment& adjust) {
    shelf* const here = touched(where.kind);
    if (!here || !where.id || !data.is_object() ||
        !may_keep(here->rule, store_.key(where.kind, where.owner, where.id)))
        return nullptr;
    auto old = peek(where);
    auto fresh = here->stored.create();
    const value_ref object{here->stored.type, fresh.get()};
    data.decode(here->decoded.type(), object.at, problems_);
    if (where.guild)
        codec::set_id(object.member("guild_id"), where.guild);
    if (adjust)
        adjust(object, view_of(where.kind, old));
    return finish(*here, where, fresh, old);
}

object_ptr change::merge(const target& where, const json_view& data, const adjustment& adjust) {
    shelf* const here = touched(where.kind);
    if (!here || !where.id || !data.is_object() ||
        !may_keep(here->rule, store_.key(where.kind, where.owner, where.id)))
        return nullptr;
    return apply(where, data, peek(where), adjust);
}

object_ptr change::merge_known(const target& where, const json_view& data,
                               const adjustment& adjust) {
    auto old = touched(where.kind) ? peek(where) : nullptr;
    return old && data.is_object() ? apply(where, data, std::move(old), adjust) : nullptr;
}

object_ptr change::edit(const target& where, const std::function<bool(value_ref)>& edit) {
    auto old = touched(where.kind) ? peek(where) : nullptr;
    if (!old)
        return nullptr;
    shelf& here = *store_.at(where.kind);
    auto fresh = here.stored.create();
    const value_ref object{here.stored.type, fresh.get()};
    codec::assign(*object.type, old.get(), object.at);
    return edit(object) ? finish(here, where, fresh, old) : old;
}

object_ptr change::remove(const target& where) {
    shelf* const here = touched(where.kind);
    return here ? here->objects->remove(where.owner, where.id) : nullptr;
}

void change::remove_messages(snowflake channel) {
    if (shelf* const messages = touched(entity_kind::message))
        messages->objects->remove_owner(channel);
}

object_ptr change::peek(const target& where) const {
    const shelf* const here = store_.at(where.kind);
    return here ? here->objects->peek(where.owner, where.id, now_) : nullptr;
}

std::vector<change::kept> change::all_of(entity_kind kind, snowflake owner) const {
    std::vector<kept> out;
    if (const shelf* const here = store_.at(kind))
        for (found& one : here->objects->of_owner(owner, now_)) {
            const value_ref object = view_of(kind, one.object);
            out.push_back({one.id, object, std::move(one.object)});
        }
    return out;
}

void change::replace_all(entity_kind kind, snowflake guild, const json_view& list,
                         std::string_view id_path, const adjustment& adjust) {
    shelf* const here = touched(kind);
    if (!here)
        return;
    std::vector<snowflake> ids;
    list.each([&](const json_view& one) {
        const snowflake id = id_at(one, id_path);
        if (!id)
            return;
        ids.push_back(id);
        replace(in_guild(kind, guild, id), one, adjust);
    });
    std::sort(ids.begin(), ids.end());
    here->objects->remove_others(guild, ids);
}

std::optional<change::target> change::channel_place(snowflake id) const {
    for (const auto kind : {entity_kind::channel, entity_kind::thread}) {
        const shelf* const here = store_.at(kind);
        if (!here)
            continue;
        if (const auto owner = here->objects->owner_of(id))
            return target{kind, *owner, *owner, id};
    }
    return std::nullopt;
}

void change::upsert_user(const json_view& user) {
    const snowflake id = user["id"].id();
    // The own user is known from READY and USER_UPDATE only (GW-READY-10).
    if (!wants(entity_kind::user) || !id || id == store_.own_id())
        return;
    const target where{entity_kind::user, {}, {}, id};
    if (user["username"])
        merge(where, user);
    else
        merge_known(where, user);
}

object_ptr change::upsert_member(snowflake guild, const json_view& member, const json_view& user) {
    upsert_user(user);
    const snowflake id = user["id"].id();
    if (!wants(entity_kind::member) || !member.is_object() || !guild || !open(guild))
        return nullptr;
    return merge(in_guild(entity_kind::member, guild, id), member, [&](value_ref fresh, value_ref) {
        if (member["user"])
            return;
        if (const value_ref inside = fresh.member("user")) {
            codec::decode_report ignored;
            user.decode(*inside.type, inside.at, ignored);
        }
    });
}

void change::note(entity_kind kind, object_ptr old, snowflake guild) {
    if (old)
        notes_.push_back({store_.at(kind)->stored.type, std::move(old), guild});
}

} // namespace strandcord::cache
