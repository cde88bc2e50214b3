#include "testing/rest_server.hpp"

#include <catch2/catch.hpp>

using namespace strandcord::testing;
using namespace std::chrono_literals;

namespace {

struct caller {
    emulator_options options;
    std::vector<event> events;
    world state{1, [this](event what) { events.push_back(std::move(what)); }};
    rest_server rest{options, state, "wss://gateway.test", "/api/v10", [] { return 999; }};
    std::chrono::nanoseconds now{};
    strandcord::snowflake guild = state.add_guild("home");
    strandcord::snowflake channel = state.add_channel(guild, "general");
    strandcord::snowflake ada = state.add_user("ada");

    rest_answer call(std::string method, std::string path, std::string body = {}) {
        rest_request out;
        out.method = std::move(method);
        out.target = "/api/v10" + path;
        out.headers = {{"User-Agent", "DiscordBot (https://example.test, 1.0)"}};
        if (path != "/gateway" && path.rfind("/interactions", 0) != 0 &&
            path.rfind("/webhooks", 0) != 0)
            out.headers.emplace_back("Authorization", "Bot emulated-token");
        if (!body.empty())
            out.headers.emplace_back("Content-Type", "application/json");
        out.body = std::move(body);
        return rest.handle(out, now);
    }
    std::string messages() const { return "/channels/" + to_string(channel) + "/messages"; }
    static json_value parsed(const rest_answer& answer) {
        return json_value::parse(answer.body).value();
    }
    static std::string header(const rest_answer& answer, std::string_view name) {
        for (const auto& [key, value] : answer.headers)
            if (key == name)
                return value;
        return {};
    }
};

} // namespace

TEST_CASE("the gateway's address, and how to start (GW-CONN-1, GW-CONN-7)") {
    caller c;
    CHECK(c.call("GET", "/gateway").body == R"({"url":"wss://gateway.test"})");
    c.rest.recommend_shards(4);
    c.rest.set_max_concurrency(16);
    const auto bot = caller::parsed(c.call("GET", "/gateway/bot"));
    CHECK(bot.find("shards")->integer() == 4);
    const auto& limit = *bot.find("session_start_limit");
    CHECK(limit.find("max_concurrency")->integer() == 16);
    CHECK(limit.find("remaining")->integer() == 999);
    CHECK(limit.find("total")->integer() == 1000);
    CHECK(caller::parsed(c.call("GET", "/users/@me")).find("id")->id() == c.state.bot().id);
    CHECK(c.rest.observed().violations.empty());
    CHECK(c.rest.observed().requests.size() == 3);
    for (const auto& each : c.rest.observed().requests)
        for (const auto& header : each.headers)
            CHECK(header.first != "Authorization");
}

TEST_CASE("a wrong or revoked token gets 401, an unknown route 404 (REST-AUTH-1, REST-ERR-1)") {
    caller c;
    rest_request out;
    out.target = "/api/v10/users/@me";
    out.method = "GET";
    out.headers = {{"authorization", "Bot wrong"}};
    const auto denied = c.rest.handle(out, c.now);
    CHECK(denied.status == 401);
    CHECK(denied.body == R"({"message":"401: Unauthorized","code":0})");
    CHECK(c.rest.observed().violations.size() == 1); // no User-Agent
    c.rest.revoke_token(true);
    CHECK(c.call("GET", "/users/@me").status == 401);
    c.rest.revoke_token(false);
    CHECK(c.call("GET", "/nowhere").status == 404);
    CHECK(caller::parsed(c.call("GET", "/channels/1")).find("code")->integer() == 10003);
}

TEST_CASE("a message made by REST is told as MESSAGE_CREATE") {
    caller c;
    c.events.clear();
    const auto made = c.call("POST", c.messages(), R"({"content":"pong","nonce":"5"})");
    CHECK(made.status == 200);
    CHECK(caller::parsed(made).text_of("content") == "pong");
    CHECK(caller::parsed(made).text_of("nonce") == "5");
    REQUIRE(c.events.size() == 1);
    CHECK(c.events[0].type == "MESSAGE_CREATE");
    CHECK(c.events[0].content_for_all);
    CHECK(caller::header(made, "X-RateLimit-Limit") == "50");
    CHECK(caller::header(made, "X-RateLimit-Remaining") == "49");
}

TEST_CASE("a message in a form with files carries its attachments (FILE-1)") {
    caller c;
    rest_request out;
    out.method = "POST";
    out.target = "/api/v10" + c.messages();
    out.headers = {{"Authorization", "Bot emulated-token"},
                   {"User-Agent", "DiscordBot (https://example.test, 1.0)"},
                   {"Content-Type", "multipart/form-data; boundary=edge"}};
    out.body = "--edge\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n"
               "Content-Type: application/json\r\n\r\n{\"content\":\"see\"}\r\n"
               "--edge\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a.png\"\r\n"
               "\r\n12345\r\n--edge--\r\n";
    const auto made = c.rest.handle(out, c.now);
    REQUIRE(made.status == 200);
    const auto data = caller::parsed(made);
    CHECK(data.text_of("content") == "see");
    REQUIRE(data.find("attachments")->items().size() == 1);
    CHECK(data.find("attachments")->items()[0].text_of("filename") == "a.png");
    CHECK(data.find("attachments")->items()[0].find("size")->integer() == 5);
}

TEST_CASE("messages that Discord refuses are refused (REST-ERR-2)") {
    caller c;
    const auto code = [&](std::string body) {
        const auto answer = c.call("POST", c.messages(), std::move(body));
        CHECK(answer.status == 400);
        return caller::parsed(answer).find("code")->integer();
    };
    CHECK(code("{") == 50109);
    CHECK(code("{}") == 50006);
    CHECK(code(R"({"content":""})") == 50006);
    CHECK(code(R"({"content":")" + std::string(2001, 'x') + "\"}") == 50035);
    CHECK(code(R"({"content":"x","message_reference":{"message_id":"1"}})") == 50035);
    CHECK(
        c.call(
             "POST", c.messages(),
             R"({"content":"x","message_reference":{"message_id":"1","fail_if_not_exists":false}})")
            .status == 200);
}

TEST_CASE("faults come once, on the route they name, before anything else") {
    caller c;
    rest_answer late;
    late.status = 429;
    late.late = 2500ms;
    c.rest.answer_next("POST /channels", 1, late);
    rest_answer down;
    down.status = 503;
    c.rest.answer_next("", 1, down);
    CHECK(c.call("GET", "/gateway").status == 503);
    const auto limited = c.call("POST", c.messages(), R"({"content":"x"})");
    CHECK(limited.status == 429);
    CHECK(caller::header(limited, "Retry-After") == "3");
    CHECK(limited.late == 0ms);
    CHECK(limited.body.find(R"("retry_after":2.500)") != std::string::npos);
    CHECK(c.call("POST", c.messages(), R"({"content":"x"})").status == 200);
    c.rest.drop_next(1, "/gateway");
    CHECK(c.call("GET", "/gateway").status == 0);
    c.rest.delay(700ms, "/gateway");
    CHECK(c.call("GET", "/gateway").late == 700ms);
    c.rest.delay(0ms, "/gateway");
    CHECK(c.call("GET", "/gateway").late == 0ms);
}

TEST_CASE("a limit is told in headers and kept, path by path (RL-2, RL-4)") {
    caller c;
    c.rest.limit("POST /channels", 2, 10s);
    const auto other = c.state.add_channel(c.guild, "other");
    const auto say = [&](strandcord::snowflake where) {
        return c.call("POST", "/channels/" + to_string(where) + "/messages", R"({"content":"x"})");
    };
    CHECK(say(c.channel).status == 200);
    c.now += 4s;
    const auto second = say(c.channel);
    CHECK(caller::header(second, "X-RateLimit-Remaining") == "0");
    CHECK(caller::header(second, "X-RateLimit-Reset-After") == "6.000");
    const auto third = say(c.channel);
    CHECK(third.status == 429);
    CHECK(caller::header(third, "Retry-After") == "6");
    CHECK(caller::header(third, "X-RateLimit-Scope") == "user");
    CHECK(say(other).status == 200);
    c.now += 6s;
    CHECK(say(c.channel).status == 200);
    CHECK(c.rest.observed().violations.size() == 1);
}

TEST_CASE("an interaction is answered once, within 3 seconds (IX-3, IX-5)") {
    caller c;
    const auto ask = [&] {
        const auto token = c.rest.next_token();
        const auto id = c.state.interact(c.ada, c.channel, 2, "{}", {}, token);
        c.rest.expect(id, token, c.channel, {}, c.now);
        return "/interactions/" + to_string(id) + "/" + token + "/callback";
    };
    const auto path = ask();
    CHECK(c.call("POST", path, R"({"type":4,"data":{}})").status == 400);
    CHECK(c.call("POST", path, R"({"type":4,"data":{"content":"hi"}})").status == 204);
    CHECK(c.rest.observed().answers.size() == 1);
    CHECK(c.events.back().type == "MESSAGE_CREATE");
    const auto again = c.call("POST", path, R"({"type":4,"data":{"content":"hi"}})");
    CHECK(caller::parsed(again).find("code")->integer() == 40060);

    const auto slow = ask();
    c.now += 3001ms;
    const auto late = c.call("POST", slow, R"({"type":5})");
    CHECK(late.status == 404);
    CHECK(caller::parsed(late).find("code")->integer() == 10062);

    const auto shown =
        c.call("POST", ask() + "?with_response=true", R"({"type":4,"data":{"content":"hi"}})");
    CHECK(shown.status == 200);
    CHECK(caller::parsed(shown).find("resource")->find("message")->text_of("content") == "hi");
}

TEST_CASE("a deferred answer is filled by its first edit (IX-4)") {
    caller c;
    const auto token = c.rest.next_token();
    const auto id = c.state.interact(c.ada, c.channel, 2, "{}", {}, token);
    c.rest.expect(id, token, c.channel, {}, c.now);
    const auto hook = "/webhooks/" + to_string(c.state.application_id()) + "/" + token;
    CHECK(c.call("PATCH", hook + "/messages/@original", R"({"content":"early"})").status == 404);
    CHECK(c.call("POST", "/interactions/" + to_string(id) + "/" + token + "/callback",
                 R"({"type":5})")
              .status == 204);
    CHECK(c.call("PATCH", hook + "/messages/@original", R"({"content":"done"})").status == 200);
    CHECK(c.state.find_channel(c.channel)->count == 1);
    CHECK(c.call("POST", hook, R"({"content":"more"})").status == 200);
    CHECK(c.state.find_channel(c.channel)->count == 2);
    c.now += 16min;
    CHECK(c.call("POST", hook, R"({"content":"late"})").status == 404);
}

TEST_CASE("messages can be read, edited, reacted to and deleted") {
    caller c;
    const auto made = caller::parsed(c.call("POST", c.messages(), R"({"content":"x"})"));
    const std::string id{made.text_of("id")};
    const auto path = c.messages() + "/" + id;
    CHECK(caller::parsed(c.call("PATCH", path, R"({"content":"y"})")).text_of("content") == "y");
    CHECK(c.call("PUT", path + "/reactions/%F0%9F%94%A5/@me").status == 204);
    CHECK(c.events.back().type == "MESSAGE_REACTION_ADD");
    CHECK(c.events.back().data.find("🔥") != std::string::npos);
    CHECK(c.call("GET", c.messages()).body.find(R"("content":"y")") != std::string::npos);
    CHECK(c.call("DELETE", path).status == 204);
    CHECK(c.call("GET", path).status == 404);
}

TEST_CASE("an enforced nonce makes one message of two requests, for some minutes") {
    caller c;
    const auto id = [](const rest_answer& answer) {
        return std::string{caller::parsed(answer).text_of("id")};
    };
    const std::string body = R"({"content":"hi","nonce":"7","enforce_nonce":true})";
    const auto first = id(c.call("POST", c.messages(), body));
    CHECK(id(c.call("POST", c.messages(), body)) == first);
    CHECK(c.state.find_channel(c.channel)->count == 1);
    CHECK(id(c.call("POST", c.messages(), R"({"content":"hi","nonce":"7"})")) != first);
    CHECK(id(c.call("POST", c.messages(),
                    R"({"content":"hi","nonce":"8","enforce_nonce":true})")) != first);
    c.now += 6min;
    CHECK(id(c.call("POST", c.messages(), body)) != first);
    CHECK(c.state.find_channel(c.channel)->count == 4);
}

TEST_CASE("an ephemeral message travels like a direct one, without guild and member (GW-DISP-10)") {
    caller c;
    c.events.clear();
    c.call("POST", c.messages(), R"({"content":"psst","flags":64})");
    REQUIRE(c.events.size() == 1);
    const auto& said = c.events.back();
    CHECK(said.type == "MESSAGE_CREATE");
    CHECK_FALSE(said.guild);
    const auto data = json_value::parse(said.data).value();
    CHECK(data.find("guild_id") == nullptr);
    CHECK(data.find("member") == nullptr);
    CHECK(data.text_of("content") == "psst");
}
