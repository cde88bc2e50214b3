#include "testing/json.hpp"
#include "testing/world.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <strandcord/shard_plan.hpp>

using namespace strandcord::testing;
using strandcord::snowflake;

namespace {

struct recorder {
    std::vector<event> events;
    world state{7, [this](event what) { events.push_back(std::move(what)); }};

    const event& last() const { return events.back(); }
    json_value last_data() const { return json_value::parse(events.back().data).value(); }
};

message_parts saying(snowflake who, snowflake where, std::string content) {
    message_parts out;
    out.author = who;
    out.channel = where;
    out.content = std::move(content);
    return out;
}

} // namespace

TEST_CASE("the world's ids grow, and are the same for the same seed") {
    recorder a;
    recorder b;
    snowflake before;
    for (int i = 0; i < 100; ++i) {
        const auto id = a.state.next_id();
        CHECK(id == b.state.next_id());
        CHECK(before < id);
        before = id;
    }
    world other{8, [](const event&) {}};
    CHECK(other.next_id() != a.state.bot().id);
}

TEST_CASE("the world's guilds spread over shards (GW-SHARD-1)") {
    recorder r;
    std::set<int> shards;
    for (int i = 0; i < 32; ++i)
        shards.insert(strandcord::shard_of(r.state.add_guild("g"), 4).index);
    CHECK(shards.size() == 4);
}

TEST_CASE("the world dates ids and messages by its time") {
    recorder r;
    r.state.at(std::chrono::hours{24});
    CHECK(world::time_of(r.state.next_id()).substr(0, 10) == "2024-01-02");
}

TEST_CASE("a message of the world has Discord's form, with guild and member in its event") {
    recorder r;
    const auto guild = r.state.add_guild("home");
    const auto channel = r.state.add_channel(guild, "general");
    const auto ada = r.state.add_user("ada");
    const auto& sent = r.state.send(saying(ada, channel, "hi \"there\""));

    CHECK(r.last().type == "MESSAGE_CREATE");
    CHECK(r.last().guild == guild);
    const auto data = r.last_data();
    CHECK(data.find("id")->id() == sent.id);
    CHECK(data.text_of("content") == "hi \"there\"");
    CHECK(data.find("guild_id")->id() == guild);
    CHECK(data.find("author")->text_of("username") == "ada");
    CHECK(data.find("member")->find("user") == nullptr);
    CHECK(data.find("channel_type")->integer() == 0);
    CHECK(json_value::parse(sent.json)->find("guild_id") == nullptr);
    CHECK(r.events[r.events.size() - 2].type == "GUILD_MEMBER_ADD");
}

TEST_CASE("a reply names what it answers, one level deep") {
    recorder r;
    const auto channel = r.state.add_channel(r.state.add_guild("home"), "general");
    const auto ada = r.state.add_user("ada");
    auto first = saying(ada, channel, "one");
    const auto one = r.state.send(first).id;
    auto second = saying(ada, channel, "two");
    second.reference = one;
    const auto two = r.state.send(second).id;
    auto third = saying(ada, channel, "three");
    third.reference = two;
    r.state.send(third);
    const auto data = r.last_data();
    CHECK(data.find("type")->integer() == 19);
    CHECK(data.find("message_reference")->find("message_id")->id() == two);
    CHECK(data.find("referenced_message")->text_of("content") == "two");
    CHECK(data.find("referenced_message")->find("referenced_message") == nullptr);
}

TEST_CASE("message content is for all in direct messages, by the bot and to the bot (INT-4)") {
    recorder r;
    const auto channel = r.state.add_channel(r.state.add_guild("home"), "general");
    const auto ada = r.state.add_user("ada");
    const auto bot = r.state.bot().id;
    r.state.send(saying(ada, channel, "secret"));
    CHECK_FALSE(r.last().content_for_all);
    r.state.send(saying(ada, channel, "<@" + to_string(bot) + "> hello"));
    CHECK(r.last().content_for_all);
    CHECK(r.last_data().find("mentions")->items().size() == 1);
    const auto& own = r.state.send(saying(bot, channel, "mine"));
    CHECK(r.last().content_for_all);
    auto answer = saying(ada, channel, "yours");
    answer.reference = own.id;
    r.state.send(answer);
    CHECK(r.last().content_for_all);
    r.state.send(saying(ada, r.state.direct_channel(ada), "psst"));
    CHECK(r.last().content_for_all);
    CHECK_FALSE(r.last().guild);
}

TEST_CASE("the world keeps a channel's last 1000 messages and counts all") {
    recorder r;
    const auto channel = r.state.add_channel(r.state.add_guild("home"), "general");
    const auto ada = r.state.add_user("ada");
    for (int i = 0; i < 1005; ++i)
        r.state.send(saying(ada, channel, std::to_string(i)));
    CHECK(r.state.find_channel(channel)->messages.size() == 1000);
    CHECK(r.state.find_channel(channel)->count == 1005);
}

TEST_CASE("edits, deletions, reactions, typing and interactions are told") {
    recorder r;
    const auto channel = r.state.add_channel(r.state.add_guild("home"), "general");
    const auto ada = r.state.add_user("ada");
    const auto id = r.state.send(saying(ada, channel, "one")).id;
    r.state.edit(channel, id, "two");
    CHECK(r.last().type == "MESSAGE_UPDATE");
    CHECK(r.last_data().text_of("content") == "two");
    CHECK(r.last_data().find("edited_timestamp")->is_string());
    r.state.react(ada, channel, id, "name:55", true);
    CHECK(r.last().type == "MESSAGE_REACTION_ADD");
    CHECK(r.last_data().find("emoji")->find("id")->id() == snowflake{55});
    r.state.react(ada, channel, id, "👍", false);
    CHECK(r.last().type == "MESSAGE_REACTION_REMOVE");
    CHECK(r.last_data().find("emoji")->find("id")->is_null());
    r.state.type(ada, channel);
    CHECK(r.last().type == "TYPING_START");
    r.state.interact(ada, channel, 2, R"({"name":"roll"})", {}, "token");
    CHECK(r.last().type == "INTERACTION_CREATE");
    CHECK(r.last_data().find("data")->text_of("name") == "roll");
    CHECK(r.last_data().find("member")->find("user")->text_of("username") == "ada");
    r.state.erase(channel, id);
    CHECK(r.last().type == "MESSAGE_DELETE");
    CHECK(r.state.find_message(channel, id) == nullptr);
    CHECK_THROWS_AS(r.state.edit(channel, id, "three"), std::out_of_range);
}

TEST_CASE("GUILD_CREATE holds the members that its receiver may see (GW-GUILD-8)") {
    recorder r;
    const auto id = r.state.add_guild("home");
    r.state.populate(id, 300);
    const auto& guild = *r.state.find_guild(id);
    const auto members = [&](bool all, bool presences, int threshold) {
        const auto text = r.state.guild_create_json(guild, all, presences, threshold);
        return json_value::parse(text)->find("members")->items().size();
    };
    CHECK(members(false, false, 250) == 1);
    CHECK(members(true, false, 50) == 302);
    CHECK(members(false, true, 50) < 302);
    CHECK(members(false, true, 50) > 1);
    const auto whole = json_value::parse(r.state.guild_create_json(guild, true, true, 50)).value();
    CHECK(whole.find("member_count")->integer() == 302);
    CHECK(whole.find("large")->truth());
    CHECK_FALSE(whole.find("presences")->items().empty());
    CHECK(whole.find("roles")->items().size() == 2);
}
