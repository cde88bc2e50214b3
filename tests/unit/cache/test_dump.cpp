#include "cache_fixture.hpp"

#include <strandcord/error.hpp>

using namespace strandcord;
using strandcord::test::cache_world;
using strandcord::test::sorted;

namespace {

struct name_only {
    snowflake id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(name_only, (), (id, name))

} // namespace

TEST_CASE("a dump restores everything") {
    cache_world world;
    world.load();
    world.event(
        "MESSAGE_CREATE",
        R"({"id":"200","channel_id":"2","guild_id":"1","content":"ä\n","author":{"id":"8","username":"e"}})");
    const std::string dump = world.cache.dump();
    CHECK(dump.find("secret") == std::string::npos);

    memory_cache other{test::everything()};
    other.restore(dump);
    CHECK(sorted(other.dump()) == sorted(dump));
    CHECK(other.own_id() == snowflake{7});
    CHECK(other.standing(1)->member_count == 3);
    CHECK(other.channel(2)->name == "general");
    CHECK(other.message(2, 200)->content == "ä\n");
    CHECK(other.members(1).size() == 2);
    // Where things belong is known, too.
    cache::feed feed{other.internals(), {0, 1}};
    world.event(feed, "GUILD_DELETE", R"({"id":"1"})");
    CHECK(other.count(entity_kind::message) == 0);
    CHECK(other.count(entity_kind::channel) == 0);
}

TEST_CASE("a dump goes into other projections and policies as well") {
    cache_world world;
    world.load();
    memory_cache other{
        cache_options{}.keep(entity_kind::channel, {.store = store_as<name_only>()})};
    other.restore(world.cache.dump());
    CHECK(other.channel<name_only>(2)->name == "general");
    CHECK(other.state().kinds.size() == 1);
}

TEST_CASE("what is no dump is refused with what is wrong, and changes nothing") {
    cache_world world;
    world.load();
    const auto refusal = [&](std::string_view text) {
        try {
            world.cache.restore(text);
        } catch (const error& e) {
            CHECK(e.code() == errc::malformed_payload);
            CHECK(world.cache.channel(2));
            return std::string{e.what()};
        }
        FAIL("it was taken");
        return std::string{};
    };
    refusal("");
    refusal("{");
    CHECK(refusal("{}").find("strandcord_cache") != std::string::npos);
    CHECK(refusal(R"({"strandcord_cache":2})").find("version is 2") != std::string::npos);
    CHECK(refusal(R"({"strandcord_cache":1,"guilds":{}})").find("guilds") != std::string::npos);
    CHECK(refusal(R"({"strandcord_cache":1,"guilds":[{"id":"1","availability":9}]})")
              .find("availability") != std::string::npos);
    CHECK(refusal(R"({"strandcord_cache":1,"guilds":[]})").find("objects") != std::string::npos);
    CHECK(
        refusal(R"({"strandcord_cache":1,"guilds":[],"objects":{"channel":{}}})").find("channel") !=
        std::string::npos);
    CHECK(refusal(R"({"strandcord_cache":1,"guilds":[],"objects":{"channel":[{"id":"5"}]}})")
              .find("no object") != std::string::npos);
}
