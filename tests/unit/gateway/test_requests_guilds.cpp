#include "request_script.hpp"

using namespace strandcord;
using namespace strandcord::gateway;
using namespace strandcord::gateway::asked;

using texts = std::vector<std::string>;

namespace {

constexpr snowflake self{900};
constexpr snowflake room{127121515262115840};

std::string with_guild(snowflake of, const std::string& more) {
    return R"({"guild_id":")" + to_string(of) + "\"," + more + "}";
}
std::string sounds(snowflake of) {
    return with_guild(of, R"("soundboard_sounds":[{"name":"quack","sound_id":"3","volume":0.5,)"
                          R"("emoji_id":null,"emoji_name":"x","available":true}])");
}
std::string state(snowflake channel, snowflake user = self, const std::string& session = "s") {
    return with_guild(home, R"("channel_id":")" + to_string(channel) + R"(","user_id":")" +
                                to_string(user) + R"(","session_id":")" + session + "\"");
}
std::string server(const std::string& endpoint, const std::string& token = "t") {
    return with_guild(home, R"("token":")" + token + R"(","endpoint":)" + endpoint);
}

struct voice_script : script {
    voice_script() {
        hears("READY", R"({"user":{"id":"900"},"session_id":"x"})");
        id = opens(voice_request{home, room, false, true, 10s});
    }
    requests::id_type id = 0;
};

} // namespace

TEST_CASE("soundboard sounds of several guilds are one answer, GW-SEND-19 GW-SEND-22") {
    script t;
    const auto id = t.opens(sounds_request{{home, away}, 10s});
    CHECK(t.sends() ==
          texts{R"({"op":31,"d":{"guild_ids":["41771983444115456","81384788765712384"]}})"});
    t.waits(9s);
    t.hears("SOUNDBOARD_SOUNDS", sounds(away));
    t.hears("SOUNDBOARD_SOUNDS", sounds(away));
    t.hears("SOUNDBOARD_SOUNDS", sounds(7));
    CHECK(t.ends().empty());
    CHECK(t.machine.deadline(id) == t.now + 10s);
    SECTION("both") {
        t.hears("SOUNDBOARD_SOUNDS", sounds(home));
        const auto end = t.end();
        CHECK(end.id == id);
        const auto got = std::get<std::vector<soundboard_sounds_data>>(end.got);
        REQUIRE(got.size() == 2);
        CHECK(got[0].guild_id == away);
        CHECK(got[1].soundboard_sounds.at(0).name == "quack");
        CHECK(got[1].soundboard_sounds.at(0).volume == 0.5);
    }
    SECTION("one only") {
        t.waits(10s);
        const auto end = t.end();
        CHECK(end.why == errc::timed_out);
        CHECK_THAT(end.message, Catch::Contains("sounds of 1 guilds came, those of 1 did not"));
    }
}

TEST_CASE("channel info: one answer settles everybody who asked for the guild, GW-SEND-20 "
          "GW-SEND-21") {
    script t;
    t.opens(channel_info_request{home, channel_info_fields::both, 10s});
    t.opens(channel_info_request{home, channel_info_fields::status, 10s});
    t.opens(channel_info_request{away, channel_info_fields::voice_start_time, 10s});
    const std::string head = R"({"op":43,"d":{"guild_id":"41771983444115456","fields":)";
    CHECK(t.sends() ==
          texts{head + R"(["status","voice_start_time"]}})", head + R"(["status"]}})",
                R"({"op":43,"d":{"guild_id":"81384788765712384","fields":["voice_start_time"]}})"});
    const auto late = t.opens(channel_info_request{home, channel_info_fields::both, 10s});
    t.hears("CHANNEL_INFO",
            with_guild(home, R"("channels":[{"id":"5","status":"hi","voice_start_time":null}])"));
    const auto ends = t.ends();
    REQUIRE(ends.size() == 2);
    for (const auto& end : ends) {
        const auto info = std::get<channel_info_data>(end.got);
        REQUIRE(info.channels.size() == 1);
        CHECK(info.channels[0].status == "hi");
        CHECK_FALSE(info.channels[0].voice_start_time);
    }
    // What has not gone out is not answered by that.
    CHECK(t.sends().size() == 1);
    t.waits(10s);
    const auto rest = t.ends();
    REQUIRE(rest.size() == 2);
    CHECK(rest[1].id == late);
    CHECK(rest[1].why == errc::timed_out);
}

TEST_CASE("two requests for sounds of one guild are settled by one answer, GW-SEND-21") {
    script t;
    t.opens(sounds_request{{home}, 10s});
    t.opens(sounds_request{{home}, 10s});
    t.sends();
    t.hears("SOUNDBOARD_SOUNDS", sounds(home));
    CHECK(t.ends().size() == 2);
}

TEST_CASE("joining voice takes both answers in either order, GW-SEND-13 GW-SEND-14 GW-SEND-17") {
    voice_script t;
    const bool server_first = GENERATE(false, true);
    // What came before the request went out belongs to an earlier one.
    t.hears("VOICE_STATE_UPDATE", state(room));
    t.hears("VOICE_SERVER_UPDATE", server(R"("old:443")"));
    CHECK(t.sends() == texts{R"({"op":4,"d":{"guild_id":"41771983444115456",)"
                             R"("channel_id":"127121515262115840","self_mute":false,)"
                             R"("self_deaf":true}})"});
    if (server_first)
        t.hears("VOICE_SERVER_UPDATE", server(R"("host:443")"));
    t.hears("VOICE_STATE_UPDATE", state(room, 901));     // somebody else
    t.hears("VOICE_STATE_UPDATE", state(55, self, "y")); // where it was before
    CHECK(t.ends().empty());
    t.hears("VOICE_STATE_UPDATE", state(room));
    if (!server_first) {
        CHECK(t.ends().empty());
        t.hears("VOICE_SERVER_UPDATE", server(R"("host:443")"));
    }
    const auto end = t.end();
    CHECK(end.id == t.id);
    const auto got = std::get<voice_connection_info>(end.got);
    CHECK(got.guild_id == home);
    CHECK(got.channel_id == room);
    CHECK(got.user_id == self);
    CHECK(got.session_id == "s");
    CHECK(got.token == "t");
    CHECK(got.address() == "wss://host:443?v=8");
}

TEST_CASE("the address of a voice server, with a port and without, GW-SEND-17") {
    voice_connection_info where;
    where.endpoint = "host";
    CHECK(where.address() == "wss://host?v=8");
    where.endpoint = "host:443";
    CHECK(where.address() == "wss://host:443?v=8");
}

TEST_CASE("a voice server without an endpoint is gone; the next one counts, GW-SEND-16") {
    voice_script t;
    t.sends();
    t.hears("VOICE_SERVER_UPDATE", server(R"("first:443")", "one"));
    t.hears("VOICE_SERVER_UPDATE", server("null", "two"));
    t.hears("VOICE_STATE_UPDATE", state(room));
    CHECK(t.ends().empty());
    t.hears("VOICE_SERVER_UPDATE", server(R"("second:443")", "three"));
    const auto got = std::get<voice_connection_info>(t.end().got);
    CHECK(got.endpoint == "second:443");
    CHECK(got.token == "three");
}

TEST_CASE("a channel that is full is silence, and ends at the deadline, GW-SEND-15") {
    voice_script t;
    t.sends();
    SECTION("nothing came") {
        t.waits(10s);
        const auto end = t.end();
        CHECK(end.why == errc::timed_out);
        CHECK_THAT(end.message, Catch::Contains("full"));
    }
    SECTION("no server came") {
        t.hears("VOICE_STATE_UPDATE", state(room, self, "a-secret-session"));
        t.waits(10s);
        const auto end = t.end();
        CHECK(end.why == errc::timed_out);
        CHECK_THAT(end.message, Catch::Contains("no voice server"));
        CHECK_THAT(end.message, !Catch::Contains("a-secret-session"));
    }
}

TEST_CASE("what is wrong with a request about guilds is said at once, GW-SEND-8") {
    script t{intents::all(), {0, 2}};
    const auto refused = [&t](request what) {
        try {
            t.opens(std::move(what));
        } catch (const error& e) {
            return e.code() == errc::invalid_argument;
        }
        return false;
    };
    REQUIRE(shard_of(home, 2).index == 1);
    constexpr snowflake right{2ULL << 22};
    REQUIRE(shard_of(right, 2).index == 0);
    CHECK(refused(sounds_request{{}, 10s}));
    CHECK(refused(sounds_request{{right, home}, 10s}));
    CHECK(refused(sounds_request{{right}, 0s}));
    CHECK(refused(channel_info_request{home, channel_info_fields::both, 10s}));
    CHECK(refused(channel_info_request{right, channel_info_fields::both, -1s}));
    CHECK(refused(voice_request{home, room, false, false, 10s}));
    CHECK(refused(voice_request{right, {}, false, false, 10s}));
    CHECK(refused(voice_request{right, room, false, false, 0s}));
    CHECK(t.machine.empty());
    CHECK(t.sends().empty());
}

TEST_CASE("when the shard ends, everybody who waits is told") {
    script t;
    t.opens(plain_request{"{}"});
    t.asks(member_request::all(home));
    t.machine.on_over();
    const auto ends = t.ends();
    REQUIRE(ends.size() == 2);
    for (const auto& end : ends)
        CHECK(end.why == errc::shutting_down);
    CHECK(t.sends().empty());
}
