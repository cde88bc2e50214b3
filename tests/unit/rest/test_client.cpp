#include "scripted_server.hpp"

using namespace std::chrono_literals;
using namespace strandcord;
using strandcord::test::reply;
using strandcord::test::rest_fixture;

namespace {

reply limited(const char* seconds, const char* scope, bool global = false) {
    reply out;
    out.status = 429;
    out.headers.emplace_back("Retry-After", seconds);
    out.headers.emplace_back("X-RateLimit-Scope", scope);
    if (global)
        out.headers.emplace_back("X-RateLimit-Global", "true");
    out.body = std::string{"{\"message\":\"You are being rate limited.\",\"retry_after\":"} +
               seconds + ",\"global\":" + (global ? "true" : "false") + "}";
    return out;
}

task<> ignore_body(task<raw_json> call) {
    const raw_json body = co_await std::move(call);
}

} // namespace

TEST_CASE("a request carries the token, the user agent and the version in its path: REST-BASE-1 "
          "REST-AUTH-1 REST-UA-1") {
    rest_fixture f;
    const raw_json body = f.loop.run(f.client().request(rest_fixture::get()));
    CHECK(body.text == "{}");
    REQUIRE(f.server->seen().size() == 1);
    const auto& request = f.server->seen()[0].request;
    CHECK(request.method == "GET");
    CHECK(request.target == "/api/v10/users/@me");
    CHECK(request.header("Host") == "discord.com");
    CHECK(request.header("Authorization") == std::string{"Bot "} + rest_fixture::token);
    CHECK_THAT(std::string{request.header("User-Agent")},
               Catch::Matches("DiscordBot \\(\\S+, \\S+\\)"));
    CHECK(f.server->last_endpoint == endpoint{true, "discord.com", 443});
}

TEST_CASE("a body is announced as JSON, and its absence as nothing: REST-CT-1 REST-CT-2") {
    rest_fixture f;
    auto client = f.client();
    f.loop.run(ignore_body(client.request(rest_fixture::post())));
    f.loop.run(ignore_body(client.request(rest_request("PUT", "/x"))));
    CHECK(f.server->seen()[0].request.header("Content-Type") == "application/json");
    CHECK(f.server->seen()[0].request.body == "{\"secret\":\"body text\"}");
    CHECK(f.server->seen()[1].request.header("Content-Type").empty());
    CHECK(f.server->seen()[1].request.header("Content-Length") == "0");
}

TEST_CASE("a reason for the audit log is encoded, and refused when it is too long: REST-REASON-1") {
    rest_fixture f;
    auto client = f.client();
    f.loop.run(ignore_body(
        client.request(rest_fixture::get().reason("F\xC3\xBCr alle \xF0\x9F\x94\xA5"))));
    CHECK(f.server->seen()[0].request.header("X-Audit-Log-Reason") ==
          "F%C3%BCr%20alle%20%F0%9F%94%A5");
    f.loop.run(ignore_body(client.request(rest_fixture::get().reason(std::string(512, 'x')))));
    const auto e = f.failure(client.request(rest_fixture::get().reason(std::string(513, 'x'))));
    CHECK(e.code() == errc::invalid_configuration);
    CHECK(f.server->seen().size() == 2);
}

TEST_CASE("the base may be any host, port and path") {
    rest_fixture f;
    auto config = f.config();
    config.rest.api_base = "http://127.0.0.1:8080/discord/api/v10/";
    rest_client client{f.loop.executor(), config};
    f.loop.run(ignore_body(client.request(rest_fixture::get())));
    CHECK(f.server->last_endpoint == endpoint{false, "127.0.0.1", 8080});
    CHECK(f.server->seen()[0].request.target == "/discord/api/v10/users/@me");
    CHECK(f.server->seen()[0].request.header("Host") == "127.0.0.1:8080");
}

TEST_CASE("a wrong token, base or limit is refused with a sentence before anything is sent") {
    rest_fixture f;
    auto config = f.config();
    auto refusal = [&]() -> std::string {
        try {
            rest_client client{f.loop.executor(), config};
        } catch (const error& e) {
            CHECK(e.code() == errc::invalid_configuration);
            return e.what();
        }
        return "accepted";
    };
    SECTION("token") {
        config.token = "Bot abc";
        CHECK_THAT(refusal(), Catch::Contains("Bot "));
    }
    SECTION("scheme") {
        config.rest.api_base = "wss://discord.com/api/v10";
        CHECK_THAT(refusal(), Catch::Contains("http://"));
    }
    SECTION("no URL") {
        config.rest.api_base = "discord.com";
        CHECK_THAT(refusal(), Catch::Contains("discord.com"));
    }
    SECTION("timeout") {
        config.rest.timeout = 0ms;
        CHECK_THAT(refusal(), Catch::Contains("timeout"));
    }
    SECTION("attempts") {
        config.rest.attempts = 0;
        CHECK_THAT(refusal(), Catch::Contains("attempt"));
    }
    CHECK(f.server->dials() == 0);
}

TEST_CASE("one connection serves call after call, and is not trusted after half a minute of rest") {
    rest_fixture f;
    auto client = f.client();
    for (int i = 0; i < 3; ++i)
        f.loop.run(ignore_body(client.request(rest_fixture::get())));
    CHECK(f.server->connections() == 1);
    f.loop.advance(31s);
    f.loop.run(ignore_body(client.request(rest_fixture::get())));
    CHECK(f.server->connections() == 2);
    client.close_idle();
    f.loop.settle();
    f.loop.run(ignore_body(client.request(rest_fixture::get())));
    CHECK(f.server->connections() == 3);
}

TEST_CASE("a kept connection that the server has closed is replaced at once") {
    rest_fixture f;
    auto client = f.client();
    reply last;
    last.closes_after = true;
    f.server->will(last);
    f.loop.run(ignore_body(client.request(rest_fixture::get())));
    f.loop.run(ignore_body(client.request(rest_fixture::get())));
    CHECK(f.server->connections() == 2);
    CHECK(f.loop.elapsed() == 0s);
}

TEST_CASE("after one 401 nothing more is sent with the token: REST-AUTH-3") {
    rest_fixture f;
    auto client = f.client();
    reply refused;
    refused.status = 401;
    refused.body = R"({"message": "401: Unauthorized", "code": 0})";
    f.server->will(refused);
    const auto first = f.failure(client.request(rest_fixture::get()));
    CHECK(first.code() == errc::unauthorized);
    CHECK(first.code() == cause::unauthorized);
    CHECK(first.details().status == 401);
    CHECK_THAT(first.what(), Catch::Contains("developer portal"));

    const auto second = f.failure(client.request(rest_fixture::get()));
    CHECK(second.code() == errc::unauthorized);
    CHECK(second.details().route == "/users/@me");
    CHECK(f.server->seen().size() == 1);

    // A route that does not use the token still works.
    f.loop.run(ignore_body(client.request(rest_fixture::get("/gateway").anonymous())));
    CHECK(f.server->seen().size() == 2);
    CHECK(f.server->seen()[1].request.header("Authorization").empty());
}

TEST_CASE("a 429 is waited for as long as it says, and logged with reason and length: RL-8") {
    rest_fixture f;
    f.server->will(limited("2.5", "user"));
    const raw_json body = f.loop.run(f.client().request(rest_fixture::post()));
    CHECK(body.text == "{}");
    REQUIRE(f.server->seen().size() == 2);
    CHECK(f.server->seen()[1].at == 2500ms);
    CHECK(f.server->seen()[1].connection == 1);
    CHECK(f.metrics->value(counter::rest_rate_limited) == 1);
    bool told = false;
    for (const auto& record : f.captured.records())
        told = told || (record.has("wait_ms") && record.number("wait_ms") == 2500 &&
                        record.string("reason") == "bucket limit" && record.component == "rest");
    CHECK(told);
}

TEST_CASE("a global 429 holds the other routes too: RL-10") {
    rest_fixture f;
    auto client = f.client();
    f.server->will(limited("3", "global", true));
    f.loop.spawn(ignore_body(client.request(rest_fixture::get())));
    f.loop.settle();
    f.loop.run(ignore_body(client.request(rest_fixture::get("/applications/@me"))));
    REQUIRE(f.server->seen().size() == 3);
    CHECK(f.server->seen()[1].at == 3s);
    CHECK(f.server->seen()[2].at == 3s);
}

TEST_CASE("a sub-limit delays its own request only: RL-12") {
    rest_fixture f;
    auto client = f.client();
    reply renaming = limited("5", "user");
    renaming.headers.emplace_back("X-RateLimit-Bucket", "b");
    renaming.headers.emplace_back("X-RateLimit-Remaining", "3");
    f.server->will(renaming);
    f.loop.spawn(ignore_body(client.request(rest_fixture::post())));
    f.loop.settle();
    f.loop.run(ignore_body(client.request(rest_fixture::post())));
    CHECK(f.loop.elapsed() == 0s);
    f.loop.advance(5s);
    REQUIRE(f.server->seen().size() == 3);
    CHECK(f.server->seen()[2].at == 5s);
}

TEST_CASE("a limit that outlasts the call fails at once and says how long it is: RL-19") {
    rest_fixture f;
    f.server->will(limited("3600", "user"));
    auto client = f.client();
    const auto refused = f.failure(client.request(rest_fixture::post()));
    CHECK(refused.code() == cause::rate_limited);
    CHECK(refused.details().retry_after == 3600s);
    CHECK(f.loop.elapsed() == 0s);

    const auto held = f.failure(client.request(rest_fixture::post()));
    CHECK(held.code() == cause::rate_limited);
    CHECK(held.details().retry_after == 3600s);
    CHECK(f.server->seen().size() == 1);
}

TEST_CASE("a bucket that is used up holds the next call back: RL-7") {
    rest_fixture f;
    auto client = f.client();
    reply last_one;
    last_one.headers = {{"X-RateLimit-Bucket", "b"},
                        {"X-RateLimit-Limit", "5"},
                        {"X-RateLimit-Remaining", "0"},
                        {"X-RateLimit-Reset-After", "1.25"}};
    f.server->will(last_one);
    f.loop.run(ignore_body(client.request(rest_fixture::get())));
    f.loop.run(ignore_body(client.request(rest_fixture::get())));
    CHECK(f.server->seen()[1].at == 1250ms);
}

TEST_CASE("server errors are tried again with growing waits, few times: REST-ERR-3") {
    rest_fixture f;
    reply bad;
    bad.status = GENERATE(500, 502, 503, 504);
    bad.body = "<html>Bad Gateway</html>";
    SECTION("until it works") {
        f.server->will(bad);
        f.server->will(bad);
        const raw_json body = f.loop.run(f.client().request(rest_fixture::get()));
        CHECK(body.text == "{}");
        REQUIRE(f.server->seen().size() == 3);
        const auto first = f.server->seen()[1].at;
        const auto second = f.server->seen()[2].at - first;
        CHECK((first >= 500ms && first <= 1s));
        CHECK((second >= 1s && second <= 2s));
        CHECK(f.metrics->value(counter::rest_retries) == 2);
    }
    SECTION("until it is enough") {
        for (int i = 0; i < 6; ++i)
            f.server->will(bad);
        const auto failed = f.failure(f.client().request(rest_fixture::get()));
        CHECK(failed.code() == cause::retryable);
        CHECK(failed.details().status == bad.status);
        CHECK(f.server->seen().size() == 5);
    }
    SECTION("but never for a POST that may have been done") {
        f.server->will(bad);
        const auto failed = f.failure(f.client().request(rest_fixture::post()));
        CHECK(failed.details().status == bad.status);
        CHECK(f.server->seen().size() == 1);
    }
}

TEST_CASE("a lost connection is tried again when that does no harm: REST-ERR-3") {
    rest_fixture f;
    auto client = f.client();
    SECTION("refused: any request") {
        f.server->refuses_connections(2);
        f.loop.run(ignore_body(client.request(rest_fixture::post())));
        CHECK(f.server->dials() == 3);
    }
    SECTION("reset before the answer: a GET") {
        f.server->will(reply{.reset_instead = true});
        f.loop.run(ignore_body(client.request(rest_fixture::get())));
        CHECK(f.server->seen().size() == 2);
    }
    SECTION("reset in the middle of the answer: a GET") {
        f.server->tears_next_answer();
        const raw_json body = f.loop.run(client.request(rest_fixture::get()));
        CHECK(body.text == "{}");
        CHECK(f.server->connections() == 2);
    }
    SECTION("reset before the answer: not a POST") {
        f.server->will(reply{.reset_instead = true});
        const auto failed = f.failure(client.request(rest_fixture::post()));
        CHECK(failed.code() == cause::retryable);
        CHECK(f.server->seen().size() == 1);
    }
}

TEST_CASE("an answer that says the first attempt was done is a success") {
    rest_fixture f;
    auto client = f.client();
    reply done;
    done.status = 400;
    done.body = R"({"message": "Interaction has already been acknowledged.", "code": 40060})";
    SECTION("on a repetition") {
        f.server->will(reply{.reset_instead = true});
        f.server->will(done);
        f.loop.run(client.create_interaction_response(5, "token", "hi"));
        CHECK(f.server->seen().size() == 2);
    }
    SECTION("but not on the first attempt") {
        f.server->will(done);
        const auto failed = f.failure(client.create_interaction_response(5, "token", "hi"));
        CHECK(failed.code().value() == 40060);
    }
}

TEST_CASE("a call ends at its deadline, whatever it waits for") {
    rest_fixture f;
    auto config = f.config();
    config.rest.timeout = 4s;
    rest_client client{f.loop.executor(), config};
    SECTION("an answer") {
        f.server->will(reply{.delay = 1h});
    }
    SECTION("a connection") {
        f.server->never_accepts();
    }
    const auto late = f.failure(client.request(rest_fixture::get()));
    CHECK(late.code() == errc::timed_out);
    CHECK(late.details().method == "GET");
    CHECK(late.details().route == "/users/@me");
    CHECK_THAT(late.what(), Catch::Contains("4000 ms"));
    CHECK(f.loop.elapsed() == 4s);
}

TEST_CASE("a server that does not take the connection is given up and tried again") {
    rest_fixture f;
    f.server->never_accepts();
    const auto late = f.failure(f.client().request(rest_fixture::get()));
    CHECK(late.code() == errc::timed_out);
    CHECK(f.server->dials() > 1);
    CHECK(f.loop.elapsed() <= 60s);
}

TEST_CASE("a server that took the request and went silent is given up in time for another try") {
    rest_fixture f;
    f.server->will(reply{.delay = 1h});
    f.loop.run(ignore_body(f.client().request(rest_fixture::get())));
    CHECK(f.server->seen().size() == 2);
    CHECK(f.loop.elapsed() < 30s);
}

TEST_CASE("cancelling a call ends its wait and frees its place in the queue") {
    rest_fixture f;
    auto client = f.client();
    std::exception_ptr why;
    SECTION("waiting for an answer") {
        f.server->will(reply{.delay = 1h});
    }
    SECTION("waiting for a limit") {
        f.server->will(limited("30", "user"));
    }
    SECTION("waiting for another try") {
        f.server->will(reply{.status = 503});
    }
    {
        task_group calls{f.loop.executor()};
        calls.spawn(ignore_body(client.request(rest_fixture::get())),
                    [&](std::exception_ptr e) { why = e; });
        f.loop.settle();
        calls.cancel();
        f.loop.settle();
        CHECK(calls.size() == 0);
    }
    REQUIRE(why);
    try {
        std::rethrow_exception(why);
    } catch (const boost::system::system_error& e) {
        CHECK(e.code() == cause::cancelled);
    }
    f.loop.run(ignore_body(client.request(rest_fixture::get())));
}

TEST_CASE("a refusal carries Discord's words, code and the field: REST-ERR-1 REST-ERR-2") {
    rest_fixture f;
    reply refused;
    refused.status = 400;
    refused.body =
        R"({"code": 50035, "message": "Invalid Form Body", "errors": {"embeds": {"0": {"title":
        {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 256 or fewer in length."}]}}}}})";
    f.server->will(refused);
    const auto e = f.failure(f.client().request(
        rest_fixture::post("/channels/{channel_id}/messages").path("channel_id", 7)));
    CHECK(e.code() == api_errc::invalid_form_body);
    CHECK(e.code() == cause::invalid_request);
    CHECK(e.details().method == "POST");
    CHECK(e.details().route == "/channels/{channel_id}/messages");
    CHECK(e.details().status == 400);
    CHECK(e.details().field == "embeds[0].title");
    CHECK_THAT(e.what(), Catch::Contains("Invalid Form Body") && Catch::Contains("Must be 256"));
}

TEST_CASE("redirects are not followed") {
    rest_fixture f;
    reply elsewhere;
    elsewhere.status = 302;
    elsewhere.headers.emplace_back("Location", "https://elsewhere.example/");
    f.server->will(elsewhere);
    const auto e = f.failure(f.client().request(rest_fixture::get()));
    CHECK(e.details().status == 302);
    CHECK(f.server->dials() == 1);
}

TEST_CASE("no token and no body in any log line or error text: REST-AUTH-4") {
    rest_fixture f;
    auto client = f.client();
    std::string words;
    const auto collect = [&](const error& e) {
        words += std::string{e.what()} + e.details().message;
    };
    for (const int status : {400, 403, 404, 429, 500, 401})
        f.server->will(reply{.status = status, .body = R"({"message": "no"})"});
    for (int i = 0; i < 5; ++i)
        collect(
            f.failure(client.request(rest_fixture::post("/webhooks/{webhook_id}/{webhook_token}")
                                         .path("webhook_id", 1)
                                         .path("webhook_token", "hook-secret"))));
    f.server->will(reply{.reset_instead = true});
    collect(f.failure(client.request(rest_fixture::post())));
    for (const char* secret : {rest_fixture::token, "hook-secret", "body text"}) {
        CHECK_FALSE(f.captured.contains(secret));
        CHECK(words.find(secret) == std::string::npos);
    }
    CHECK(f.captured.size() > 0);
}
