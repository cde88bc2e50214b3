#include "rest/limiter.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using namespace strandcord;
using namespace strandcord::rest;

namespace {

constexpr time_point start{1h};

route channel_route(const char* id, const char* method = "POST") {
    return describe_route(method, "/channels/{channel_id}/messages", {{"channel_id", id}}, true);
}

answer_limits told(const char* bucket, int limit, int remaining, duration reset_after) {
    answer_limits out;
    out.bucket = bucket;
    out.limit = limit;
    out.remaining = remaining;
    out.reset_after = reset_after;
    return out;
}

answer_limits limited_for(duration wait) {
    answer_limits out;
    out.status = 429;
    out.retry_after = wait;
    return out;
}

verdict waits(wait_reason why, std::optional<time_point> until = std::nullopt) {
    return {verdict::kind::wait, why, until};
}

const verdict granted{};

/// A limiter whose channel 1 has shown its bucket.
limiter acquainted(int limit, int remaining, duration reset_after, limiter_settings settings = {}) {
    limiter out{settings};
    const ticket first = out.enter(channel_route("1"));
    out.poll(first, start);
    out.complete(first, told("hash", limit, remaining, reset_after), start);
    out.woken();
    return out;
}

} // namespace

TEST_CASE("an unknown route is asked one call at a time: RL-6") {
    limiter limits;
    const ticket first = limits.enter(channel_route("1"));
    const ticket second = limits.enter(channel_route("1"));
    const ticket elsewhere = limits.enter(channel_route("2"));
    CHECK(limits.poll(first, start) == granted);
    CHECK(limits.poll(second, start) == waits(wait_reason::turn));
    CHECK(limits.poll(elsewhere, start) == granted);
    limits.woken();
    limits.complete(first, told("hash", 5, 4, 5s), start);
    CHECK(limits.woken() == std::vector<ticket>{second});
    CHECK(limits.poll(second, start) == granted);
}

TEST_CASE("a route that answers without limits is not held back: RL-2") {
    limiter limits;
    const ticket first = limits.enter(channel_route("1"));
    limits.poll(first, start);
    limits.complete(first, {}, start);
    for (int i = 0; i < 20; ++i)
        CHECK(limits.poll(limits.enter(channel_route("1")), start) == granted);
    CHECK(limits.poll(limits.enter(channel_route("2")), start) == granted);
}

TEST_CASE("the sixth of five waits for the reset, in order: RL-3 RL-7") {
    limiter limits = acquainted(5, 4, 5s);
    for (int i = 0; i < 4; ++i)
        CHECK(limits.poll(limits.enter(channel_route("1")), start) == granted);
    const ticket sixth = limits.enter(channel_route("1"));
    const ticket seventh = limits.enter(channel_route("1"));
    CHECK(limits.poll(sixth, start) == waits(wait_reason::bucket, start + 5s));
    CHECK(limits.poll(seventh, start + 5s) == waits(wait_reason::turn));
    CHECK(limits.poll(sixth, start + 4999ms) == waits(wait_reason::bucket, start + 5s));
    CHECK(limits.poll(sixth, start + 5s) == granted);
}

TEST_CASE("one hash with two channels is two buckets, one hash on two routes is one: RL-4 RL-6") {
    limiter limits = acquainted(1, 0, 5s);
    const ticket other_channel = limits.enter(channel_route("2"));
    CHECK(limits.poll(other_channel, start) == granted);

    const ticket other_route = limits.enter(channel_route("1", "PATCH"));
    CHECK(limits.poll(other_route, start) == granted);
    const ticket behind = limits.enter(channel_route("1", "PATCH"));
    limits.complete(other_route, told("hash", 1, 0, 5s), start);
    CHECK(limits.poll(behind, start) == waits(wait_reason::bucket, start + 5s));
    const ticket first_route = limits.enter(channel_route("1"));
    CHECK(limits.poll(first_route, start) == waits(wait_reason::turn));
}

TEST_CASE("answers out of order never give back what is used: RL-7") {
    limiter limits = acquainted(3, 3, 5s);
    const ticket a = limits.enter(channel_route("1"));
    const ticket b = limits.enter(channel_route("1"));
    const ticket c = limits.enter(channel_route("1"));
    for (const ticket call : {a, b, c})
        CHECK(limits.poll(call, start) == granted);
    limits.complete(c, told("hash", 3, 0, 4990ms), start + 10ms);
    limits.complete(a, told("hash", 3, 2, 4980ms), start + 20ms);
    limits.complete(b, told("hash", 3, 1, 4970ms), start + 30ms);
    CHECK(limits.poll(limits.enter(channel_route("1")), start + 40ms) ==
          waits(wait_reason::bucket, start + 5s));
}

TEST_CASE("a new window counts what is still under way") {
    limiter limits = acquainted(2, 2, 5s);
    const ticket slow = limits.enter(channel_route("1"));
    CHECK(limits.poll(slow, start) == granted);
    const ticket next = limits.enter(channel_route("1"));
    const ticket last = limits.enter(channel_route("1"));
    CHECK(limits.poll(next, start + 6s) == granted);
    CHECK(limits.poll(last, start + 6s) == waits(wait_reason::turn));
    limits.woken();
    limits.leave(slow);
    CHECK(limits.woken() == std::vector<ticket>{last});
}

TEST_CASE("calls that end without an answer do not block their bucket for good") {
    limiter limits = acquainted(1, 1, 5s);
    const ticket lost = limits.enter(channel_route("1"));
    CHECK(limits.poll(lost, start + 6s) == granted);
    limits.leave(lost);
    CHECK(limits.poll(limits.enter(channel_route("1")), start + 6s) == granted);
}

TEST_CASE("who leaves the queue lets the next one up") {
    limiter limits = acquainted(1, 0, 5s);
    const ticket head = limits.enter(channel_route("1"));
    const ticket next = limits.enter(channel_route("1"));
    limits.poll(head, start);
    limits.woken();
    limits.leave(head);
    CHECK(limits.woken() == std::vector<ticket>{next});
    CHECK(limits.poll(next, start + 5s) == granted);
}

TEST_CASE("a 429 holds its bucket, and who was limited goes first: RL-8") {
    limiter limits = acquainted(5, 5, 5s);
    const ticket hit = limits.enter(channel_route("1"));
    const ticket behind = limits.enter(channel_route("1"));
    limits.poll(hit, start);
    const auto how = limits.complete(hit, limited_for(2500ms), start);
    REQUIRE(how);
    CHECK(how->why == wait_reason::bucket);
    CHECK(how->wait == 2500ms);
    CHECK_FALSE(how->alone_until);
    const ticket again = limits.enter(channel_route("1"), true);
    CHECK(limits.poll(again, start) == waits(wait_reason::bucket, start + 2500ms));
    CHECK(limits.poll(behind, start + 2500ms) == waits(wait_reason::turn));
    CHECK(limits.poll(again, start + 2500ms) == granted);
    CHECK(limits.poll(limits.enter(channel_route("2")), start) == granted);
}

TEST_CASE("a global 429 holds every bucket but the interactions': RL-10 RL-14") {
    limiter limits = acquainted(5, 5, 5s);
    const ticket hit = limits.enter(channel_route("1"));
    limits.poll(hit, start);
    auto answer = limited_for(3s);
    answer.global = true;
    const auto how = limits.complete(hit, answer, start);
    CHECK(how->why == wait_reason::global);
    const ticket other = limits.enter(channel_route("2"));
    CHECK(limits.poll(other, start) == waits(wait_reason::global, start + 3s));
    CHECK(limits.poll(other, start + 3s) == granted);

    const auto callback =
        describe_route("POST", "/interactions/{interaction_id}/{interaction_token}/callback",
                       {{"interaction_id", "1"}, {"interaction_token", "t"}}, false);
    CHECK(limits.poll(limits.enter(callback), start) == granted);
    CHECK(limits.poll(limits.enter(callback), start) == granted);
}

TEST_CASE(
    "a shared 429 holds the bucket for as long as it says and is nobody's fault: RL-11 RL-16") {
    limiter limits = acquainted(10, 10, 5s);
    const ticket hit = limits.enter(channel_route("1"));
    limits.poll(hit, start);
    auto answer = told("hash", 10, 9, 64s);
    answer.status = 429;
    answer.retry_after = 1337s;
    answer.shared = true;
    const auto how = limits.complete(hit, answer, start);
    CHECK(how->wait == 1337s);
    CHECK(limits.refused(start) == 0);
    CHECK(limits.poll(limits.enter(channel_route("1")), start) ==
          waits(wait_reason::bucket, start + 1337s));
}

TEST_CASE("a sub-limit holds its own call only: RL-12") {
    limiter limits = acquainted(5, 5, 5s);
    const ticket hit = limits.enter(channel_route("1"));
    limits.poll(hit, start);
    auto answer = told("hash", 5, 3, 5s);
    answer.status = 429;
    answer.retry_after = 600s;
    const auto how = limits.complete(hit, answer, start);
    CHECK(how->why == wait_reason::sub_limit);
    CHECK(how->alone_until == start + 600s);
    CHECK(limits.poll(limits.enter(channel_route("1")), start) == granted);
}

TEST_CASE("a 429 that names no time is still waited for") {
    limiter limits;
    const ticket hit = limits.enter(channel_route("1"));
    limits.poll(hit, start);
    answer_limits bare;
    bare.status = 429;
    CHECK(limits.complete(hit, bare, start)->wait == 1s);
}

TEST_CASE("at most fifty calls start in any second: RL-13") {
    limiter limits;
    int now = 0;
    for (int i = 0; i < 50; ++i)
        CHECK(limits.poll(limits.enter(channel_route(std::to_string(i).c_str())),
                          start + i * 10ms) == granted);
    const ticket next = limits.enter(channel_route("99"));
    CHECK(limits.poll(next, start + 500ms) == waits(wait_reason::global, start + 1s));
    for (now = 1000; now < 1100; now += 10) {
        const ticket call = limits.enter(channel_route(std::to_string(now).c_str()));
        CHECK(limits.poll(call, start + now * 1ms) == granted);
    }
    CHECK(limits.poll(next, start + 1095ms) == waits(wait_reason::global, start + 1100ms));
}

TEST_CASE("a 401 ends everything that carries the token: REST-AUTH-3") {
    limiter limits;
    const ticket first = limits.enter(channel_route("1"));
    const ticket queued = limits.enter(channel_route("1"));
    limits.poll(first, start);
    answer_limits refused;
    refused.status = 401;
    limits.complete(first, refused, start);
    CHECK(limits.token_refused());
    CHECK(limits.woken() == std::vector<ticket>{queued});
    CHECK(limits.poll(queued, start + 24h).what == verdict::kind::unauthorized);
    const auto anonymous = describe_route("GET", "/gateway", {}, false);
    CHECK(limits.poll(limits.enter(anonymous), start) == granted);
}

TEST_CASE("a 401 on a route with a token of its own says nothing about the bot's: REST-AUTH-2") {
    limiter limits;
    const ticket call =
        limits.enter(describe_route("GET", "/webhooks/{webhook_id}/{webhook_token}",
                                    {{"webhook_id", "1"}, {"webhook_token", "t"}}, false));
    limits.poll(call, start);
    answer_limits refused;
    refused.status = 401;
    limits.complete(call, refused, start);
    CHECK_FALSE(limits.token_refused());
    CHECK(limits.refused(start) == 1);
}

TEST_CASE("too many refused answers in ten minutes stop everything for a while: RL-16") {
    limiter limits{{.per_second = 1000, .refused_limit = 3}};
    for (const int status : {403, 429, 403}) {
        const ticket call = limits.enter(channel_route(std::to_string(status).c_str()));
        CHECK(limits.poll(call, start) == granted);
        answer_limits refused;
        refused.status = status;
        limits.complete(call, refused, start);
    }
    const ticket stopped = limits.enter(channel_route("5"));
    CHECK(limits.poll(stopped, start + 10min).what == verdict::kind::too_many_refused);
    CHECK(limits.poll(stopped, start + 11min) == granted);
}

TEST_CASE("errors of a proxy teach nothing about a route") {
    limiter limits;
    const ticket first = limits.enter(channel_route("1"));
    limits.poll(first, start);
    answer_limits bad;
    bad.status = 502;
    limits.complete(first, bad, start);
    const ticket second = limits.enter(channel_route("1"));
    const ticket third = limits.enter(channel_route("1"));
    CHECK(limits.poll(second, start) == granted);
    CHECK(limits.poll(third, start) == waits(wait_reason::turn));
}

TEST_CASE("buckets that are done are forgotten") {
    limiter limits{{.per_second = 100000}};
    time_point now = start;
    for (int i = 0; i < 5000; ++i) {
        const ticket call = limits.enter(channel_route(std::to_string(i).c_str()));
        limits.poll(call, now);
        limits.complete(call, told("hash", 5, 4, 5s), now);
        now += 1s;
    }
    CHECK(limits.bucket_count() < 1100);
}
