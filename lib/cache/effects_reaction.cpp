// Reactions and poll votes: numbers inside cached messages.

#include "cache/effects.hpp"

#include <algorithm>

namespace strandcord::cache {

namespace {

change::target reaction_place(const json_view& data) {
    return {entity_kind::message, data["guild_id"].id(), data["channel_id"].id(),
            data["message_id"].id()};
}

std::uint64_t hash_of(std::string_view text) noexcept {
    std::uint64_t hash = 0;
    for (const char c : text)
        hash = hash * 131 + static_cast<unsigned char>(c);
    return hash;
}

bool same_emoji(value_ref reaction, const json_view& emoji) {
    const value_ref known = reaction.member("emoji");
    const snowflake id = emoji["id"].id();
    return id ? codec::id_of(known.member("id")) == id
              : !codec::id_of(known.member("id")) &&
                    codec::text_of(known.member("name")) == emoji["name"].text();
}

std::optional<std::size_t> find_reaction(value_ref reactions, const json_view& emoji) {
    for (std::size_t i = 0; i < codec::count_of(reactions); ++i)
        if (same_emoji(codec::element_of(reactions, i), emoji))
            return i;
    return std::nullopt;
}

void count_one(value_ref counted, bool burst, std::int64_t by) {
    for (const value_ref number :
         {counted.member("count"),
          counted.member("count_details").member(burst ? "burst" : "normal")})
        if (const auto before = codec::integer_of(number))
            codec::set_integer(number, std::max<std::int64_t>(0, *before + by));
}

bool add_reaction(value_ref message, const json_view& data, bool own) {
    const value_ref reactions = message.member("reactions");
    auto at = find_reaction(reactions, data["emoji"]);
    if (!at) {
        const value_ref fresh = codec::append_to(reactions);
        if (!fresh)
            return false;
        codec::decode_report ignored;
        if (const value_ref emoji = fresh.member("emoji"))
            data["emoji"].decode(*emoji.type, emoji.at, ignored);
        at = codec::count_of(reactions) - 1;
    }
    const bool burst = data["burst"].is_true();
    const value_ref reaction = codec::element_of(reactions, *at);
    count_one(reaction, burst, 1);
    if (own)
        codec::set_boolean(reaction.member(burst ? "me_burst" : "me"), true);
    return true;
}

bool remove_reaction(value_ref message, const json_view& data, bool own) {
    const value_ref reactions = message.member("reactions");
    const auto at = find_reaction(reactions, data["emoji"]);
    if (!at)
        return false;
    const bool burst = data["burst"].is_true();
    const value_ref reaction = codec::element_of(reactions, *at);
    count_one(reaction, burst, -1);
    if (own)
        codec::set_boolean(reaction.member(burst ? "me_burst" : "me"), false);
    if (codec::integer_of(reaction.member("count")).value_or(0) == 0)
        codec::erase_from(reactions, *at);
    return true;
}

void react(change& to, const json_view& data, bool added) {
    const snowflake user = data["user_id"].id();
    const auto where = reaction_place(data);
    if (!to.peek(where))
        return;
    const json_view emoji = data["emoji"];
    const auto thing = repeats::name(where.id.value, user.value, emoji["id"].id().value,
                                     hash_of(emoji["name"].text()), data["burst"].is_true() ? 1 : 0,
                                     to.the_store().reactions());
    if (!to.the_store().switched(thing, added))
        return;
    const bool own = user == to.the_store().own_id();
    to.note(entity_kind::message, to.edit(where, [&](value_ref message) {
        return added ? add_reaction(message, data, own) : remove_reaction(message, data, own);
    }));
}

void on_reaction_add(change& to, const json_view& data) {
    react(to, data, true);
    to.upsert_member(data["guild_id"].id(), data["member"], data["member"]["user"]);
}
void on_reaction_remove(change& to, const json_view& data) {
    react(to, data, false);
}
void on_reaction_remove_all(change& to, const json_view& data) {
    to.the_store().begin_reactions();
    to.note(entity_kind::message, to.edit(reaction_place(data), [](value_ref message) {
        const value_ref reactions = message.member("reactions");
        if (reactions)
            codec::reset(reactions);
        return bool{reactions};
    }));
}
void on_reaction_remove_emoji(change& to, const json_view& data) {
    to.the_store().begin_reactions();
    to.note(entity_kind::message, to.edit(reaction_place(data), [&](value_ref message) {
        const value_ref reactions = message.member("reactions");
        const auto at = find_reaction(reactions, data["emoji"]);
        if (at)
            codec::erase_from(reactions, *at);
        return at.has_value();
    }));
}

/// Only when the message came with results: without them nobody knows the number before.
void vote(change& to, const json_view& data, bool added) {
    const auto where = reaction_place(data);
    const snowflake user = data["user_id"].id();
    const auto answer = data["answer_id"].integer();
    if (!answer || !to.peek(where) ||
        !to.the_store().switched(repeats::name(where.id.value, user.value, *answer, 3), added))
        return;
    to.note(entity_kind::message, to.edit(where, [&](value_ref message) {
        const value_ref results = message.member("poll").member("results");
        const value_ref counts = results.member("answer_counts");
        if (!counts)
            return false;
        for (std::size_t i = 0; i < codec::count_of(counts); ++i) {
            const value_ref one = codec::element_of(counts, i);
            if (codec::integer_of(one.member("id")) != answer)
                continue;
            count_one(one, false, added ? 1 : -1);
            if (user == to.the_store().own_id())
                codec::set_boolean(one.member("me_voted"), added);
            return true;
        }
        // Answers that nobody has chosen are not listed.
        const value_ref one = added ? codec::append_to(counts) : value_ref{};
        if (!one)
            return false;
        codec::set_integer(one.member("id"), *answer);
        codec::set_integer(one.member("count"), 1);
        codec::set_boolean(one.member("me_voted"), user == to.the_store().own_id());
        return true;
    }));
}
void on_vote_add(change& to, const json_view& data) {
    vote(to, data, true);
}
void on_vote_remove(change& to, const json_view& data) {
    vote(to, data, false);
}

constexpr effect reaction_rows[] = {
    {"MESSAGE_REACTION_ADD", on_reaction_add},
    {"MESSAGE_REACTION_REMOVE", on_reaction_remove},
    {"MESSAGE_REACTION_REMOVE_ALL", on_reaction_remove_all},
    {"MESSAGE_REACTION_REMOVE_EMOJI", on_reaction_remove_emoji},
    {"MESSAGE_POLL_VOTE_ADD", on_vote_add},
    {"MESSAGE_POLL_VOTE_REMOVE", on_vote_remove},
};

} // namespace

std::span<const effect> reaction_effects() noexcept {
    return reaction_rows;
}

} // namespace strandcord::cache
