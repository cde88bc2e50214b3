#include "cache/effects.hpp"
#include "model/catalogue.hpp"

#include "cache_fixture.hpp"

#include <map>

using namespace strandcord;
using strandcord::test::cache_world;

namespace {

/// Has the number that joins and leaves change.
struct counted_guild {
    snowflake id;
    std::string name;
    std::int64_t member_count = 0;
};
BOOST_DESCRIBE_STRUCT(counted_guild, (), (id, name, member_count))

/// Guild 1 with something of every kind: messages in channel 2 and thread 20, one with a reaction
/// and a poll.
struct full_world : cache_world {
    full_world()
        : cache_world{test::everything()
                          .keep(entity_kind::guild, {.store = store_as<counted_guild>()})
                          .keep_in_outage(false)} {
        load();
        event("MESSAGE_CREATE", R"({"id":"200","channel_id":"2","guild_id":"1","content":"x",
            "author":{"id":"5","username":"ada"},"reactions":[{"count":2,"emoji":{"id":null,"name":"F"}}],
            "poll":{"results":{"answer_counts":[{"id":1,"count":1,"me_voted":false}]}}})");
        event("MESSAGE_CREATE", R"({"id":"300","channel_id":"20","guild_id":"1",
            "author":{"id":"5","username":"ada"}})");
    }

    /// The kinds of which something came, changed or went.
    entity_kinds changed_by(std::string_view name, std::string_view data) {
        std::array<std::uint64_t, entity_kind_count> before{};
        for (std::size_t i = 0; i < before.size(); ++i)
            before[i] = changes(static_cast<entity_kind>(i));
        event(name, data);
        entity_kinds out;
        for (std::size_t i = 0; i < before.size(); ++i)
            if (const auto kind = static_cast<entity_kind>(i); changes(kind) != before[i])
                out |= kind;
        return out;
    }
    std::uint64_t changes(entity_kind kind) const {
        const auto counters = cache.counters(kind);
        return counters.inserts + counters.updates + counters.removed;
    }
};

/// What makes each event do all that it can.
const std::multimap<std::string_view, std::string_view> payloads{
    {"READY", R"({"user":{"id":"7","username":"b"},"guilds":[]})"},
    {"CHANNEL_CREATE", R"({"id":"50","guild_id":"1","type":0})"},
    {"CHANNEL_UPDATE", R"({"id":"2","guild_id":"1","type":0})"},
    {"CHANNEL_DELETE", R"({"id":"2","guild_id":"1"})"},
    {"CHANNEL_DELETE", R"({"id":"3","guild_id":"1"})"},
    {"CHANNEL_INFO", R"({"guild_id":"1","channels":[{"id":"3","status":"x"}]})"},
    {"CHANNEL_PINS_UPDATE", R"({"channel_id":"2","last_pin_timestamp":null})"},
    {"CHANNEL_PINS_UPDATE", R"({"channel_id":"20","last_pin_timestamp":null})"},
    {"VOICE_CHANNEL_STATUS_UPDATE", R"({"id":"3","guild_id":"1","status":"x"})"},
    {"VOICE_CHANNEL_START_TIME_UPDATE", R"({"id":"3","guild_id":"1","voice_start_time":1})"},
    {"THREAD_CREATE", R"({"id":"21","guild_id":"1","parent_id":"4","newly_created":true})"},
    {"THREAD_UPDATE", R"({"id":"20","guild_id":"1","parent_id":"2"})"},
    {"THREAD_DELETE", R"({"id":"20","guild_id":"1"})"},
    {"THREAD_LIST_SYNC", R"({"guild_id":"1","threads":[]})"},
    {"THREAD_MEMBER_UPDATE", R"({"id":"20","guild_id":"1","user_id":"7","flags":0})"},
    {"THREAD_MEMBERS_UPDATE", R"({"id":"20","guild_id":"1","member_count":2,"added_members":[{
        "user_id":"8","member":{"user":{"id":"8","username":"e"},"roles":[]},
        "presence":{"user":{"id":"8"},"status":"idle"}}]})"},
    {"GUILD_CREATE", cache_world::guild_1},
    {"GUILD_CREATE", R"({"id":"1","unavailable":true})"},
    {"GUILD_UPDATE", R"({"id":"1","name":"x","roles":[{"id":"1"}],"emojis":[],"stickers":[]})"},
    {"GUILD_DELETE", R"({"id":"1"})"},
    {"GUILD_EMOJIS_UPDATE", R"({"guild_id":"1","emojis":[]})"},
    {"GUILD_STICKERS_UPDATE", R"({"guild_id":"1","stickers":[]})"},
    {"GUILD_ROLE_CREATE", R"({"guild_id":"1","role":{"id":"12"}})"},
    {"GUILD_ROLE_UPDATE", R"({"guild_id":"1","role":{"id":"11"}})"},
    {"GUILD_ROLE_DELETE", R"({"guild_id":"1","role_id":"11"})"},
    {"GUILD_SOUNDBOARD_SOUND_CREATE", R"({"guild_id":"1","sound_id":"42"})"},
    {"GUILD_SOUNDBOARD_SOUND_UPDATE", R"({"guild_id":"1","sound_id":"41"})"},
    {"GUILD_SOUNDBOARD_SOUND_DELETE", R"({"guild_id":"1","sound_id":"41"})"},
    {"GUILD_SOUNDBOARD_SOUNDS_UPDATE", R"({"guild_id":"1","soundboard_sounds":[]})"},
    {"SOUNDBOARD_SOUNDS", R"({"guild_id":"1","soundboard_sounds":[]})"},
    {"GUILD_MEMBER_ADD", R"({"guild_id":"1","user":{"id":"8","username":"e"},"roles":[]})"},
    {"GUILD_MEMBER_REMOVE", R"({"guild_id":"1","user":{"id":"5","username":"ada"}})"},
    {"GUILD_MEMBER_UPDATE", R"({"guild_id":"1","user":{"id":"5","username":"a"},"roles":[]})"},
    {"GUILD_MEMBERS_CHUNK", R"({"guild_id":"1","members":[{"user":{"id":"8","username":"e"}}],
        "presences":[{"user":{"id":"8"},"status":"idle"}]})"},
    {"GUILD_SCHEDULED_EVENT_CREATE", R"({"id":"62","guild_id":"1","status":1})"},
    {"GUILD_SCHEDULED_EVENT_UPDATE", R"({"id":"61","guild_id":"1","status":2})"},
    {"GUILD_SCHEDULED_EVENT_DELETE", R"({"id":"61","guild_id":"1","status":1})"},
    {"GUILD_SCHEDULED_EVENT_USER_ADD",
     R"({"guild_id":"1","guild_scheduled_event_id":"61","user_id":"8"})"},
    {"GUILD_SCHEDULED_EVENT_USER_REMOVE",
     R"({"guild_id":"1","guild_scheduled_event_id":"61","user_id":"8"})"},
    {"MESSAGE_CREATE", R"({"id":"400","channel_id":"2","guild_id":"1","member":{"roles":[]},
        "author":{"id":"8","username":"e"}})"},
    {"MESSAGE_CREATE", R"({"id":"400","channel_id":"20","guild_id":"1","member":{"roles":[]},
        "author":{"id":"8","username":"e"}})"},
    {"MESSAGE_UPDATE", R"({"id":"200","channel_id":"2","guild_id":"1","content":"y"})"},
    {"MESSAGE_DELETE", R"({"id":"300","channel_id":"20","guild_id":"1"})"},
    {"MESSAGE_DELETE_BULK", R"({"ids":["300"],"channel_id":"20","guild_id":"1"})"},
    {"MESSAGE_REACTION_ADD", R"({"guild_id":"1","channel_id":"2","message_id":"200","user_id":"8",
        "emoji":{"id":null,"name":"G"},"member":{"user":{"id":"8","username":"e"},"roles":[]}})"},
    {"MESSAGE_REACTION_REMOVE", R"({"guild_id":"1","channel_id":"2","message_id":"200",
        "user_id":"8","emoji":{"id":null,"name":"F"}})"},
    {"MESSAGE_REACTION_REMOVE_ALL", R"({"guild_id":"1","channel_id":"2","message_id":"200"})"},
    {"MESSAGE_REACTION_REMOVE_EMOJI", R"({"guild_id":"1","channel_id":"2","message_id":"200",
        "emoji":{"id":null,"name":"F"}})"},
    {"MESSAGE_POLL_VOTE_ADD", R"({"guild_id":"1","channel_id":"2","message_id":"200",
        "user_id":"8","answer_id":1})"},
    {"MESSAGE_POLL_VOTE_REMOVE", R"({"guild_id":"1","channel_id":"2","message_id":"200",
        "user_id":"8","answer_id":1})"},
    {"TYPING_START", R"({"guild_id":"1","channel_id":"2","user_id":"8",
        "member":{"user":{"id":"8","username":"e"},"roles":[]}})"},
    {"PRESENCE_UPDATE", R"({"guild_id":"1","user":{"id":"5","username":"a"},"status":"idle"})"},
    {"USER_UPDATE", R"({"id":"7","username":"b"})"},
    {"VOICE_STATE_UPDATE", R"({"guild_id":"1","user_id":"8","channel_id":"3",
        "member":{"user":{"id":"8","username":"e"},"roles":[]}})"},
    {"STAGE_INSTANCE_CREATE", R"({"id":"52","guild_id":"1","channel_id":"3"})"},
    {"STAGE_INSTANCE_UPDATE", R"({"id":"51","guild_id":"1","channel_id":"3"})"},
    {"STAGE_INSTANCE_DELETE", R"({"id":"51","guild_id":"1","channel_id":"3"})"},
};

std::string names_of(entity_kinds kinds) {
    std::string out;
    for (std::size_t i = 0; i < entity_kind_count; ++i)
        if (const auto one = static_cast<entity_kind>(i); kinds.has(one))
            out += std::string{to_string(one)} + ' ';
    return out;
}

} // namespace

TEST_CASE("every event changes the kinds that the catalogue says, all of them and no others") {
    for (const auto& row : catalogue()) {
        CAPTURE(row.name);
        CHECK((cache::effect_of(row.name) != nullptr) == !row.touches.empty());
        entity_kinds changed;
        const auto [from, to] = payloads.equal_range(row.name);
        for (auto one = from; one != to; ++one)
            changed |= full_world{}.changed_by(one->first, one->second);
        CHECK(names_of(changed) == names_of(row.touches));
    }
    for (const auto& [name, data] : payloads)
        CHECK(find_event(name) != nullptr);
    CHECK(cache::effect_of("FOO_BAR") == nullptr);
}

TEST_CASE("what an event changes is bounded by the catalogue, whatever its effect tries") {
    cache_world world;
    world.load();
    cache::change none{*world.cache.internals(), {0, 1}, 1, runtime_clock::now(), {}};
    const codec::json_document text{R"({"id":"2","guild_id":"1","name":"changed"})"};
    const auto place = cache::change::in_guild(entity_kind::channel, 1, 2);
    none.replace(place, text.root());
    none.merge(place, text.root());
    none.merge_known(place, text.root());
    none.edit(place, [](codec::value_ref) { return true; });
    none.replace_all(entity_kind::channel, 1, text.root());
    none.remove(place);
    CHECK(world.cache.channel(2)->name == "general");
    CHECK(world.cache.channels(1).size() == 3);
}
