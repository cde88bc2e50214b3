#include "testing/memory.hpp"
#include "testing/traffic.hpp"

#include <algorithm>

#include <catch2/catch.hpp>
#include <strandcord/error.hpp>

using namespace strandcord::testing;
using namespace std::chrono_literals;
using detail::hub;

namespace {

struct sandbox {
    hub machines{emulator_options{}, memory_addresses(), [] { return elapsed{0}; }};
};

population small() {
    population out;
    out.guilds = 3;
    out.channels = 2;
    out.users = 4;
    out.members = 10;
    return out;
}

} // namespace

TEST_CASE("a population is made as asked for, the same each time") {
    sandbox a;
    sandbox b;
    const auto made = populate(a.machines, small());
    CHECK(made.guilds == populate(b.machines, small()).guilds);
    CHECK(made.channels.size() == 6);
    for (const auto guild : made.guilds)
        CHECK(a.machines.state.find_guild(guild)->members.size() == 10);
}

TEST_CASE("traffic of one seed is the same each time, and of many kinds") {
    const auto types_of = [](std::uint64_t seed) {
        sandbox s;
        traffic made{s.machines, populate(s.machines, small()), seed};
        std::vector<std::string_view> out;
        for (int i = 0; i < 500; ++i)
            out.push_back(made.next());
        return out;
    };
    const auto one = types_of(1);
    CHECK(one == types_of(1));
    CHECK(one != types_of(2));
    for (const auto* type : {"MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "TYPING_START",
                             "MESSAGE_REACTION_ADD", "PRESENCE_UPDATE"})
        CHECK(std::count(one.begin(), one.end(), type) > 0);
}

TEST_CASE("messages of the traffic carry a running number, and the nonce that is asked for") {
    sandbox s;
    traffic made{s.machines, populate(s.machines, small()), 1};
    std::uint64_t messages = 0;
    for (int i = 0; i < 200; ++i) {
        if (made.next("12") != "MESSAGE_CREATE")
            continue;
        ++messages;
        const auto number = "\"content\":\"#" + std::to_string(messages) + " ";
        bool found = false;
        for (const auto& [id, guild] : s.machines.state.guilds())
            for (const auto channel : guild.channels)
                for (const auto& each : s.machines.state.find_channel(channel)->messages)
                    found = found || (each.json.find(number) != std::string::npos &&
                                      each.json.find(R"("nonce":"12")") != std::string::npos);
        INFO(number);
        CHECK(found);
    }
    CHECK(messages > 100);
    CHECK(made.said() == messages);
}

TEST_CASE("traffic needs somewhere to happen") {
    sandbox s;
    CHECK_THROWS_AS((traffic{s.machines, populated{}, 1}), strandcord::error);
}

TEST_CASE("a line of a traffic file is an event, its guild and its wait") {
    CHECK_FALSE(parse_scripted_event(" \r"));
    const auto made = parse_scripted_event(
        R"({"t":"MESSAGE_CREATE","d":{"guild_id":"5","id":"6"},"after_ms":10})");
    REQUIRE(made);
    CHECK(made->type == "MESSAGE_CREATE");
    CHECK(made->guild == strandcord::snowflake{5});
    CHECK(made->after == 10ms);
    CHECK(made->data == R"({"guild_id":"5","id":"6"})");
    CHECK(parse_scripted_event(R"({"t":"GUILD_UPDATE","d":{"id":"6"}})")->guild ==
          strandcord::snowflake{6});
    CHECK(parse_scripted_event(R"({"t":"A","d":{"guild_id":"5"},"guild_id":"7"})")->guild ==
          strandcord::snowflake{7});
    for (const auto* wrong :
         {"x", "[]", R"({"t":"A"})", R"({"d":{}})", R"({"t":"A","d":{},"after_ms":-1})",
          R"({"t":"A","d":{},"guild_id":7})"}) {
        INFO(wrong);
        CHECK_THROWS_AS(parse_scripted_event(wrong), strandcord::error);
    }
}
