#pragma once

#include "cache/feed.hpp"
#include "codec/envelope.hpp"
#include "core/clock.hpp"

#include <strandcord/cache.hpp>

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace strandcord::test {

/// Every kind, without limits.
inline cache_options everything() {
    cache_options options;
    for (std::size_t i = 0; i < entity_kind_count; ++i)
        options = options.keep(static_cast<entity_kind>(i));
    return options;
}

/// A dump in pieces that can be compared: it has no order.
inline std::vector<std::string> sorted(const std::string& dump) {
    std::vector<std::string> parts{""};
    for (const char c : dump) {
        if (c == ',')
            parts.emplace_back();
        else if (c != '[' && c != ']')
            parts.back() += c;
    }
    std::sort(parts.begin(), parts.end());
    return parts;
}

/// A cache and the feed of one shard, on a time of its own.
class cache_world {
public:
    explicit cache_world(const cache_options& options = everything(), shard_id shard = {0, 1})
        : cache{options}, feed_{cache.internals(), shard} {}

    /// What a shard would deliver.
    void event(std::string_view name, std::string_view data) { event(feed_, name, data); }
    void event(cache::feed& from, std::string_view name, std::string_view data) {
        std::string frame = "{\"op\":0,\"s\":1,\"t\":\"" + std::string{name} +
                            "\",\"d\":" + std::string{data} + "}";
        codec::envelope payload;
        REQUIRE_FALSE(parser_.parse(frame, payload));
        before.clear();
        if (const auto* const effect = from.concerned_by(payload.type))
            before = from.apply(*effect, parser_.data(), runtime_clock::now());
    }
    /// READY of user 7, and guild 1 with one channel, role and member.
    void load() {
        event("READY", R"({"user":{"id":"7","username":"bot"},"guilds":[{"id":"1"}]})");
        event("GUILD_CREATE", guild_1);
    }
    template <class T>
    std::shared_ptr<const T> old(std::size_t index = 0) const {
        for (const auto& one : before)
            if (one.type == &codec::describe<T>() && index-- == 0)
                return std::static_pointer_cast<const T>(one.object);
        return nullptr;
    }

    static constexpr std::string_view guild_1 =
        R"({"id":"1","name":"one","owner_id":"5","member_count":3,"large":false,"joined_at":"2020-01-01T00:00:00Z",
            "roles":[{"id":"1","name":"everyone","permissions":"1024"},{"id":"11","name":"mods","permissions":"8"}],
            "emojis":[{"id":"31","name":"smile"}],
            "channels":[{"id":"2","type":0,"name":"general","topic":"talk","last_message_id":"100"},
                        {"id":"3","type":2,"name":"voice"},{"id":"4","type":15,"name":"forum"}],
            "threads":[{"id":"20","type":11,"name":"thread","parent_id":"2","message_count":5,"total_message_sent":5,
                        "last_message_id":"100","member":{"flags":1,"join_timestamp":"2020-01-01T00:00:00Z"}}],
            "members":[{"user":{"id":"5","username":"ada"},"nick":"Ada","roles":["11"],"deaf":false,"mute":false},
                       {"user":{"id":"7","username":"bot"},"roles":[]}],
            "presences":[{"user":{"id":"5"},"status":"online","activities":[{"name":"x","type":0}],
                          "client_status":{"desktop":"online"}}],
            "voice_states":[{"user_id":"5","channel_id":"3","session_id":"secret","self_mute":true}],
            "soundboard_sounds":[{"sound_id":"41","name":"quack","volume":1.0}],
            "stage_instances":[{"id":"51","guild_id":"1","channel_id":"3","topic":"stage"}],
            "guild_scheduled_events":[{"id":"61","guild_id":"1","name":"party","status":1,"user_count":4}],
            "stickers":[{"id":"71","name":"wave"}]})";

    manual_time time;
    memory_cache cache;
    std::vector<cache::old_object> before;

private:
    cache::feed feed_;
    codec::frame_parser parser_;
};

} // namespace strandcord::test
