#pragma once

#include "cache/store.hpp"
#include "codec/fields.hpp"

#include <functional>

namespace strandcord::cache {

using codec::json_view;
using codec::value_ref;

/// One event at work on a store: what the effects of events are written with. It changes the kinds
/// of `touches` and no others. Kinds that are not kept cost a look at a pointer each.
class change {
public:
    change(store& where, shard_id shard, std::uint32_t feed, time_point now, entity_kinds touches)
        : store_{where}, shard_{shard}, feed_{feed}, now_{now}, touches_{touches} {}

    store& the_store() const noexcept { return store_; }
    shard_id shard() const noexcept { return shard_; }
    std::uint32_t feed() const noexcept { return feed_; }
    bool wants(entity_kind kind) const noexcept { return store_.at(kind) != nullptr; }
    /// Whether what belongs to the guild is kept: outside of guilds always, in one that is loaded.
    bool open(snowflake guild) const;

    /// Where an object goes.
    struct target {
        entity_kind kind = entity_kind::guild;
        snowflake guild = {};
        snowflake owner = {};
        snowflake id = {};
    };
    static target in_guild(entity_kind kind, snowflake guild, snowflake id) noexcept {
        return {kind, guild, guild, id};
    }
    /// Of what is stored or about to be, and what was there, which may be nothing.
    using adjustment = std::function<void(value_ref fresh, value_ref old)>;

    // All give what was there before.
    object_ptr replace(const target& where, const json_view& data, const adjustment& adjust = {});
    /// Members that the JSON has take the place of the old ones; null clears.
    object_ptr merge(const target& where, const json_view& data, const adjustment& adjust = {});
    /// The same, but what is not there stays away.
    object_ptr merge_known(const target& where, const json_view& data,
                           const adjustment& adjust = {});
    /// Changes a copy of what is there; `edit` says whether there was something to change.
    object_ptr edit(const target& where, const std::function<bool(value_ref)>& edit);
    object_ptr remove(const target& where);
    void remove_messages(snowflake channel);
    object_ptr peek(const target& where) const;
    /// What is kept of that kind under that owner, to read.
    struct kept {
        snowflake id = {};
        value_ref object = {};
        object_ptr owner = {};
    };
    std::vector<kept> all_of(entity_kind kind, snowflake owner) const;
    /// The elements of `list` are all of that kind that the guild has.
    void replace_all(entity_kind kind, snowflake guild, const json_view& list,
                     std::string_view id_path = "id", const adjustment& adjust = {});

    /// Where a channel or thread of that id is.
    std::optional<target> channel_place(snowflake id) const;

    // What comes along with many events.
    void upsert_user(const json_view& user);
    /// `user` is beside the member where the member has none.
    object_ptr upsert_member(snowflake guild, const json_view& member, const json_view& user);

    /// For handlers that ask how it was. A guild's with its id: what strandcord tells of the guild
    /// beside the event has it too.
    void note(entity_kind kind, object_ptr old, snowflake guild = {});
    std::vector<old_object> take_notes() noexcept { return std::move(notes_); }
    /// What did not fit, with paths inside the objects.
    codec::decode_report take_problems() noexcept { return std::move(problems_); }

private:
    object_ptr apply(const target& where, const json_view& data, object_ptr old,
                     const adjustment& adjust);
    object_ptr finish(shelf& here, const target& where, const std::shared_ptr<void>& fresh,
                      const object_ptr& old);
    value_ref view_of(entity_kind kind, const object_ptr& object) const noexcept;
    shelf* touched(entity_kind kind) const noexcept {
        return touches_.has(kind) ? store_.at(kind) : nullptr;
    }

    store& store_;
    shard_id shard_;
    std::uint32_t feed_;
    time_point now_;
    entity_kinds touches_;
    std::vector<old_object> notes_;
    codec::decode_report problems_;
};

} // namespace strandcord::cache
