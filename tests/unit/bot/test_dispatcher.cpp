#include "runner_fixture.hpp"

#include <boost/describe.hpp>
#include <vector>

using namespace strandcord;
using test::runner_fixture;

namespace {
struct three_fields {
    snowflake id, channel_id;
    std::string content;
};
BOOST_DESCRIBE_STRUCT(three_fields, (), (id, channel_id, content))
} // namespace

TEST_CASE("each event goes to its typed handlers in order of registration, decoded as they asked "
          "(GW-DISP-1)") {
    runner_fixture f;
    std::vector<std::string> seen;
    f.events.on<message_create>([&](auto event) -> task<> {
        seen.push_back("whole " + event->content);
        co_return;
    });
    f.events.on<message_create, three_fields>([&](auto event) -> task<> {
        seen.push_back("three " + event->content + " " + to_string(event->channel_id));
        co_return;
    });
    f.events.on<guild_create>([&](auto) -> task<> {
        seen.push_back("guild");
        co_return;
    });

    f.message("hi");
    CHECK(seen == std::vector<std::string>{"whole hi", "three hi 22"});
    CHECK(f.counters->value(counter::events_dispatched) == 1);
}

TEST_CASE("handlers of one type share one decoded object") {
    runner_fixture f;
    std::vector<const void*> objects;
    for (int i = 0; i < 2; ++i)
        f.events.on<message_create, three_fields>([&](auto event) -> task<> {
            objects.push_back(&*event);
            co_return;
        });
    f.message("hi");
    REQUIRE(objects.size() == 2);
    CHECK(objects[0] == objects[1]);
}

TEST_CASE("on_any sees every event, unknown ones too, with name, sequence, shard and raw JSON "
          "(GW-DISP-1, GW-DISP-2)") {
    runner_fixture f;
    std::vector<std::string> seen;
    f.events.on_any([&](auto event) -> task<> {
        auto [index, count] = event.shard();
        seen.push_back(std::string{event.name()} + " " + std::to_string(event.sequence()) + " " +
                       std::to_string(index) + "/" + std::to_string(count) + " " +
                       std::string{event.raw()});
        co_return;
    });
    f.deliver("FOO_BAR", R"({"x":[1,2]})");
    f.deliver("RESUMED", "null");
    CHECK(seen == std::vector<std::string>{R"(FOO_BAR 1 2/4 {"x":[1,2]})", "RESUMED 2 2/4 null"});
}

TEST_CASE("on_any is spared what strandcord tells beside Discord's events, whoever came first") {
    runner_fixture f;
    std::vector<std::string> seen;
    const auto note = [&](auto event) -> task<> {
        seen.push_back(std::string{event.name()});
        co_return;
    };
    f.events.on_any(note);
    f.deliver("STRANDCORD_GUILDS_READY", R"({"loaded":1})");
    f.events.on<guilds_ready>(note);
    f.events.on_any(note);
    f.deliver("STRANDCORD_GUILDS_READY", R"({"loaded":1})");
    f.deliver("STRANDCORD_GUILD_LEFT", R"({"id":"1"})");
    f.deliver("GUILD_DELETE", R"({"id":"1"})");
    CHECK(seen ==
          std::vector<std::string>{"STRANDCORD_GUILDS_READY", "GUILD_DELETE", "GUILD_DELETE"});
}

TEST_CASE("a raw handler takes one event by its wire name, which must match exactly (GW-PAY-10)") {
    runner_fixture f;
    int upper = 0;
    int lower = 0;
    f.events.on_raw("MESSAGE_CREATE", [&](auto event) -> task<> {
        CHECK(event.raw().find("\"content\":\"hi\"") != std::string_view::npos);
        ++upper;
        co_return;
    });
    f.events.on_raw("message_create", [&](auto) -> task<> {
        ++lower;
        co_return;
    });
    f.message("hi");
    CHECK(upper == 1);
    CHECK(lower == 0);
}

TEST_CASE("data that is no object reaches raw handlers and spares typed ones (GW-DISP-1)") {
    runner_fixture f;
    int typed = 0;
    int raw = 0;
    f.events.on<message_create>([&](auto) -> task<> {
        ++typed;
        co_return;
    });
    f.events.on_any([&](auto event) -> task<> {
        CHECK(event.raw() == "17");
        ++raw;
        co_return;
    });
    f.deliver("MESSAGE_CREATE", "17");
    CHECK(typed == 0);
    CHECK(raw == 1);
    CHECK(f.counters->value(counter::decode_errors) == 1);
}

TEST_CASE("what does not fit into the cache is counted and logged, also when nobody handles it") {
    runner_fixture f{{}, cache_options{}.keep(entity_kind::channel).keep(entity_kind::guild)};
    f.deliver("GUILD_CREATE", R"({"id":"1","name":"one"})");
    f.deliver("CHANNEL_CREATE", R"({"id":"2","guild_id":"1","type":0,"name":{"no":"name"}})");
    f.deliver("CHANNEL_UPDATE", R"({"id":"2","guild_id":"1","type":0,"name":{"no":"name"}})");
    f.deliver("CHANNEL_UPDATE", R"({"id":"2","guild_id":"1","type":0,"name":{"no":"name"}})");
    CHECK(f.counters->value(counter::decode_errors) == 3);
    const auto warnings = f.logs.at_least(level::warning);
    REQUIRE(warnings.size() == 2);
    CHECK(warnings[0].string("event") == "CHANNEL_CREATE");
    CHECK(warnings[0].string("field") == "name");
    CHECK(warnings[0].string("handler") == "the cache");
    CHECK(warnings[1].string("event") == "CHANNEL_UPDATE");
}

TEST_CASE("a field is logged once for all shards") {
    noted_problems noted;
    CHECK(noted.first("CHANNEL_CREATE", "name"));
    CHECK_FALSE(noted.first("CHANNEL_CREATE", "name"));
    CHECK(noted.first("CHANNEL_UPDATE", "name"));
    for (int i = 0; i < 2000; ++i)
        noted.first("CHANNEL_UPDATE", std::to_string(i));
    CHECK_FALSE(noted.first("NEW_EVENT", "name")); // bounded
}

TEST_CASE(
    "a field that does not fit costs that field, is counted, and logged once per event and path") {
    runner_fixture f;
    int calls = 0;
    f.events.on<message_create, three_fields>([&](auto event) -> task<> {
        ++calls;
        CHECK(event->id == snowflake{11});
        CHECK(event->content.empty());
        co_return;
    });
    for (int i = 0; i < 3; ++i)
        f.deliver("MESSAGE_CREATE", R"({"id":"11","content":{"not":"text"}})");
    CHECK(calls == 3);
    CHECK(f.counters->value(counter::decode_errors) == 3);
    const auto warnings = f.logs.at_least(level::warning);
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0].string("field") == "content");
    CHECK(warnings[0].string("event") == "MESSAGE_CREATE");
}

TEST_CASE("a family's handler gets each of its events typed, under one registration") {
    runner_fixture f;
    std::vector<std::string> seen;
    const auto id = f.events.on_any<message_create, message_update, guild_create>(
        [&](const auto& event) -> task<> {
            if constexpr (requires { event->content; })
                seen.push_back(std::string{event.name()} + " " + event->content);
            else
                seen.push_back("guild " + event->name);
            co_return;
        },
        {.name = "family"});
    CHECK(f.events.needs() == (intent::guild_messages | intent::direct_messages | intent::guilds));
    f.message("hi");
    f.deliver("MESSAGE_UPDATE", R"({"content":"edited"})");
    f.deliver("GUILD_CREATE", R"({"name":"home"})");
    f.deliver("GUILD_DELETE", "{}");
    CHECK(seen ==
          std::vector<std::string>{"MESSAGE_CREATE hi", "MESSAGE_UPDATE edited", "guild home"});
    CHECK(f.events.handlers().size() == 3);
    CHECK(f.events.handlers()[2].name == "family");
    CHECK(f.events.handlers()[2].event == "GUILD_CREATE");
    CHECK(f.events.off(id));
    CHECK(f.events.handlers().empty());
    f.message("gone");
    CHECK(seen.size() == 3);
}

TEST_CASE("a handler may remove itself and add others while it runs") {
    runner_fixture f;
    int first = 0;
    int second = 0;
    handler_id own{};
    own = f.events.on<message_create>([&](auto) -> task<> {
        ++first;
        CHECK(f.events.off(own));
        CHECK_FALSE(f.events.off(own));
        f.events.on<message_create>([&](auto) -> task<> {
            ++second;
            co_return;
        });
        co_return;
    });
    f.message("one");
    CHECK(first == 1);
    CHECK(second == 0);
    f.message("two");
    CHECK(first == 1);
    CHECK(second == 1);
}

TEST_CASE("a handler removed by an earlier one of the same event is not started") {
    runner_fixture f;
    int calls = 0;
    handler_id later{};
    f.events.on<message_create>([&](auto) -> task<> {
        f.events.off(later);
        co_return;
    });
    later = f.events.on<message_create>([&](auto) -> task<> {
        ++calls;
        co_return;
    });
    f.message("one");
    f.message("two");
    CHECK(calls == 0);
}

TEST_CASE("handlers may take the event by reference and keep it across a wait") {
    runner_fixture f;
    std::string content;
    f.events.on<message_create>([&](const auto& event) -> task<> {
        co_await sleep_for(std::chrono::seconds{1});
        content = event->content + " " + std::string{event.raw().substr(0, 5)};
    });
    f.message("kept");
    f.message("other frames come and go");
    f.loop.advance(std::chrono::seconds{1});
    CHECK(content.substr(0, 5) == "other"); // the second ended last
    CHECK(f.runner().full() == false);
}

TEST_CASE("what a handler captured may call the dispatcher back when it is destroyed") {
    dispatcher events;
    struct subscription {
        dispatcher& owner;
        handler_id which;
        subscription(dispatcher& events, handler_id id) : owner{events}, which{id} {}
        subscription(const subscription&) = delete;
        subscription& operator=(const subscription&) = delete;
        ~subscription() { owner.off(which); }
    };
    const auto other = events.on<guild_create>([](auto) -> task<> { co_return; });
    const auto held = std::make_shared<subscription>(events, other);
    auto id = events.on<message_create>([kept = std::make_unique<subscription>(events, other)](
                                            auto) mutable -> task<> { co_return; });
    CHECK(events.off(id));
    CHECK(events.needs().empty()); // the other one went with it

    events.on_error([held](const event_failures&) {});
    events.on_error({});
    CHECK_FALSE(events.off(other));
}

TEST_CASE("the needed intents are the union of the handlers' and follow removals") {
    dispatcher events;
    CHECK(events.needs().empty());
    events.on<message_create>([](auto) -> task<> { co_return; });
    const auto members = events.on<guild_member_add>([](auto) -> task<> { co_return; });
    CHECK(events.needs() ==
          (intent::guild_messages | intent::direct_messages | intent::guild_members));
    events.off(members);
    CHECK(events.needs() == (intent::guild_messages | intent::direct_messages));
}
