#include "cache_fixture.hpp"

#include <atomic>
#include <thread>
#include <vector>

using namespace strandcord;

namespace {

/// One shard on a thread of its own.
void feed_guild(memory_cache& cache, int guild, int rounds) {
    cache::feed feed{cache.internals(), {0, 1}};
    codec::frame_parser parser;
    const std::string id = std::to_string(guild);
    const auto event = [&](std::string_view name, const std::string& data) {
        std::string frame =
            "{\"op\":0,\"s\":1,\"t\":\"" + std::string{name} + "\",\"d\":" + data + "}";
        codec::envelope payload;
        if (parser.parse(frame, payload))
            return;
        feed.apply(*feed.concerned_by(name), parser.data(), runtime_clock::now());
    };
    for (int i = 0; i < rounds; ++i) {
        event("GUILD_CREATE", R"({"name":"g","member_count":2,"channels":[{"id":")" + id +
                                  R"(2","type":0,"name":"c"}],"roles":[{"id":")" + id +
                                  R"("}],"id":")" + id + "\"}");
        for (int user = 1; user <= 20; ++user)
            event("GUILD_MEMBER_ADD", R"({"roles":[")" + id +
                                          R"("],"user":{"username":"u","id":")" +
                                          std::to_string(user) + R"("},"guild_id":")" + id + "\"}");
        event("MESSAGE_CREATE", R"({"id":")" + std::to_string(1000 + i) + R"(","channel_id":")" +
                                    id + R"(2","guild_id":")" + id +
                                    R"(","author":{"id":"1","username":"u"}})");
        event("GUILD_ROLE_DELETE", R"({"guild_id":")" + id + R"(","role_id":")" + id + "\"}");
        if (i % 4 == 3)
            event("GUILD_DELETE", R"({"id":")" + id + "\"}");
    }
}

void look_around(const memory_cache& cache, const std::atomic<bool>& over, std::size_t& seen) {
    while (!over.load()) {
        for (const std::uint64_t guild : {1, 2}) {
            if (const auto found = cache.guild(guild))
                seen += found->name.size();
            if (const auto found = cache.channel(guild * 10 + 2))
                seen += found->name ? found->name->size() : 0;
            if (const auto found = cache.member(guild, 5))
                seen += found->roles.size();
            for (const auto& member : cache.members(guild))
                seen += member->user ? 1 : 0;
        }
        seen += cache.state().kinds.size();
    }
}

} // namespace

TEST_CASE("four threads look up, iterate, feed and clear one cache") {
    memory_cache cache{test::everything().keep(
        entity_kind::member, {.ttl = std::chrono::minutes{1}, .entries = 30, .bytes = 100'000})};
    std::atomic<bool> over{false};
    std::size_t seen = 0;
    constexpr int rounds = 200;
    std::thread first{[&] { feed_guild(cache, 1, rounds); }};
    std::thread second{[&] { feed_guild(cache, 2, rounds); }};
    std::thread reader{[&] { look_around(cache, over, seen); }};
    std::thread sweeper{[&] {
        while (!over.load()) {
            cache.expire();
            memory_cache other{test::everything()};
            other.restore(cache.dump());
            cache.clear();
        }
    }};
    first.join();
    second.join();
    over = true;
    reader.join();
    sweeper.join();
    CHECK(seen > 0);
    CHECK(cache.counters(entity_kind::member).inserts > 0);
    cache.clear();
    for (const auto& kind : cache.state().kinds) {
        CHECK(kind.counters.entries == 0);
        CHECK(kind.counters.bytes == 0);
    }
}
