#include "scripted_server.hpp"

#include "rest/drafts.hpp"
#include "rest/nonce.hpp"

#include <strandcord/json.hpp>

using namespace std::chrono_literals;
using namespace strandcord;
using strandcord::test::reply;
using strandcord::test::rest_fixture;

TEST_CASE("the gateway's URL is asked for without the token: GW-CONN-1") {
    rest_fixture f;
    f.server->will(reply{.body = R"({"url": "wss://gateway.discord.gg/"})"});
    CHECK(f.loop.run(f.client().get_gateway()) == "wss://gateway.discord.gg/");
    CHECK(f.server->seen()[0].request.target == "/api/v10/gateway");
    CHECK(f.server->seen()[0].request.header("Authorization").empty());
}

TEST_CASE("the gateway's limits come with their times in milliseconds: GW-CONN-7") {
    rest_fixture f;
    f.server->will(
        reply{.body = R"({"url": "wss://gateway.discord.gg/", "shards": 9, "session_start_limit":
        {"total": 1000, "remaining": 999, "reset_after": 14400000, "max_concurrency": 16}})"});
    const gateway_bot info = f.loop.run(f.client().get_gateway_bot());
    CHECK(f.server->seen()[0].request.target == "/api/v10/gateway/bot");
    CHECK(info.url == "wss://gateway.discord.gg/");
    CHECK(info.shards == 9);
    CHECK(info.session_start_limit.remaining == 999);
    CHECK(info.session_start_limit.reset_after == 14400000);
    CHECK(info.session_start_limit.max_concurrency == 16);
}

TEST_CASE("the bot's own user") {
    rest_fixture f;
    f.server->will(
        reply{.body = R"({"id": "80351110224678912", "username": "Nelly", "bot": true})"});
    const user self = f.loop.run(f.client().get_current_user());
    CHECK(self.id == snowflake{80351110224678912});
    CHECK(self.username == "Nelly");
    CHECK(f.server->seen()[0].request.target == "/api/v10/users/@me");
}

TEST_CASE("a message is sent once, even when the connection breaks over it") {
    rest_fixture f;
    f.server->will(reply{.reset_instead = true});
    f.server->will(reply{.status = 502});
    f.server->will(reply{.body = R"({"id": "2", "channel_id": "7", "content": "pong"})"});
    const message sent =
        f.loop.run(f.client().create_message(7, message_draft("pong").reply_to(5)));
    CHECK(sent.id == snowflake{2});
    CHECK(sent.content == "pong");
    REQUIRE(f.server->seen().size() == 3);
    const auto& request = f.server->seen()[0].request;
    CHECK(request.method == "POST");
    CHECK(request.target == "/api/v10/channels/7/messages");
    CHECK_THAT(request.body, Catch::StartsWith(R"({"content":"pong","nonce":")"));
    CHECK_THAT(request.body, Catch::Contains(R"("enforce_nonce":true)"));
    CHECK_THAT(
        request.body,
        Catch::EndsWith(R"("message_reference":{"message_id":"5","fail_if_not_exists":false}})"));
    // The nonce is the same each time, so Discord makes one message of them.
    CHECK(f.server->seen()[1].request.body == request.body);
    CHECK(f.server->seen()[2].request.body == request.body);
}

TEST_CASE("an interaction is answered without the bot's token: REST-AUTH-2 IX-2 IX-7") {
    rest_fixture f;
    f.server->will(reply{.status = 204});
    f.loop.run(
        f.client().create_interaction_response(9, "the-token", message_draft("hi").ephemeral()));
    const auto& request = f.server->seen()[0].request;
    CHECK(request.target == "/api/v10/interactions/9/the-token/callback");
    CHECK(request.header("Authorization").empty());
    CHECK(request.body == R"({"type":4,"data":{"content":"hi","flags":64}})");
}

TEST_CASE("a call may outlive the handle it was made with") {
    rest_fixture f;
    auto call = rest_client{f.loop.executor(), f.config()}.get_gateway();
    f.server->will(reply{.body = R"({"url": "wss://x"})"});
    CHECK(f.loop.run(std::move(call)) == "wss://x");
}

TEST_CASE("an answer that is not what it should be is an error, not a default") {
    rest_fixture f;
    f.server->will(reply{.body = "<html>"});
    const auto e = f.failure(f.client().get_gateway_bot());
    CHECK(e.code() == errc::malformed_payload);
}

TEST_CASE("interaction responses in their wire form: IX-6 IX-8") {
    CHECK(rest::interaction_body("hi") == R"({"type":4,"data":{"content":"hi"}})");
    CHECK(rest::interaction_body(interaction_response::deferred(true)) ==
          R"({"type":5,"data":{"flags":64}})");
    CHECK(rest::interaction_body(interaction_response::deferred()) == R"({"type":5})");
    CHECK(rest::interaction_body(interaction_response::deferred_update()) == R"({"type":6})");
    CHECK(rest::interaction_body(interaction_response::update("new")) ==
          R"({"type":7,"data":{"content":"new"}})");
}

TEST_CASE("drafts in their wire form") {
    const auto body = [](message_draft draft) { return rest::message_body(draft, "n"); };
    CHECK(body("text") == R"({"content":"text","nonce":"n","enforce_nonce":true})");
    CHECK(
        body(message_draft().with(embed()
                                      .title("Receipt")
                                      .description("all of it")
                                      .url("https://x.example")
                                      .color(0xFF0000)
                                      .footer("end")
                                      .field("deleted", "everything")
                                      .field("kept", "nothing", true))) ==
        R"({"nonce":"n","enforce_nonce":true,"embeds":[{"title":"Receipt","description":"all of it",)"
        R"("url":"https://x.example","color":16711680,"footer":{"text":"end"},"fields":[)"
        R"({"name":"deleted","value":"everything"},{"name":"kept","value":"nothing","inline":true}]}]})");
    CHECK(
        body(message_draft("a").mentions(mention_rule::nobody())) ==
        R"({"content":"a","nonce":"n","enforce_nonce":true,"allowed_mentions":{"parse":[],"replied_user":false}})");
    CHECK(body(message_draft("a").mentions(mention_rule::users_only().role(3).replied_user())) ==
          R"({"content":"a","nonce":"n","enforce_nonce":true,)"
          R"("allowed_mentions":{"parse":["users"],"roles":["3"],"replied_user":true}})");
    // Outside of interactions there is nobody to be ephemeral for.
    CHECK(body(message_draft("a").ephemeral()) == body("a"));
}

TEST_CASE("nonces are 25 characters and differ") {
    const auto first = rest::make_nonce();
    CHECK(first.size() == 25);
    CHECK(first != rest::make_nonce());
}
