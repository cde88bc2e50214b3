#include "bot/order_queue.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace strandcord;

namespace {

using queue = order_queue<std::string>;

/// What runs at once when it can, and waits otherwise.
struct script {
    explicit script(std::size_t limit) : line{limit} {}

    void comes(std::uint64_t key, std::string what) {
        if (line.admit(key))
            ran.push_back(what);
        else
            line.push(key, std::move(what));
    }
    void ends(std::uint64_t key) {
        line.end(key);
        while (auto next = line.next())
            ran.push_back(next->second);
    }

    queue line;
    std::vector<std::string> ran;
};

using names = std::vector<std::string>;

} // namespace

TEST_CASE("items of one key take turns in order, other keys and no key go on") {
    script s{0};
    s.comes(7, "a1");
    s.comes(7, "a2");
    s.comes(8, "b1");
    s.comes(7, "a3");
    s.comes(0, "none");
    s.comes(0, "none too");
    CHECK(s.ran == names{"a1", "b1", "none", "none too"});
    CHECK(s.line.queued() == 2);
    s.ends(8);
    s.ends(0);
    CHECK(s.ran.size() == 4);
    s.ends(7);
    CHECK(s.ran.back() == "a2");
    s.ends(7);
    CHECK(s.ran.back() == "a3");
    s.ends(7);
    s.ends(0);
    CHECK(s.line.idle());
    s.comes(7, "again");
    CHECK(s.ran.back() == "again");
}

TEST_CASE("a limit holds over all keys, and nobody overtakes who waits only for it") {
    script s{2};
    s.comes(1, "a1");
    s.comes(2, "b1");
    s.comes(1, "a2"); // waits for a1
    s.comes(3, "c1"); // waits for the limit
    s.comes(4, "d1");
    CHECK(s.ran == names{"a1", "b1"});
    s.ends(2);
    CHECK(s.ran == names{"a1", "b1", "c1"});
    s.ends(1);
    CHECK(s.ran == names{"a1", "b1", "c1", "d1"});
    s.ends(3);
    CHECK(s.ran.back() == "a2");
    CHECK(s.line.running() == 2);
    CHECK(s.line.queued() == 0);
}

TEST_CASE("the key of an item that waits for the limit is taken already") {
    script s{1};
    s.comes(1, "a1");
    s.comes(2, "b1");
    s.comes(2, "b2");
    s.ends(1);
    CHECK(s.ran == names{"a1", "b1"});
    s.ends(2);
    CHECK(s.ran == names{"a1", "b1", "b2"});
}

TEST_CASE("the oldest to drop is the one that came first of all that wait") {
    script s{2};
    s.comes(1, "a1");
    s.comes(2, "b1");
    s.comes(1, "a2");
    s.comes(3, "c1");
    s.comes(3, "c2");
    CHECK(s.line.drop_oldest() == "a2");
    CHECK(s.line.drop_oldest() == "c1");
    s.ends(1);
    CHECK(s.ran.back() == "c2"); // its key went on with it
    CHECK_FALSE(s.line.drop_oldest());
    s.ends(2);
    s.ends(3);
    CHECK(s.line.idle());
}

TEST_CASE("an item dropped from the middle of its key leaves the others in order") {
    script s{0};
    s.comes(1, "a1");
    for (const char* what : {"a2", "a3", "a4"})
        s.comes(1, what);
    CHECK(s.line.drop_oldest() == "a2");
    s.comes(1, "a5");
    s.ends(1);
    s.ends(1);
    s.ends(1);
    CHECK(s.ran == names{"a1", "a3", "a4", "a5"});
}
