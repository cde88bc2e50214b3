#include "codec/envelope.hpp"

#include <strandcord/events/all.hpp>
#include <strandcord/model/gateway.hpp>
#include <strandcord/model/resolved.hpp>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

namespace sc = strandcord;

namespace {

std::string fixture(const std::string& name) {
    std::ifstream file{STRANDCORD_TEST_DATA "/docs/" + name + ".json", std::ios::binary};
    REQUIRE(file);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

} // namespace

TEST_CASE("what the examples say is where a bot looks for it") {
    auto message = sc::from_json<sc::message>(fixture("message-1"));
    CHECK(message.id.value == 334385199974967042);
    CHECK(message.author.username == "Mason");
    CHECK(message.reactions->at(0).emoji.name == "🔥");
    CHECK_FALSE(message.reactions->at(0).emoji.id);
    CHECK(message.reactions->at(0).count_details.normal == 1);
    CHECK_FALSE(message.edited_timestamp);
    CHECK_FALSE(message.guild_id);

    auto thread = sc::from_json<sc::channel>(fixture("channel-7"));
    CHECK(thread.type == sc::channel_type::public_thread);
    CHECK(thread.thread_metadata->auto_archive_duration == 1440);

    auto direct = sc::from_json<sc::channel>(fixture("channel-4"));
    CHECK(direct.recipients->at(0).id.value == 82198898841029460);

    auto guild = sc::from_json<sc::guild>(fixture("guild-1"));
    CHECK(guild.features.size() == 9);
    CHECK(guild.premium_subscription_count == 33);
    CHECK_FALSE(guild.application_id);

    auto command = sc::from_json<sc::interaction>(fixture("interaction-command-1"));
    CHECK(command.type == sc::interaction_type::application_command);
    CHECK(command.member->user->username == "Mason");
    CHECK(command.member->permissions == sc::permissions{2147483647});
    REQUIRE(command.data->options->size() == 1);
    CHECK(sc::from_json<std::string>(command.data->options->at(0).value.text) ==
          "The Gitrog Monster");
    CHECK(command.app_permissions == sc::permissions{442368});

    auto autocomplete = sc::from_json<sc::interaction>(fixture("interaction-command-4"));
    CHECK(autocomplete.data->options->at(0).focused == true);

    auto select = sc::from_json<sc::interaction>(fixture("interaction-component-3"));
    CHECK(*select.data->values == std::vector<std::string>{"1111111111111111111"});
    CHECK(select.data->resolved->users->begin()->value.username == "ExampleBot");

    auto voice = sc::from_json<sc::voice_state>(fixture("voice-state-1"));
    CHECK(voice.self_mute);
    CHECK(voice.request_to_speak_timestamp);
}

TEST_CASE("the frames of the documentation have an envelope") {
    struct expectation {
        const char* name;
        int op;
    };
    auto [name, op] = GENERATE(
        expectation{"gateway-dispatch-1", 0}, expectation{"gateway-heartbeat-1", 1},
        expectation{"gateway-identify-1", 2}, expectation{"gateway-update-voice-state-1", 4},
        expectation{"gateway-resume-1", 6}, expectation{"gateway-reconnect-1", 7},
        expectation{"gateway-request-guild-members-1", 8}, expectation{"gateway-hello-1", 10},
        expectation{"gateway-heartbeat-ack-1", 11},
        expectation{"gateway-request-soundboard-sounds-1", 31},
        expectation{"gateway-request-channel-info-1", 43});
    CAPTURE(name);
    sc::codec::frame_parser parser;
    std::string frame = fixture(name);
    sc::codec::envelope found;
    REQUIRE_FALSE(parser.parse(frame, found));
    CHECK(found.op == op);
    CHECK(found.sequence.has_value() == (op == 0));
}

TEST_CASE("GW-CONN-7 the answer of /gateway/bot is read in milliseconds and places") {
    auto answer = sc::from_json<sc::gateway_bot>(
        R"({"url":"wss://gateway.discord.gg/","shards":9,"session_start_limit":
            {"total":1000,"remaining":999,"reset_after":14400000,"max_concurrency":1}})");
    CHECK(answer.url == "wss://gateway.discord.gg/");
    CHECK(answer.shards == 9);
    CHECK(answer.session_start_limit.remaining == 999);
    CHECK(answer.session_start_limit.reset_after == 14400000);
}

TEST_CASE("GUILD_CREATE is a guild and more, and in an outage only an id") {
    auto guild = sc::from_json<sc::guild_create_data>(
        R"({"id":"1","name":"g","roles":[{"id":"1","permissions":"8"}],"large":true,"member_count":3,
            "channels":[{"id":"2","type":9999,"permission_overwrites":[{"id":"1","type":0,"allow":"1024","deny":"0"}]}],
            "threads":[{"id":"3","type":11,"member":{"join_timestamp":"2021-06-28T17:03:04+00:00","flags":1}}],
            "members":[{"user":{"id":"4"},"roles":[]}],"voice_states":[{"user_id":"4","channel_id":"2"}],
            "presences":[{"user":{"id":"4"},"status":"online","activities":[{"name":"x","type":0}]}],
            "joined_at":"2021-06-28T17:03:04Z","stickers":[]})");
    CHECK(guild.name == "g");
    CHECK(guild.roles.at(0).permissions.has(sc::permission::administrator));
    CHECK(guild.member_count == 3);
    CHECK(guild.large);
    CHECK(static_cast<int>(guild.channels.at(0).type) == 9999);
    CHECK(
        guild.channels.at(0).permission_overwrites->at(0).allow.has(sc::permission::view_channel));
    CHECK(guild.threads.at(0).member->flags == 1);
    CHECK(guild.members.at(0).user->id.value == 4);
    CHECK(guild.voice_states.at(0).channel_id == sc::snowflake{2});
    CHECK(guild.presences.at(0).activities.at(0).name == "x");
    CHECK(guild.stickers->empty());
    CHECK(guild.joined_at);

    auto outage = sc::from_json<sc::guild_create_data>(fixture("unavailable-guild-1"));
    CHECK(outage.unavailable == true);
    CHECK(outage.id.value == 41771983423143937);
}

TEST_CASE(
    "GW-READY-4 READY has the bot's user, guilds, shard and application, whatever else comes") {
    const auto value = sc::from_json<sc::ready_data>(
        R"({"v":10,"user_settings":{},"user":{"id":"7","username":"b","bot":true,"email":null},
            "session_type":"normal","session_id":"s","resume_gateway_url":"wss://r","relationships":[],
            "guilds":[{"id":"8","unavailable":true}],"shard":[1,4],"_trace":["[\"g\",{\"micros\":0}]"],
            "application":{"id":"9","flags":565248,"flags_new":"565248"}})");
    CHECK(value.v == 10);
    CHECK(value.user.id.value == 7);
    CHECK(value.guilds.at(0).id.value == 8);
    CHECK(value.guilds.at(0).unavailable == true);
    CHECK(value.session_id == "s");
    CHECK(value.resume_gateway_url == "wss://r");
    CHECK(*value.shard == std::vector<std::int32_t>{1, 4});
    CHECK(value.application.id.value == 9);
    CHECK(sc::intents::switched_on(value.application.flags->bits()) == sc::intents::privileged());
}

TEST_CASE("GW-GUILD-9 a member of GUILD_CREATE without a presence is there all the same") {
    const auto value = sc::from_json<sc::guild_create_data>(
        R"({"id":"1","name":"g","members":[{"user":{"id":"2"}},{"user":{"id":"3"}}],
            "presences":[{"user":{"id":"3"},"status":"online"}]})");
    REQUIRE(value.members.size() == 2);
    REQUIRE(value.presences.size() == 1);
    CHECK(value.presences[0].user.id.value == 3);
    CHECK(value.presences[0].status == "online");
}

TEST_CASE("GW-DISP-19 a channel with hidden metadata is read, and marked by its flag") {
    const auto value = sc::from_json<sc::channel>(
        R"({"id":"5","type":0,"name":"___hidden___","flags":131072,"guild_id":"1",
            "permission_overwrites":[{"id":"1","type":0,"allow":"0","deny":"1024"}]})");
    CHECK(value.id.value == 5);
    CHECK(value.flags->has(sc::channel_flag::channel_obfuscated));
    REQUIRE(value.permission_overwrites);
    CHECK(value.permission_overwrites->at(0).deny.has(sc::permission::view_channel));
}

TEST_CASE("GW-DISP-18 a presence with members of any kind keeps the sane ones") {
    sc::codec::decode_report report;
    auto value = sc::from_json<sc::presence>(
        R"({"user":{"id":"4","username":5,"avatar":{}},"status":7,"activities":[{"name":null,"type":"x"},3],
            "client_status":[],"guild_id":"9"})",
        report);
    CHECK(value.user.id.value == 4);
    CHECK(value.guild_id == sc::snowflake{9});
    CHECK(value.activities.size() == 1);
    CHECK(report.count == 6);
}

TEST_CASE("INT-2 events name the intents that switch them on") {
    CHECK(sc::ready::needs.empty());
    CHECK(sc::resumed::needs.empty());
    CHECK(sc::interaction_create::needs.empty());
    CHECK(sc::message_create::needs == (sc::intent::guild_messages | sc::intent::direct_messages));
    CHECK(sc::message_delete_bulk::needs == sc::intents{sc::intent::guild_messages});
    CHECK(sc::message_reaction_add::needs.bits() == (1024 | 8192));
    CHECK(sc::typing_start::needs.bits() == (2048 | 16384));
    CHECK(sc::guild_create::needs.bits() == 1);
    CHECK(sc::guild_member_add::needs.bits() == 2);
    CHECK(sc::presence_update::needs.bits() == 256);
    CHECK(sc::voice_state_update::needs.bits() == 128);
}
