#include "bot/finished_sequence.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <random>
#include <set>
#include <vector>

using namespace strandcord;
using counted_event = finished_sequence::event;

namespace {
constexpr auto none = finished_sequence::none;
}

TEST_CASE("the lowest event under way is the limit, whatever ends first (GW-RES-17)") {
    finished_sequence all;
    counted_event a, b, c;
    CHECK(all.lowest_open() == none);
    all.begin(a, 4);
    all.begin(b, 5);
    all.begin(c, 9); // those between had no handlers
    CHECK(all.lowest_open() == 4);
    all.end(b);
    CHECK(all.lowest_open() == 4);
    all.end(a);
    CHECK(all.lowest_open() == 9);
    all.end(c);
    CHECK(all.lowest_open() == none);
    all.end(c);
    CHECK(all.lowest_open() == none);
}

TEST_CASE("events that come late or again are under way like others (GW-RES-15)") {
    finished_sequence all;
    counted_event first, again, late, later;
    all.begin(first, 7);
    all.begin(later, 9);
    all.begin(again, 7);
    all.begin(late, 6);
    CHECK(all.lowest_open() == 6);
    all.end(late);
    CHECK(all.lowest_open() == 7);
    all.end(first);
    CHECK(all.lowest_open() == 7);
    all.end(again);
    CHECK(all.lowest_open() == 9);
    all.end(later);
    CHECK(all.lowest_open() == none);
}

TEST_CASE("events without a number do not count") {
    finished_sequence all;
    counted_event gap;
    all.begin(gap, 0);
    CHECK(all.lowest_open() == none);
    all.end(gap);
}

TEST_CASE("a new session starts at 1 again, and handlers of the old one do not hold it up") {
    finished_sequence all;
    counted_event old, fresh;
    all.begin(old, 500);
    all.new_session();
    CHECK(all.lowest_open() == none);
    all.begin(fresh, 2);
    all.end(old);
    CHECK(all.lowest_open() == 2);
    all.end(fresh);
    CHECK(all.lowest_open() == none);
}

TEST_CASE("what was cut off stays the limit until a new session") {
    finished_sequence all;
    counted_event a, b, c;
    all.begin(a, 1);
    all.begin(b, 2);
    all.begin(c, 3);
    all.cut_off(b);
    all.end(c);
    CHECK(all.lowest_open() == 1);
    all.end(a);
    CHECK(all.lowest_open() == 2);
    all.new_session();
    CHECK(all.lowest_open() == none);
}

TEST_CASE("any order of ends gives what a plain set gives") {
    std::minstd_rand random{7};
    finished_sequence all;
    std::multiset<std::int64_t> open;
    std::vector<std::pair<std::int64_t, std::unique_ptr<counted_event>>> events;
    std::int64_t next = 0;
    for (int step = 0; step < 5000; ++step) {
        if (events.empty() || random() % 2 == 0) {
            next += 3;
            const auto sequence = next - static_cast<std::int64_t>(random() % 10 == 0 ? 20 : 0);
            events.emplace_back(sequence, std::make_unique<counted_event>());
            all.begin(*events.back().second, sequence);
            if (sequence > 0)
                open.insert(sequence);
        } else {
            const auto which = random() % events.size();
            all.end(*events[which].second);
            if (const auto one = open.find(events[which].first); one != open.end())
                open.erase(one);
            events.erase(events.begin() + static_cast<std::ptrdiff_t>(which));
        }
        REQUIRE(all.lowest_open() == (open.empty() ? none : *open.begin()));
    }
    all.new_session();
}
