// The bytes that a cache counts are those that it allocates: every allocation of this program is
// counted here, as it was asked for.

#include "cache/table.hpp"
#include "cache_fixture.hpp"

#include <atomic>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

namespace {

std::atomic<std::size_t> allocated{0};
constexpr std::size_t head = alignof(std::max_align_t);

void* allocate(std::size_t size) {
    auto* const block = static_cast<std::byte*>(std::malloc(head + size));
    if (!block)
        throw std::bad_alloc{};
    ::new (block) std::size_t{size};
    allocated.fetch_add(size, std::memory_order_relaxed);
    return block + head;
}

void release(void* object) noexcept {
    if (!object)
        return;
    auto* const block = static_cast<std::byte*>(object) - head;
    allocated.fetch_sub(*std::launder(reinterpret_cast<std::size_t*>(block)),
                        std::memory_order_relaxed);
    std::free(block);
}

} // namespace

void* operator new(std::size_t size) {
    return allocate(size);
}
// A sanitizer's own would not call the one above, but what it gives comes back to `release`.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    try {
        return allocate(size);
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}
void operator delete(void* object) noexcept {
    release(object);
}
void operator delete(void* object, std::size_t) noexcept {
    release(object);
}

using namespace strandcord;
using namespace std::chrono_literals;
using strandcord::cache::bounds;
using strandcord::cache::table;
using strandcord::cache::time_point;
using strandcord::test::cache_world;

namespace {

constexpr time_point now = time_point{} + 1h;

/// A table of objects that are allocated elsewhere and said to take nothing: its bytes are those of
/// the places.
struct empty_objects {
    explicit empty_objects(bool by_id, bounds limits = {})
        : before{allocated}, objects{limits, by_id} {}

    void put(snowflake guild, snowflake owner, snowflake id) {
        objects.put(guild, owner, id, nothing, 0, now);
    }
    void compare() const {
        const auto counted = static_cast<double>(objects.counters().bytes);
        CHECK(counted == Approx(static_cast<double>(allocated - before)).epsilon(0.02));
    }

    cache::object_ptr nothing = std::make_shared<const int>(0);
    std::size_t before;
    table objects;
};

} // namespace

TEST_CASE("places are counted as they are allocated, for few objects of many owners and many of "
          "one") {
    const bool by_id = GENERATE(false, true);
    const auto [owners, each] = GENERATE(std::pair{1, 1}, std::pair{1, 5000}, std::pair{3000, 1},
                                         std::pair{500, 7}, std::pair{20, 300});
    CAPTURE(by_id, owners, each);
    empty_objects one{by_id};
    const auto total = static_cast<std::uint64_t>(owners * each);
    for (std::uint64_t i = 0; i < total; ++i) {
        const auto owner = static_cast<std::uint64_t>(static_cast<int>(i) % owners) + 1;
        // Half of them are owned by something inside of a guild.
        one.put(owner % 2 == 0 ? owner : 10000 + owner % 10, owner, 100000 + i);
    }
    one.compare();
    for (std::uint64_t i = 0; i < total; ++i)
        if (i % 8 != 0)
            one.objects.remove(static_cast<std::uint64_t>(static_cast<int>(i) % owners) + 1,
                               100000 + i);
    one.compare();
    for (std::uint64_t guild = 10000; guild < 10010; ++guild)
        one.objects.remove_guild(guild);
    one.compare();
    one.objects.clear();
    CHECK(one.objects.counters().bytes == 0);
    CHECK(allocated == one.before);
}

TEST_CASE("a budget of bytes bounds what is allocated, also for many small owners") {
    empty_objects one{true, {.bytes = 20000}};
    std::size_t most = 0;
    for (std::uint64_t i = 1; i <= 2000; ++i) {
        one.put(i % 50 + 1, i % 700 + 1, 1000 + i);
        CHECK(one.objects.counters().bytes <= 20000);
        most = std::max(most, one.objects.counters().entries);
    }
    CHECK(most > 60);
    one.compare();
}

TEST_CASE("the objects of a whole guild are counted as they are allocated") {
    cache_world world;
    world.event("READY", R"({"user":{"id":"7","username":"bot"},"guilds":[]})");
    for (int i = 0; i < 100; ++i) {
        std::string guild{cache_world::guild_1};
        const auto id = std::to_string(1000 + i);
        // Channels and threads have an id of their own in every guild.
        for (const std::string from :
             {R"({"id":"1",)", R"({"id":"2",)", R"({"id":"3",)", R"({"id":"4",)", R"({"id":"20",)"})
            for (std::size_t at = 0; (at = guild.find(from, at)) != std::string::npos; at += 10)
                guild.insert(at + 7, id);
        world.event("GUILD_CREATE", guild);
    }
    const auto counted = [&] {
        std::size_t sum = 0;
        for (const auto& kind : world.cache.state().kinds)
            sum += kind.counters.bytes;
        return sum;
    };
    REQUIRE(world.cache.count(entity_kind::channel) == 300);
    const auto kept = counted();
    const std::size_t before = allocated;
    world.before.clear();
    world.cache.clear();
    CHECK(counted() == 0);
    CHECK(static_cast<double>(kept) ==
          Approx(static_cast<double>(before - allocated)).epsilon(0.03));
}
