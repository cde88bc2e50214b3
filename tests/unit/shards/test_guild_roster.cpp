#include "shards/guild_roster.hpp"

#include <catch2/catch.hpp>

using namespace strandcord;
using namespace strandcord::shards;
using namespace std::chrono_literals;

namespace {

struct world {
    guild_roster roster{true};
    runtime_clock::time_point now{1h};
    timestamp wall{std::chrono::sys_days{std::chrono::year{2026} / 11 / 25}};
    std::optional<timestamp> joined_at = timestamp{wall.value - 1000h};

    std::vector<snowflake> ready(const std::vector<snowflake>& listed) {
        return roster.on_ready(listed, now);
    }
    guild_change create(snowflake guild, bool unavailable = false) {
        return roster.on_create(guild, unavailable, joined_at, wall, now);
    }
    guild_change remove(snowflake guild, bool unavailable = false) {
        return roster.on_delete(guild, unavailable, now);
    }
};

} // namespace

TEST_CASE("GUILD_CREATE means loaded, returned or joined (GW-GUILD-2)") {
    world w;
    w.ready({1, 2});
    CHECK(w.create(1) == guild_change::loaded);
    CHECK(w.create(1) == guild_change::none); // the same once more is no news
    CHECK(w.create(3) == guild_change::joined);
    CHECK(w.remove(1, true) == guild_change::outage);
    CHECK(w.roster.available() == 1);
    CHECK(w.roster.available_guilds() == std::vector<snowflake>{3});
    CHECK(w.create(1) == guild_change::returned);
    CHECK(w.create(2) == guild_change::loaded);
    CHECK(w.roster.available() == 3);
    CHECK(w.roster.available_guilds() == std::vector<snowflake>{1, 2, 3});
    CHECK(w.roster.unavailable() == 0);
}

TEST_CASE("GUILD_CREATE with unavailable builds no guild, and is answered later (GW-GUILD-3)") {
    world w;
    w.ready({1});
    CHECK(w.create(1, true) == guild_change::none);
    CHECK(w.create(2, true) == guild_change::none);
    CHECK(w.roster.available() == 0);
    CHECK(w.roster.unavailable() == 2);
    CHECK(w.create(1) == guild_change::loaded);
    CHECK(w.create(2) == guild_change::joined);
    CHECK(w.create(2, true) == guild_change::outage);
    CHECK(w.create(2) == guild_change::returned);
}

TEST_CASE("GUILD_DELETE with unavailable is an outage, without it a removal (GW-GUILD-4)") {
    world w;
    w.ready({1, 2});
    CHECK(w.remove(1, true) == guild_change::none); // it was not there yet
    CHECK(w.create(1) == guild_change::loaded);
    CHECK(w.remove(1, true) == guild_change::outage);
    CHECK(w.remove(1, true) == guild_change::none);
    CHECK(w.remove(1) == guild_change::left);
    CHECK(w.remove(1) == guild_change::none);
    CHECK(w.remove(2) == guild_change::left);
    CHECK(w.roster.available() + w.roster.unavailable() == 0);
    CHECK(w.create(1) == guild_change::joined);
}

TEST_CASE("guilds that a later READY does not list were left (GW-READY-7)") {
    world w;
    CHECK(w.ready({1, 2, 3}).empty());
    w.create(1);
    w.create(2);
    CHECK(w.ready({2}) == std::vector<snowflake>{1, 3});
    CHECK(w.roster.available() == 0);
    CHECK(w.create(2) == guild_change::loaded);
    CHECK(w.create(1) == guild_change::joined);
}

TEST_CASE("a resumed session of an earlier process tells a join by its date (GW-GUILD-2)") {
    world w;
    CHECK(w.create(1) == guild_change::returned);
    w.joined_at = timestamp{w.wall.value - 2min};
    CHECK(w.create(2) == guild_change::joined);
    w.joined_at.reset();
    CHECK(w.create(3) == guild_change::joined);
    CHECK(w.remove(4) == guild_change::left);
    CHECK(w.remove(5, true) == guild_change::outage);
}

TEST_CASE("all guilds are there when each was answered (GW-GUILD-6)") {
    world w;
    CHECK_FALSE(w.roster.complete());
    w.ready({1, 2, 3});
    w.create(1);
    w.create(2, true);
    CHECK_FALSE(w.roster.complete());
    w.remove(3, true);
    CHECK(w.roster.complete() == guild_count{1, {2, 3}});
    CHECK_FALSE(w.roster.complete());
    CHECK_FALSE(w.roster.deadline());
}

TEST_CASE("a guild that never comes is not waited for, counted from the last that came "
          "(GW-GUILD-6)") {
    world w;
    w.ready({1, 2});
    w.now += 10s;
    w.create(1);
    CHECK(w.roster.deadline() == w.now + guild_roster::patience);
    w.now += 14s;
    w.roster.on_time(w.now);
    CHECK_FALSE(w.roster.complete());
    w.now += 1s;
    w.roster.on_time(w.now);
    CHECK(w.roster.complete() == guild_count{1, {2}});
    CHECK(w.create(2) == guild_change::loaded);
}

TEST_CASE("without the GUILDS intent all are there at once (GW-GUILD-6)") {
    world w;
    w.roster = guild_roster{false};
    w.ready({1, 2});
    CHECK(w.roster.complete() == guild_count{});
    CHECK_FALSE(w.roster.deadline());
    CHECK(w.roster.unavailable() == 0);
}
