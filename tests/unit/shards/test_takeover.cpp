#include "shards/takeover.hpp"

#include <catch2/catch.hpp>

#include <deque>
#include <map>
#include <random>
#include <string>

using namespace strandcord;
using namespace strandcord::shards;
using namespace std::chrono_literals;

namespace {

const runtime_clock::time_point start{};

std::vector<shard_id> all_of(int count) {
    std::vector<shard_id> out;
    for (int i = 0; i < count; ++i)
        out.push_back({i, count});
    return out;
}

/// Two sets of shards getting the same events of the world, and what handlers see of them.
struct crossing {
    explicit crossing(int new_shards = 1, bool loads_guilds = true, std::size_t old_shards = 0)
        : machine{old_shards, all_of(new_shards), loads_guilds} {}

    void gets(side who, std::string name, std::uint64_t guild = 1) {
        const event_key key{guild, std::hash<std::string>{}(name)};
        const auto what = machine.on_event(who, "MESSAGE_CREATE", key);
        // What is released stood before it.
        deliver_released();
        if (what == takeover::verdict::deliver)
            seen.push_back(name);
        if (what == takeover::verdict::hold)
            held.emplace(machine.last_ticket(), name);
    }
    void loads(side who, std::uint64_t guild) {
        const auto what = machine.on_event(who, "GUILD_CREATE", {guild, 1});
        if (what == takeover::verdict::deliver)
            seen.push_back("load " + std::to_string(guild));
    }
    void move() {
        machine.move();
        deliver_released();
    }
    void deliver_released() {
        for (const auto which : machine.released()) {
            seen.push_back(held.at(which));
            held.erase(which);
        }
        for (const auto which : machine.forgotten())
            held.erase(which);
    }

    takeover machine;
    std::map<takeover::ticket, std::string> held;
    std::vector<std::string> seen;
};

using names = std::vector<std::string>;

} // namespace

TEST_CASE("the new set is silent until it serves every guild (GW-SHARD-13)") {
    crossing c{2};
    CHECK_FALSE(c.machine.complete(start));
    c.machine.on_ready(side::new_set, 0, {1, 2}, start);
    c.machine.on_ready(side::new_set, 1, {3}, start);
    CHECK_FALSE(c.machine.complete(start));
    CHECK(c.machine.deadline() == start + takeover::patience);
    c.loads(side::new_set, 1);
    c.loads(side::new_set, 2);
    c.loads(side::new_set, 3);
    CHECK(c.machine.complete(start));
    CHECK(c.seen.empty());
}

TEST_CASE("the old shards first bring what was sent before the new sessions began (GW-SHARD-13)") {
    crossing c{1, true, 2};
    c.machine.on_acknowledged(side::old_set, 0, start);
    c.machine.on_ready(side::new_set, 0, {1}, start + 10s);
    c.loads(side::new_set, 1);
    CHECK_FALSE(c.machine.complete(start + 10s));
    c.machine.on_acknowledged(side::old_set, 0, start + 20s);
    c.machine.on_acknowledged(side::new_set, 1, start + 20s);
    c.machine.on_acknowledged(side::old_set, 1, start + 9s);
    CHECK_FALSE(c.machine.complete(start + 20s));
    c.machine.on_acknowledged(side::old_set, 1, start + 30s);
    CHECK(c.machine.complete(start + 30s));
}

TEST_CASE("an old shard that is silent is not waited for without end (GW-SHARD-13)") {
    crossing c{1, false, 1};
    c.machine.on_ready(side::new_set, 0, {1}, start);
    CHECK_FALSE(c.machine.complete(start + 1s));
    CHECK(c.machine.deadline() == start + takeover::patience);
    CHECK(c.machine.complete(start + takeover::patience));
}

TEST_CASE("without the GUILDS intent no guild is waited for (GW-GUILD-6)") {
    crossing c{1, false};
    c.machine.on_ready(side::new_set, 0, {1}, start);
    CHECK(c.machine.complete(start));
}

TEST_CASE("a guild that never comes does not hold up the others for ever") {
    crossing c;
    c.machine.on_ready(side::new_set, 0, {1}, start);
    CHECK_FALSE(c.machine.complete(start + takeover::patience - 1s));
    CHECK(c.machine.complete(start + takeover::patience));
}

TEST_CASE("a guild of the old set that the new one does not get is not given up (GW-SHARD-13)") {
    crossing c;
    c.machine.on_served(1);
    c.machine.on_served(2);
    c.machine.on_ready(side::new_set, 0, {1}, start);
    c.loads(side::new_set, 1);
    CHECK(c.machine.unserved() == 1);
    CHECK_FALSE(c.machine.complete(start));
    CHECK_FALSE(c.machine.complete(start + takeover::patience));

    SECTION("it comes late") {
        c.gets(side::new_set, "message");
        c.loads(side::new_set, 2);
        CHECK(c.machine.complete(start + takeover::patience));
    }
    SECTION("it is in an outage") {
        c.machine.on_event(side::new_set, "GUILD_DELETE", {2, 5});
        CHECK(c.machine.unserved() == 0);
        CHECK(c.machine.complete(start + takeover::patience));
    }
    SECTION("the old set loses it, too") {
        c.machine.on_lost(2);
        CHECK(c.machine.complete(start));
    }
    SECTION("a new shard that begins again has none of its guilds") {
        c.machine.on_lost(2);
        c.machine.on_ready(side::new_set, 0, {1}, start);
        CHECK(c.machine.unserved() == 1);
        c.loads(side::new_set, 1);
        CHECK(c.machine.complete(start));
    }
}

TEST_CASE("a guild whose shard is not in the new plan is served elsewhere") {
    takeover part{0, {{1, 2}}, true};
    part.on_served(1);
    part.on_served(1U << 22);
    CHECK(part.unserved() == 1);
}

TEST_CASE("a guild that is down when it is listed counts as served") {
    crossing c;
    c.machine.on_ready(side::new_set, 0, {1}, start);
    CHECK(c.machine.on_event(side::new_set, "GUILD_DELETE", {1, 5}) == takeover::verdict::drop);
    CHECK(c.machine.complete(start));
}

TEST_CASE("before the move the old set delivers, whichever gets an event first (GW-SHARD-13)") {
    crossing c;
    c.gets(side::old_set, "a");
    c.gets(side::new_set, "a");
    c.gets(side::new_set, "b");
    CHECK(c.seen == names{"a"});
    c.gets(side::old_set, "b");
    CHECK(c.seen == names{"a", "b"});
    CHECK(c.held.empty());
}

TEST_CASE("the move delivers what the new set is ahead, and drops it when it comes late") {
    crossing c;
    c.gets(side::old_set, "a");
    c.gets(side::new_set, "a");
    c.gets(side::new_set, "b");
    c.gets(side::new_set, "c");
    c.move();
    CHECK(c.seen == names{"a", "b", "c"});
    c.gets(side::old_set, "b");
    c.gets(side::new_set, "d");
    c.gets(side::old_set, "c");
    c.gets(side::old_set, "d");
    CHECK(c.seen == names{"a", "b", "c", "d"});
}

TEST_CASE("the same event twice is two events") {
    crossing c;
    for (int i = 0; i < 2; ++i)
        c.gets(side::old_set, "typing");
    c.gets(side::new_set, "typing");
    c.move();
    c.gets(side::new_set, "typing");
    c.gets(side::new_set, "typing");
    c.gets(side::old_set, "typing");
    CHECK(c.seen == names{"typing", "typing", "typing"});
}

TEST_CASE("what only the closing set got is delivered at the end") {
    crossing c;
    c.move();
    c.gets(side::old_set, "late");
    CHECK(c.seen.empty());
    c.machine.finish();
    c.deliver_released();
    CHECK(c.seen == names{"late"});
}

TEST_CASE("the new set waits until the old one has reached what it began with") {
    crossing c;
    c.machine.on_ready(side::new_set, 0, {}, start);
    c.gets(side::new_set, "b");
    CHECK_FALSE(c.machine.complete(start));
    c.gets(side::old_set, "a");
    CHECK_FALSE(c.machine.complete(start));
    c.gets(side::old_set, "b");
    CHECK(c.machine.complete(start));
    c.gets(side::new_set, "c");
    CHECK(c.machine.complete(start)); // it met the old one before
    CHECK(c.seen == names{"a", "b"});
}

TEST_CASE("the new set is behind while the old one got something that it has not") {
    crossing c;
    c.move();
    CHECK_FALSE(c.machine.is_behind());
    c.gets(side::old_set, "a");
    CHECK(c.machine.is_behind());
    c.gets(side::new_set, "a");
    CHECK_FALSE(c.machine.is_behind());
    CHECK(c.seen == names{"a"});
}

TEST_CASE("what the silent set missed is delivered before what follows it") {
    crossing c;
    c.gets(side::new_set, "missed by the old set");
    c.gets(side::new_set, "b");
    c.gets(side::old_set, "b");
    CHECK(c.seen == names{"missed by the old set", "b"});
}

TEST_CASE("an aborted takeover leaves the old set as it was") {
    crossing c;
    c.gets(side::new_set, "a");
    c.machine.abort();
    c.deliver_released();
    CHECK(c.held.empty());
    c.gets(side::old_set, "a");
    CHECK(c.seen == names{"a"});

    SECTION("also after the move") {
        c.move();
        c.gets(side::new_set, "b");
        c.gets(side::old_set, "c");
        c.machine.abort();
        c.deliver_released();
        c.gets(side::old_set, "d");
        CHECK(c.seen == names{"a", "b", "c", "d"});
    }
}

TEST_CASE("what a session gets for itself is delivered by both sets") {
    crossing c;
    for (const auto who : {side::old_set, side::new_set})
        for (const auto* type : {"READY", "RESUMED", "GUILD_MEMBERS_CHUNK"})
            CHECK(c.machine.on_event(who, type, {1, 1}) == takeover::verdict::deliver);
}

TEST_CASE("a new shard that is far behind is noticed before its copies cannot be told") {
    crossing c{2};
    const auto lags = [&c](std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
            c.gets(side::old_set, std::to_string(i));
    };
    SECTION("in a guild of a ready shard") {
        c.machine.on_ready(side::new_set, 0, {1}, start);
        lags(takeover::lag_limit);
        CHECK_FALSE(c.machine.overflowed());
        c.gets(side::old_set, "one more");
        CHECK(c.machine.overflowed());
    }
    SECTION("what was delivered before it was ready may go: it never gets that") {
        lags(takeover::lag_limit + 1);
        c.machine.on_ready(side::new_set, 1, {}, start); // another shard's guild is not judged
        lags(takeover::lag_limit);
        c.machine.on_ready(side::new_set, 0, {1}, start);
        lags(takeover::lag_limit);
        CHECK_FALSE(c.machine.overflowed());
        c.gets(side::old_set, "one more");
        CHECK(c.machine.overflowed());
    }
    SECTION("unless it catches up meanwhile") {
        lags(10);
        c.machine.on_ready(side::new_set, 0, {1}, start);
        for (std::size_t i = 0; i < 2 * takeover::lag_limit; ++i) {
            c.gets(side::old_set, "more " + std::to_string(i));
            c.gets(side::new_set, "more " + std::to_string(i));
        }
        CHECK_FALSE(c.machine.overflowed());
        lags(takeover::lag_limit + 1);
        CHECK(c.machine.overflowed());
    }
}

TEST_CASE("an old shard that is far behind after the move brings nothing twice (GW-SHARD-13)") {
    crossing c;
    c.machine.on_ready(side::new_set, 0, {1}, start);
    constexpr std::size_t many = 3 * takeover::lag_limit;
    for (std::size_t i = 0; i < many; ++i) {
        if (i == many / 2)
            c.move();
        c.gets(side::new_set, std::to_string(i));
    }
    for (std::size_t i = 0; i < many; ++i)
        c.gets(side::old_set, std::to_string(i));
    c.machine.finish();
    c.deliver_released();
    CHECK(c.seen.size() == many);
    CHECK(c.held.empty());
}

TEST_CASE("a new shard that begins again is not taken for another one") {
    crossing c{2, false};
    c.machine.on_ready(side::new_set, 0, {}, start);
    c.machine.on_ready(side::new_set, 0, {}, start);
    CHECK_FALSE(c.machine.complete(start));
    c.machine.on_ready(side::new_set, 1, {}, start);
    CHECK(c.machine.complete(start));
}

TEST_CASE("a set that stops reading is noticed before memory runs out") {
    crossing c;
    for (std::size_t i = 0; i < takeover::held_limit; ++i)
        c.gets(side::new_set, std::to_string(i));
    CHECK(c.machine.overflowed());
}

TEST_CASE("each event of each guild once, in order, whatever the delays (GW-SHARD-13)") {
    for (unsigned seed = 1; seed <= 200; ++seed) {
        std::mt19937 random{seed};
        crossing c;
        std::map<std::uint64_t, std::deque<std::string>> old_line;
        std::map<std::uint64_t, std::deque<std::string>> new_line;
        std::map<std::uint64_t, names> world;
        const auto move_at = random() % 400;
        for (unsigned step = 0; step < 400; ++step) {
            if (step == move_at)
                c.move();
            const std::uint64_t guild = 1 + random() % 3;
            const auto name = std::to_string(guild) + ":" + std::to_string(random() % 4);
            switch (random() % 3) {
            case 0:
                world[guild].push_back(name);
                old_line[guild].push_back(name);
                new_line[guild].push_back(name);
                break;
            case 1:
                if (!old_line[guild].empty()) {
                    c.gets(side::old_set, old_line[guild].front(), guild);
                    old_line[guild].pop_front();
                }
                break;
            default:
                if (!new_line[guild].empty()) {
                    c.gets(side::new_set, new_line[guild].front(), guild);
                    new_line[guild].pop_front();
                }
            }
        }
        for (auto* line : {&old_line, &new_line})
            for (auto& [guild, rest] : *line)
                for (const auto& name : rest)
                    c.gets(line == &old_line ? side::old_set : side::new_set, name, guild);
        c.machine.finish();
        c.deliver_released();
        INFO("seed " << seed);
        for (const auto& [guild, all] : world) {
            names got;
            for (const auto& name : c.seen)
                if (name.starts_with(std::to_string(guild) + ":"))
                    got.push_back(name);
            REQUIRE(got == all);
        }
        REQUIRE(c.held.empty());
    }
}
