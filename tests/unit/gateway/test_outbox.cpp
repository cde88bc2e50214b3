#include "gateway/outbox.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace strandcord;
using namespace strandcord::gateway;
using namespace std::chrono_literals;

using outcomes = std::vector<outbox::outcome>;

namespace {

struct clocked {
    error_code presence(std::string text, std::uint64_t ticket = 0) {
        return out.push(3, std::move(text), ticket);
    }
    error_code command(std::string text, std::uint64_t ticket = 0) {
        return out.push(8, std::move(text), ticket);
    }
    std::vector<std::string> sends() {
        std::vector<std::string> all;
        while (auto text = out.pop(now))
            all.push_back(std::move(*text));
        return all;
    }

    outbox::time_point now{1h};
    outbox out;
};

using texts = std::vector<std::string>;

} // namespace

TEST_CASE(
    "ten presence changes in a second: five frames in 20 s, and the last one wins, GW-SEND-11") {
    clocked t;
    std::vector<outbox::time_point> sent;
    std::string last;
    const auto drain = [&] {
        for (const auto& text : t.sends()) {
            sent.push_back(t.now);
            last = text;
        }
    };
    for (int i = 0; i < 10; ++i) {
        CHECK_FALSE(t.presence("p" + std::to_string(i)));
        drain();
        t.now += 100ms;
    }
    CHECK(sent.size() == 5);
    CHECK(last == "p4");
    const auto wait = t.out.waits(t.now);
    REQUIRE(wait);
    CHECK(wait->why == outbox::reason::presence_limit);
    CHECK(wait->until == sent.front() + outbox::presence_window);
    t.now = wait->until - 1ns;
    drain();
    CHECK(sent.size() == 5);
    t.now = wait->until;
    drain();
    CHECK(sent.size() == 6);
    CHECK(last == "p9");
    CHECK(sent[5] - sent[0] >= 20s);
    CHECK_FALSE(t.out.waits(t.now));
}

TEST_CASE("a presence held back by its own limit holds up nothing else, GW-SEND-11") {
    clocked t;
    for (int i = 0; i < 6; ++i) {
        t.presence("p" + std::to_string(i));
        if (i < 5)
            t.sends();
    }
    t.command("c");
    CHECK(t.sends() == texts{"c"});
}

TEST_CASE("a presence that a later one replaced counts as sent, GW-SEND-11") {
    clocked t;
    t.presence("old", 1);
    t.command("c", 2);
    t.presence("new", 3);
    CHECK(t.out.size() == 2);
    CHECK(t.out.take_outcomes() == outcomes{{1, {}}});
    CHECK(t.sends() == texts{"new", "c"});
    CHECK(t.out.take_outcomes() == outcomes{{3, {}}, {2, {}}});
    CHECK(t.out.take_outcomes().empty());
}

TEST_CASE(
    "no more than a thousand commands wait, and a presence always finds its place, GW-SEND-6") {
    clocked t;
    for (std::size_t i = 0; i < outbox::capacity; ++i)
        REQUIRE_FALSE(t.command("c"));
    CHECK(t.command("one more") == errc::queue_full);
    CHECK_FALSE(t.presence("p"));
    CHECK_FALSE(t.presence("q"));
    CHECK(t.sends().size() > 100);
    CHECK_FALSE(t.command("room again"));
}

TEST_CASE("a lost session drops all but the latest presence, GW-SEND-7") {
    clocked t;
    t.presence("sent before");
    CHECK(t.sends() == texts{"sent before"});
    t.command("c", 1);
    t.command("d");
    CHECK(t.out.forget_session() == 2);
    CHECK(t.out.take_outcomes() == outcomes{{1, errc::session_lost}});
    CHECK(t.sends() == texts{"sent before"});
    CHECK(t.out.forget_session() == 0);
}

TEST_CASE("a command that was given up is not sent; a presence that was set stays set") {
    clocked t;
    t.command("c", 1);
    t.command("d", 2);
    t.presence("p", 3);
    t.out.withdraw(1);
    t.out.withdraw(3);
    t.out.withdraw(99);
    CHECK(t.sends() == texts{"p", "d"});
    CHECK(t.out.take_outcomes() == outcomes{{2, {}}});
}
