#include "cache/store.hpp"

#include <strandcord/error.hpp>

namespace strandcord {

namespace {

constexpr std::int64_t format_version = 1;

[[noreturn]] void refuse(const std::string& what) {
    throw error{errc::malformed_payload,
                "this is no dump of a cache that can be restored: " + what};
}

void append_id(std::string_view name, snowflake id, std::string& out) {
    out.append("\"").append(name).append("\":\"").append(to_string(id)).append("\"");
}

void append_guilds(const cache::store& from, std::string& out) {
    std::string_view between;
    for (const auto& [id, facts] : from.guilds()) {
        out.append(between).append("{");
        append_id("id", id, out);
        out.append(",\"availability\":")
            .append(std::to_string(static_cast<int>(facts.availability)))
            .append(",\"member_count\":")
            .append(std::to_string(facts.member_count))
            .append(",\"large\":")
            .append(facts.large ? "true" : "false")
            .append("}");
        between = ",";
    }
}

void append_objects(const cache::shelf& from, std::string& out) {
    std::string_view between;
    for (const cache::found& one : from.objects->all(runtime_clock::now())) {
        out.append(between).append("{");
        append_id("guild", from.objects->guild_of(one.owner), out);
        out.append(",");
        append_id("owner", one.owner, out);
        out.append(",");
        append_id("id", one.id, out);
        out.append(",\"object\":");
        codec::encode(*from.stored.type, one.object.get(), out);
        out.append("}");
        between = ",";
    }
}

/// One object of a dump that goes in.
struct incoming {
    cache::shelf* where = nullptr;
    entity_kind kind = entity_kind::guild;
    snowflake guild = {};
    snowflake owner = {};
    snowflake id = {};
    std::shared_ptr<void> object = {};
};

void read_objects(cache::shelf& where, entity_kind kind, const codec::json_view& list,
                  std::vector<incoming>& out) {
    if (!list.is_array())
        refuse("its " + std::string{to_string(kind)} + " list is no array");
    list.each([&](const codec::json_view& one) {
        const snowflake id = one["id"].id();
        const codec::json_view object = one["object"];
        if (!id || !object.is_object())
            refuse("one of its " + std::string{to_string(kind)} +
                   " objects has no id or no object");
        incoming in{&where, kind, one["guild"].id(), one["owner"].id(), id, where.stored.create()};
        codec::decode_report ignored; // another projection may have other types
        object.decode(*where.stored.type, in.object.get(), ignored);
        out.push_back(std::move(in));
    });
}

std::vector<std::pair<snowflake, cache::guild_facts>> read_guilds(const codec::json_view& list) {
    std::vector<std::pair<snowflake, cache::guild_facts>> out;
    if (!list.is_array())
        refuse("its list of guilds is no array");
    list.each([&](const codec::json_view& one) {
        const auto availability = one["availability"].integer().value_or(-1);
        const snowflake id = one["id"].id();
        if (!id || availability < 0 || availability > 2)
            refuse("one of its guilds has no id or an unknown availability");
        cache::guild_facts facts;
        facts.availability = static_cast<guild_availability>(availability);
        facts.member_count = one["member_count"].integer().value_or(0);
        facts.large = one["large"].is_true();
        out.emplace_back(id, facts);
    });
    return out;
}

} // namespace

std::string memory_cache::dump() const {
    std::string out = "{\"strandcord_cache\":" + std::to_string(format_version) + ",";
    append_id("own_id", store_->own_id(), out);
    out.append(",\"guilds\":[");
    append_guilds(*store_, out);
    out.append("],\"objects\":{");
    std::string_view between;
    for (std::size_t i = 0; i < entity_kind_count; ++i) {
        const auto kind = static_cast<entity_kind>(i);
        const cache::shelf* const here = store_->at(kind);
        if (!here)
            continue;
        out.append(between).append("\"").append(to_string(kind)).append("\":[");
        append_objects(*here, out);
        out.append("]");
        between = ",";
    }
    return out.append("}}");
}

void memory_cache::restore(std::string_view dump) {
    const codec::json_document text{dump};
    const codec::json_view root = text.root();
    const auto version = root["strandcord_cache"].integer();
    if (!version)
        refuse("the member strandcord_cache, which holds the version, is missing");
    if (*version != format_version)
        refuse("its version is " + std::to_string(*version) + ", this library reads " +
               std::to_string(format_version));
    const auto guilds = read_guilds(root["guilds"]);
    const codec::json_view objects = root["objects"];
    if (!objects.is_object())
        refuse("its objects are missing");
    std::vector<incoming> all;
    for (std::size_t i = 0; i < entity_kind_count; ++i) {
        const auto kind = static_cast<entity_kind>(i);
        cache::shelf* const here = store_->at(kind);
        const codec::json_view list = objects[to_string(kind)];
        if (here && list)
            read_objects(*here, kind, list, all);
    }

    store_->clear();
    if (const snowflake own = root["own_id"].id())
        store_->set_own_id(own);
    for (const auto& [id, facts] : guilds)
        store_->set_facts(id, facts);
    const auto now = runtime_clock::now();
    for (incoming& one : all)
        store_->put(*one.where, store_->key(one.kind, one.owner, one.id), one.guild,
                    std::move(one.object), now);
}

} // namespace strandcord
