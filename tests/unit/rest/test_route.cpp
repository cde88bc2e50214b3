#include "rest/route.hpp"

#include <strandcord/error.hpp>

#include <catch2/catch.hpp>

using namespace strandcord;
using namespace strandcord::rest;

TEST_CASE("an id is the top-level resource only as the first of the path: RL-5") {
    struct row {
        const char* path;
        parameters values;
        const char* major;
    };
    const row rows[] = {
        {"/channels/{channel_id}/messages/{message_id}",
         {{"channel_id", "1"}, {"message_id", "2"}},
         "1"},
        {"/guilds/{guild_id}/members/{user_id}", {{"guild_id", "1"}, {"user_id", "2"}}, "1"},
        {"/webhooks/{webhook_id}", {{"webhook_id", "1"}}, "1"},
        {"/webhooks/{webhook_id}/{webhook_token}",
         {{"webhook_id", "1"}, {"webhook_token", "t"}},
         "1/t"},
        {"/users/{user_id}", {{"user_id", "1"}}, ""},
        {"/applications/{application_id}/guilds/{guild_id}/commands",
         {{"application_id", "1"}, {"guild_id", "2"}},
         ""},
        {"/users/@me", {}, ""},
    };
    for (const row& one : rows) {
        INFO(one.path);
        const route out = describe_route("GET", one.path, one.values, true);
        CHECK(out.major == one.major);
        CHECK(out.name == std::string{"GET "} + one.path);
        CHECK(out.counts_globally);
        CHECK(out.has_bucket);
    }
}

TEST_CASE("interaction routes are outside the global limit: RL-14 RL-15") {
    const auto callback =
        describe_route("POST", "/interactions/{interaction_id}/{interaction_token}/callback",
                       {{"interaction_id", "1"}, {"interaction_token", "t"}}, false);
    CHECK_FALSE(callback.counts_globally);
    CHECK_FALSE(callback.has_bucket);
    const auto follow_up =
        describe_route("POST", "/webhooks/{application_id}/{interaction_token}",
                       {{"application_id", "1"}, {"interaction_token", "t"}}, false);
    CHECK_FALSE(follow_up.counts_globally);
    CHECK(follow_up.has_bucket);
    CHECK(follow_up.major == "t");
}

TEST_CASE("values are percent-encoded into path and query: REST-QS-2 REST-QS-3") {
    CHECK(make_target("/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me",
                      {{"channel_id", "1"}, {"message_id", "2"}, {"emoji", "\xF0\x9F\x94\xA5"}},
                      {}) == "/channels/1/messages/2/reactions/%F0%9F%94%A5/@me");
    CHECK(make_target("/x", {}, {{"id", "1"}, {"id", "2"}, {"q", "a b&c=d"}}) ==
          "/x?id=1&id=2&q=a%20b%26c%3Dd");
    CHECK(make_target("/x/{a}", {{"a", "../../users"}}, {}) == "/x/..%2F..%2Fusers");
    CHECK(percent_encode("AZaz09-._~") == "AZaz09-._~");
    CHECK(percent_encode("\xC3\xBC %") == "%C3%BC%20%25");
}

TEST_CASE("a missing or superfluous path value is refused by name, without its value") {
    const auto refusal = [](const char* path, const parameters& values) -> std::string {
        try {
            make_target(path, values, {});
        } catch (const error& e) {
            CHECK(e.code() == errc::invalid_configuration);
            return e.what();
        }
        return "accepted";
    };
    CHECK_THAT(refusal("/channels/{channel_id}", {}), Catch::Contains("channel_id"));
    CHECK_THAT(refusal("/channels/{channel_id}", {{"channel_id", ""}}),
               Catch::Contains("channel_id"));
    const auto superfluous = refusal("/users/@me", {{"token", "hidden"}});
    CHECK_THAT(superfluous, Catch::Contains("token") && !Catch::Contains("hidden"));
}
