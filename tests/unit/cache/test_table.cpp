#include "cache/table.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace strandcord;
using namespace std::chrono_literals;
using cache::bounds;
using cache::object_ptr;
using cache::table;
using cache::time_point;

namespace {

object_ptr number(int value) {
    return std::make_shared<const int>(value);
}
int number_in(const object_ptr& object) {
    return object ? *static_cast<const int*>(object.get()) : -1;
}
const time_point start = time_point{} + 1h;

} // namespace

TEST_CASE("OBJ-13 objects are found by owner and id, and the same id elsewhere is another object") {
    table objects{bounds{}};
    CHECK_FALSE(objects.put(1, 1, 5, number(15), 4, start));
    CHECK_FALSE(objects.put(2, 2, 5, number(25), 4, start));
    CHECK(number_in(objects.find(1, 5, start)) == 15);
    CHECK(number_in(objects.find(2, 5, start)) == 25);
    CHECK_FALSE(objects.find(3, 5, start));
    CHECK(number_in(objects.put(1, 1, 5, number(16), 4, start)) == 15);
    const auto counters = objects.counters();
    CHECK(counters.hits == 2);
    CHECK(counters.misses == 1);
    CHECK(counters.inserts == 2);
    CHECK(counters.updates == 1);
    CHECK(counters.entries == 2);
}

TEST_CASE("a snapshot outlives what happens to its place") {
    table objects{bounds{}};
    objects.put(1, 1, 5, number(1), 4, start);
    const auto held = objects.find(1, 5, start);
    objects.put(1, 1, 5, number(2), 4, start);
    objects.clear();
    CHECK(number_in(held) == 1);
    CHECK(objects.counters().removed == 1);
    CHECK(objects.counters().bytes == 0);
}

TEST_CASE("thousands of objects come and go and are all found") {
    table objects{bounds{}, true};
    std::set<std::uint64_t> there;
    std::uint64_t seed = 1;
    for (int i = 0; i < 20000; ++i) {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        const std::uint64_t id = (seed >> 33) % 1500 + 1;
        const snowflake owner{id % 3 + 1};
        if ((seed >> 20) % 3 == 0) {
            CHECK((objects.remove(owner, id) != nullptr) == (there.erase(id) == 1));
        } else {
            objects.put(owner, owner, id, number(static_cast<int>(id)), 4, start);
            there.insert(id);
        }
    }
    CHECK(objects.counters().entries == there.size());
    for (std::uint64_t id = 1; id <= 1500; ++id) {
        const bool expected = there.count(id) == 1;
        CHECK((number_in(objects.peek(id % 3 + 1, id, start)) == static_cast<int>(id)) == expected);
        CHECK(objects.owner_of(id).has_value() == expected);
    }
    std::size_t listed = 0;
    for (const std::uint64_t owner : {1, 2, 3})
        listed += objects.of_owner(owner, start).size();
    CHECK(listed == there.size());
    CHECK(objects.all(start).size() == there.size());
}

TEST_CASE("a bound of entries is kept, and what is looked up stays") {
    table objects{bounds{{}, 100, 0}};
    for (int i = 1; i <= 1000; ++i) {
        objects.put(1, static_cast<std::uint64_t>(i % 7), static_cast<std::uint64_t>(i), number(i),
                    4, start);
        CHECK(objects.find(1, 1, start));
        CHECK(objects.counters().entries <= 100);
    }
    CHECK(objects.counters().over_entries == 900);
}

TEST_CASE("a budget of bytes is kept by new objects and by objects that grow") {
    constexpr std::size_t budget = 2000;
    table objects{bounds{{}, 0, budget}};
    for (int i = 1; i <= 50; ++i) {
        objects.put(1, 1, static_cast<std::uint64_t>(i), number(i), 100, start);
        CHECK(objects.counters().bytes <= budget);
        CHECK(number_in(objects.peek(1, static_cast<std::uint64_t>(i), start)) == i);
    }
    const auto entries = objects.counters().entries;
    CHECK(entries > 8);
    CHECK(entries < budget / 100);
    objects.put(1, 1, 50, number(0), 500, start);
    CHECK(number_in(objects.peek(1, 50, start)) == 0);
    CHECK(objects.counters().entries < entries);
    CHECK(objects.counters().bytes <= budget);
    // One for which there is no place beside it.
    objects.put(1, 1, 60, number(0), budget - 10, start);
    CHECK(objects.counters().entries == 0);
    CHECK(objects.counters().bytes == 0);
    objects.put(1, 1, 50, number(0), 100, start);
    // One that is larger than all of it is not kept at all.
    objects.put(1, 1, 50, number(0), 100000, start);
    objects.put(1, 1, 51, number(0), 100000, start);
    CHECK_FALSE(objects.peek(1, 50, start));
    CHECK_FALSE(objects.peek(1, 51, start));
    CHECK(objects.counters().over_bytes > 40);
}

TEST_CASE("what is older than its time to live is not found, and goes in passing") {
    table objects{bounds{10s, 0, 0}};
    objects.put(1, 1, 1, number(1), 4, start);
    objects.put(1, 1, 2, number(2), 4, start + 5s);
    CHECK(objects.find(1, 1, start + 9s));
    CHECK_FALSE(objects.find(1, 1, start + 10s + 100ms));
    CHECK(objects.find(1, 2, start + 10s));
    CHECK(objects.of_owner(1, start + 11s).size() == 1);
    // A change begins its life anew.
    objects.put(1, 1, 2, number(3), 4, start + 12s);
    CHECK(objects.find(1, 2, start + 20s));
    objects.put(1, 1, 3, number(3), 4, start + 12s);
    CHECK(objects.counters().expired == 1);
    objects.expire(start + 1h);
    CHECK(objects.counters().expired == 3);
    CHECK(objects.counters().entries == 0);
}

TEST_CASE("what another shard stored a moment later than one's own time is not too old") {
    table objects{bounds{.ttl = 10s}};
    objects.put(1, 1, 5, number(1), 4, start + 1s);
    CHECK(number_in(objects.find(1, 5, start)) == 1);
    objects.put(1, 1, 6, number(2), 4, start);
    CHECK(number_in(objects.find(1, 5, start + 1s)) == 1);
    CHECK(objects.counters().expired == 0);
}

TEST_CASE("owners, guilds and what is not listed any more go together") {
    table objects{bounds{}};
    for (const std::uint64_t channel : {10, 11, 20})
        for (std::uint64_t id = 1; id <= 20; ++id)
            objects.put(channel / 10, channel, channel * 100 + id, number(1), 4, start);
    objects.remove_owner(10);
    CHECK(objects.counters().entries == 40);
    objects.remove_others(11, {1101, 1105, 1120});
    CHECK(objects.count(11) == 3);
    objects.remove_guild(1);
    CHECK(objects.count(11) == 0);
    CHECK(objects.count(20) == 20);
    objects.remove_others(20, {});
    CHECK(objects.counters().entries == 0);
    CHECK(objects.counters().bytes == 0);
}

TEST_CASE("an object that has another owner now is there once") {
    table objects{bounds{}, true};
    objects.put(1, 1, 5, number(1), 4, start);
    objects.put(2, 2, 5, number(2), 4, start);
    CHECK(objects.owner_of(5) == snowflake{2});
    CHECK_FALSE(objects.peek(1, 5, start));
    CHECK(objects.counters().entries == 1);
}

TEST_CASE("a guild goes with all that belongs to it, at the cost of that") {
    // The guild's own owner, as members have it, and channels inside of it, as messages have.
    table objects{bounds{}};
    constexpr std::uint64_t guilds = 100'000;
    const auto one = number(1);
    for (std::uint64_t guild = 1; guild <= guilds; ++guild) {
        objects.put(guild, guild, 1, one, 4, start);
        objects.put(guild, guilds + guild, 2, one, 4, start);
    }
    // Looking at all owners for each guild would take minutes.
    for (std::uint64_t guild = 1; guild < guilds; ++guild)
        objects.remove_guild(guild);
    CHECK(objects.counters().entries == 2);
    CHECK(objects.count(guilds) == 1);
    CHECK(objects.count(2 * guilds) == 1);
    CHECK(objects.guild_of(2 * guilds) == snowflake{guilds});
    objects.remove_guild(guilds);
    CHECK(objects.counters().bytes == 0);
}

TEST_CASE("what a guild owns is known whatever came, went and moved") {
    table objects{bounds{{}, 400, 0}};
    std::uint64_t seed = 7;
    const auto next = [&](std::uint64_t below) {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        return (seed >> 33) % below;
    };
    for (int i = 0; i < 20000; ++i) {
        const snowflake owner{next(60) + 1};
        const snowflake guild{next(3) == 0 ? owner.value : next(6) + 1};
        switch (next(8)) {
        case 0:
            objects.remove_owner(owner);
            break;
        case 1:
            objects.remove(owner, next(100) + 1);
            break;
        case 2: {
            objects.remove_guild(guild);
            for (std::uint64_t each = 1; each <= 60; ++each)
                CHECK(objects.guild_of(each) != guild);
            break;
        }
        default:
            objects.put(guild, owner, next(100) + 1, number(1), 4, start);
            CHECK(objects.guild_of(owner) == guild);
        }
    }
    std::size_t counted = 0;
    for (std::uint64_t each = 1; each <= 60; ++each)
        counted += objects.count(each);
    CHECK(counted == objects.counters().entries);
    for (std::uint64_t each = 1; each <= 60; ++each)
        objects.remove_guild(each);
    CHECK(objects.counters().entries == 0);
    CHECK(objects.counters().bytes == 0);
}
