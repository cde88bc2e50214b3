#include "gateway/commands.hpp"

#include <strandcord/error.hpp>
#include <strandcord/json.hpp>

#include <catch2/catch.hpp>
#include <string>

using namespace strandcord;
using namespace strandcord::gateway;
using namespace std::chrono_literals;

namespace {

constexpr timestamp now{std::chrono::sys_time<std::chrono::microseconds>{1'700'000'000'123'456us}};

std::string refusal(const presence_draft& draft) {
    try {
        presence_data(draft, now);
    } catch (const error& e) {
        CHECK(e.code() == errc::invalid_argument);
        return e.what();
    }
    return {};
}

} // namespace

TEST_CASE("a presence has always its four members, GW-SEND-9 GW-ID-8") {
    CHECK(presence_command({}, now) ==
          R"({"op":3,"d":{"since":null,"activities":[],"status":"online","afk":false}})");
    CHECK(presence_data(presence_draft::dnd().afk(), now) ==
          R"({"since":null,"activities":[],"status":"dnd","afk":true})");
}

TEST_CASE("the five states, and since when the bot is idle, GW-SEND-10") {
    const auto status = [](online_status which) {
        const auto text = presence_data(which, now);
        const auto at = text.find("\"status\":\"") + 10;
        return text.substr(at, text.find('"', at) - at);
    };
    CHECK(status(online_status::online) == "online");
    CHECK(status(online_status::dnd) == "dnd");
    CHECK(status(online_status::idle) == "idle");
    CHECK(status(online_status::invisible) == "invisible");
    CHECK(status(online_status::offline) == "offline");
    CHECK_THAT(refusal(static_cast<online_status>(7)), Catch::Contains("not number 7"));

    CHECK_THAT(presence_data(presence_draft::idle(), now),
               Catch::StartsWith(R"({"since":1700000000123,)"));
    const timestamp earlier{now.value - 1s};
    CHECK_THAT(presence_data(presence_draft::idle().since(earlier), now),
               Catch::StartsWith(R"({"since":1699999999123,)"));
    CHECK_THAT(presence_data(presence_draft::invisible(), now),
               Catch::StartsWith(R"({"since":null,)"));
}

TEST_CASE("activities carry what Discord takes of bots, GW-SEND-12") {
    const auto text = presence_data(
        presence_draft::online()
            .with(activity_draft::playing("chess").state("move 3"))
            .with(activity_draft::custom("thinking"))
            .with(activity_draft::streaming("live", "https://www.twitch.tv/somebody")),
        now);
    CHECK_THAT(text, Catch::Contains(R"("activities":[{"name":"chess","type":0,"state":"move 3"},)"
                                     R"({"name":"Custom Status","type":4,"state":"thinking"},)"
                                     R"({"name":"live","type":1,)"
                                     R"("url":"https://www.twitch.tv/somebody"}])"));
    CHECK(activity_draft::listening_to("x").what() == activity_draft::kind{2});
    CHECK(activity_draft::watching("x").what() == activity_draft::kind{3});
    CHECK(activity_draft::competing_in("x").what() == activity_draft::kind{5});
    CHECK_THAT(refusal(presence_draft::online().with(activity_draft::playing(""))),
               Catch::Contains("needs a name"));
}

TEST_CASE("streams are shown of two sites only, GW-SEND-12") {
    const auto takes = [](const char* url) {
        return refusal(presence_draft::online().with(activity_draft::streaming("x", url))).empty();
    };
    for (const auto* good : {"https://twitch.tv/a", "https://www.twitch.tv/a?b", "http://twitch.tv",
                             "https://YouTube.com/watch?v=1", "https://m.youtube.com/x"})
        CHECK(takes(good));
    for (const auto* bad :
         {"", "twitch.tv/a", "https://example.com/twitch.tv", "https://nottwitch.tv/a",
          "https://twitch.tv.example.com/", "https://example.com?x=.twitch.tv", "ftp://twitch.tv"})
        CHECK_FALSE(takes(bad));
}

TEST_CASE("a voice state has always its four members, GW-SEND-13 GW-SEND-22") {
    CHECK(voice_state_command(41771983423143937, snowflake{127121515262115840}, false, false) ==
          R"({"op":4,"d":{"guild_id":"41771983423143937","channel_id":"127121515262115840",)"
          R"("self_mute":false,"self_deaf":false}})");
    CHECK(voice_state_command(41771983423143937, std::nullopt, true, true) ==
          R"({"op":4,"d":{"guild_id":"41771983423143937","channel_id":null,)"
          R"("self_mute":true,"self_deaf":true}})");
}

TEST_CASE("commands about several guilds, GW-SEND-19 GW-SEND-20") {
    CHECK(sounds_command({613425648685547541, 81384788765712384}) ==
          R"({"op":31,"d":{"guild_ids":["613425648685547541","81384788765712384"]}})");
    CHECK(channel_info_command(613425648685547541, channel_info_fields::both) ==
          R"({"op":43,"d":{"guild_id":"613425648685547541",)"
          R"("fields":["status","voice_start_time"]}})");
}
