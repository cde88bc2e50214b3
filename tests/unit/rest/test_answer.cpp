#include "rest/answer.hpp"
#include "rest/error_tree.hpp"
#include "rest/retry.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using namespace strandcord;
using namespace strandcord::rest;

namespace {

net::http_response answered(int status, std::string body, net::http_headers headers = {}) {
    net::http_response out;
    out.status = status;
    out.body = std::move(body);
    out.headers = std::move(headers);
    return out;
}

diagnostics where() {
    diagnostics out;
    out.method = "POST";
    out.route = "/channels/{channel_id}/messages";
    return out;
}

error explained(int status, std::string body, net::http_headers headers = {}) {
    return read_error(answered(status, std::move(body), std::move(headers)), where(), true);
}

} // namespace

TEST_CASE("rate-limit headers are read whatever their case, and may be missing: RL-2") {
    const auto limits = read_limits(answered(200, "{}",
                                             {{"x-ratelimit-limit", "5"},
                                              {"X-RateLimit-Remaining", "4"},
                                              {"x-ratelimit-reset-after", "1.25"},
                                              {"x-ratelimit-reset", "1470173023.123"},
                                              {"x-ratelimit-bucket", "abcd1234"}}));
    CHECK(limits.limit == 5);
    CHECK(limits.remaining == 4);
    CHECK(limits.reset_after == 1250ms);
    CHECK(limits.bucket == "abcd1234");
    const auto none = read_limits(answered(200, "{}", {{"X-RateLimit-Limit", "many"}}));
    CHECK_FALSE(none.limit);
    CHECK_FALSE(none.remaining);
    CHECK_FALSE(none.reset_after);
    CHECK(none.bucket.empty());
}

TEST_CASE("a 429's body is more precise than its header: RL-8 RL-9") {
    const auto limits = read_limits(
        answered(429, R"({"message": "You are being rate limited.", "retry_after": 64.57,
        "global": false})",
                 {{"Retry-After", "65"}, {"X-RateLimit-Scope", "user"}}));
    CHECK(limits.retry_after == 64570ms);
    CHECK_FALSE(limits.global);
    CHECK_FALSE(limits.shared);
}

TEST_CASE("the scope of a 429 is read from any of its signs: RL-10 RL-11 REST-ERR-4") {
    const std::string body = R"({"message": "x", "retry_after": 1, "global": false})";
    CHECK(read_limits(answered(429, body, {{"X-RateLimit-Scope", "global"}})).global);
    CHECK(read_limits(answered(429, body, {{"X-RateLimit-Global", "true"}})).global);
    CHECK(
        read_limits(answered(429, R"({"message": "x", "retry_after": 1, "global": true})")).global);
    CHECK(read_limits(answered(429, body, {{"X-RateLimit-Scope", "shared"}})).shared);
    CHECK_FALSE(read_limits(answered(429, body)).global);

    const auto edge =
        read_limits(answered(429, "<html>error code: 1015</html>", {{"Retry-After", "30"}}));
    CHECK(edge.global);
    CHECK(edge.retry_after == 30s);
}

TEST_CASE("seconds are decimal numbers, not too long and not negative") {
    CHECK(parse_seconds("1") == 1s);
    CHECK(parse_seconds("0.25") == 250ms);
    CHECK(parse_seconds("0") == 0s);
    for (const char* wrong :
         {"", "-1", "nan", "inf", "1s", "1e30", "Wed, 21 Oct 2015 07:28:00 GMT"}) {
        INFO(wrong);
        CHECK_FALSE(parse_seconds(wrong));
    }
}

TEST_CASE("errors carry the JSON code when there is one, else the status: REST-ERR-1 REST-ERR-6") {
    CHECK(explained(403, R"({"message": "Missing Permissions", "code": 50013})").code() ==
          api_errc::missing_permissions);
    CHECK(explained(404, R"({"message": "404: Not Found", "code": 0})").code() ==
          http_errc::not_found);
    CHECK(explained(404, R"({"message": "404: Not Found", "code": 0})").code() == cause::not_found);
    CHECK(explained(503, "").code() == http_errc::service_unavailable);
    CHECK(explained(503, "").code() == cause::retryable);
    CHECK(explained(429, R"({"message": "x", "retry_after": 2, "code": 20028})").code() ==
          cause::rate_limited);
    CHECK(explained(401, R"({"message": "401: Unauthorized", "code": 0})").code() ==
          errc::unauthorized);

    const auto unknown = explained(400, R"({"message": "Something new", "code": 999999})");
    CHECK(unknown.code().value() == 999999);
    CHECK(unknown.code().category() == api_category());
    CHECK_THAT(unknown.what(), Catch::Contains("Something new"));
}

TEST_CASE("a 401 without the bot's token is not about the bot's token") {
    const auto e = read_error(
        answered(401, R"({"message": "Invalid Webhook Token", "code": 50027})"), where(), false);
    CHECK(e.code() == http_errc::unauthorized);
    CHECK_THAT(e.what(), Catch::Contains("Invalid Webhook Token"));
}

TEST_CASE("an error that is no JSON keeps its status and never fails: REST-ERR-4") {
    for (const char* body : {"<html><body>502</body></html>", "", "{", "[1]", "null", "\"text\"",
                             "{\"a\":1}", "\xFF\xFE"}) {
        INFO(body);
        const auto e = explained(502, body);
        CHECK(e.code() == http_errc::bad_gateway);
        CHECK(e.details().status == 502);
        CHECK(e.details().method == "POST");
        CHECK_THAT(e.what(), Catch::Contains("502"));
        CHECK_THAT(e.what(), !Catch::Contains("html"));
    }
}

TEST_CASE("retry_after is kept in milliseconds, rounded up: RL-19") {
    CHECK(explained(429, R"({"message": "x", "retry_after": 0.3001})").details().retry_after ==
          301ms);
    CHECK(
        explained(400,
                  R"({"message": "Max number of daily application command creates has been reached",
        "code": 30034, "retry_after": 3600
})")
            .details()
            .retry_after == 3600s);
    CHECK_FALSE(explained(400, R"({"message": "x"})").details().retry_after);
}

TEST_CASE("the error tree's first complaint gives its path and words: REST-ERR-2") {
    struct row {
        const char* errors;
        const char* path;
        const char* message;
    };
    const row rows[] = {
        {R"j({"activities": {"0": {"platform": {"_errors": [{"code": "C", "message": "Must be ('a')"}]},
          "type": {"_errors": [{"code": "C", "message": "other"}]}}}})j",
         "activities[0].platform", "Must be ('a')"},
        {R"j({"access_token": {"_errors": [{"code": "REQUIRED", "message": "This field is required"}]}})j",
         "access_token", "This field is required"},
        {R"j({"_errors": [{"code": "TOO_LARGE", "message": "Command exceeds maximum size (8000)"}]})j",
         "", "Command exceeds maximum size (8000)"},
        {R"j({"a": {"b": 1, "c": [1, {"d": "}"}], "e": null, "f": {"_errors": []}}})j", "a.f", ""},
        {R"j({"a": {"_errors": [{"message": "say \"no\"\nmore", "code": "x"}]}})j", "a",
         "say \"no\" more"},
        {"", "", ""},
        {"null", "", ""},
        {"[]", "", ""},
        {R"j({"a": {"b": {"_errors")j", "a.b", ""},
        {R"j({"a)j", "", ""},
    };
    for (const row& one : rows) {
        INFO(one.errors);
        const auto found = first_field_error(one.errors);
        CHECK(found.path == one.path);
        CHECK(found.message == one.message);
    }
}

TEST_CASE("an error tree of any depth is survived") {
    std::string deep;
    for (int i = 0; i < 100000; ++i)
        deep += "{\"a\":";
    CHECK(first_field_error(deep).message.empty());
}

TEST_CASE("what is worth another try depends on fault, progress and request: REST-ERR-3") {
    CHECK(may_repeat(errc::connection_closed, progress::not_sent, false));
    CHECK(may_repeat(errc::connection_closed, progress::perhaps_seen, true));
    CHECK_FALSE(may_repeat(errc::connection_closed, progress::perhaps_seen, false));
    CHECK_FALSE(may_repeat(errc::cancelled, progress::not_sent, true));
    CHECK_FALSE(may_repeat(errc::certificate_invalid, progress::not_sent, true));
    for (const int status : {500, 502, 503, 504, 520, 529})
        CHECK(may_repeat(status, true));
    for (const int status : {200, 400, 401, 403, 404, 405, 501, 505})
        CHECK_FALSE(may_repeat(status, true));
    CHECK_FALSE(may_repeat(502, false));
}
