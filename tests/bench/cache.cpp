// Bytes per cached object: what the allocator gave, beside the cache's own count.

#include "cache/feed.hpp"
#include "codec/envelope.hpp"

#include <strandcord/cache.hpp>

#include <boost/describe.hpp>
#include <cstdio>
#include <cstdlib>
#include <malloc.h>
#include <new>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::size_t allocated = 0; // as the heap rounds it, with the 8 bytes of its own

void* allocate(std::size_t size) {
    void* block = std::malloc(size);
    if (!block)
        throw std::bad_alloc{};
    allocated += malloc_usable_size(block) + sizeof(std::size_t);
    return block;
}

void release(void* block) noexcept {
    if (!block)
        return;
    allocated -= malloc_usable_size(block) + sizeof(std::size_t);
    std::free(block);
}

} // namespace

void* operator new(std::size_t size) {
    return allocate(size);
}
void operator delete(void* block) noexcept {
    release(block);
}
void operator delete(void* block, std::size_t) noexcept {
    release(block);
}

namespace {

namespace sc = strandcord;

struct user_id {
    sc::snowflake id;
};
BOOST_DESCRIBE_STRUCT(user_id, (), (id))
struct slim_member {
    user_id user;
    sc::boxed<std::string> nick;
    std::vector<sc::snowflake> roles;
};
BOOST_DESCRIBE_STRUCT(slim_member, (), (user, nick, roles))
struct slim_guild {
    sc::snowflake id;
    sc::snowflake owner_id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(slim_guild, (), (id, owner_id, name))
struct slim_channel {
    sc::snowflake id;
    std::int32_t type = 0;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(slim_channel, (), (id, type, name))

class filling {
public:
    explicit filling(const sc::cache_options& options)
        : cache_{options}, feed_{cache_.internals(), {0, 1}} {
        event("GUILD_CREATE", R"({"id":"1","name":"g","member_count":1})");
    }
    void event(std::string_view name, std::string_view data) {
        std::string frame = "{\"op\":0,\"s\":1,\"t\":\"" + std::string{name} +
                            "\",\"d\":" + std::string{data} + "}";
        sc::codec::envelope payload;
        if (parser_.parse(frame, payload))
            std::abort();
        feed_.apply(*feed_.concerned_by(name), parser_.data(), {});
    }
    const sc::memory_cache& cache() const noexcept { return cache_; }

private:
    sc::memory_cache cache_;
    sc::cache::feed feed_;
    sc::codec::frame_parser parser_;
};

std::string number(int value) {
    return std::to_string(100'000'000'000'000'000LL + value);
}

std::string member(int i) {
    return R"({"guild_id":"1","nick":null,"avatar":null,"joined_at":"2020-01-01T00:00:00.000000+00:00",
        "roles":[")" +
           number(1) + "\",\"" + number(2) + "\",\"" + number(3) +
           R"("],"deaf":false,"mute":false,"flags":0,"pending":false,"premium_since":null,
        "communication_disabled_until":null,"user":{"id":")" +
           number(i) +
           R"(","username":"some_user_name","discriminator":"0","global_name":"Some Name",
        "avatar":"a_0123456789abcdef0123456789abcdef","public_flags":0}})";
}
std::string channel(int i) {
    return R"({"guild_id":"1","id":")" + number(i) +
           R"(","type":0,"name":"a-channel-name","position":3,"topic":"What this channel is about",
        "nsfw":false,"rate_limit_per_user":0,"parent_id":")" +
           number(7) + R"(","last_message_id":")" + number(8) +
           R"(","flags":0,"permission_overwrites":[{"id":"1","type":0,"allow":"0","deny":"1024"}]})";
}
std::string guild(int i) {
    return R"({"id":")" + number(i) +
           R"(","name":"The name of a guild","icon":"a_0123456789abcdef0123456789abcdef","owner_id":")" +
           number(9) +
           R"(","afk_timeout":300,"verification_level":1,"default_message_notifications":1,
        "explicit_content_filter":0,"features":["COMMUNITY","NEWS"],"mfa_level":0,"premium_tier":1,
        "preferred_locale":"en-US","nsfw_level":0,"member_count":100,"large":false})";
}

void measure(std::string_view what, sc::entity_kind kind, sc::stored_type type,
             std::string_view event, std::string (*data)(int)) {
    constexpr int objects = 20'000;
    sc::cache_policy policy;
    policy.store = type;
    filling one{sc::cache_options{}.keep(kind, policy)};
    one.event(event, data(objects + 1)); // what the parser keeps for itself
    const auto before = allocated;
    const auto own_before = one.cache().counters(kind).bytes;
    for (int i = 0; i < objects; ++i)
        one.event(event, data(i));
    const double real = static_cast<double>(allocated - before) / objects;
    const double own = static_cast<double>(one.cache().counters(kind).bytes - own_before) / objects;
    std::printf("%-28s %8.1f bytes on the heap, %8.1f by the cache's own count\n",
                std::string{what}.c_str(), real, own);
}

} // namespace

int main() {
    using sc::entity_kind;
    std::printf("per object, of 20000; each member has 3 roles: 24 bytes\n");
    measure("member, whole", entity_kind::member, {}, "GUILD_MEMBER_ADD", member);
    measure("member, id, nick and roles", entity_kind::member, sc::store_as<slim_member>(),
            "GUILD_MEMBER_ADD", member);
    measure("channel, whole", entity_kind::channel, {}, "CHANNEL_CREATE", channel);
    measure("channel, id, type and name", entity_kind::channel, sc::store_as<slim_channel>(),
            "CHANNEL_CREATE", channel);
    measure("guild, whole", entity_kind::guild, {}, "GUILD_CREATE", guild);
    measure("guild, id, owner and name", entity_kind::guild, sc::store_as<slim_guild>(),
            "GUILD_CREATE", guild);
}
