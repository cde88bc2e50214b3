#include "cache_fixture.hpp"

using namespace strandcord;
using strandcord::test::cache_world;

namespace {

std::string posted(std::uint64_t id, std::string_view channel = "2",
                   std::string_view more = R"("content":"hi")") {
    return R"({"id":")" + std::to_string(id) + R"(","channel_id":")" + std::string{channel} +
           R"(","guild_id":"1","author":{"id":"8","username":"eve"},)" + std::string{more} + "}";
}

std::string reacting(std::string_view emoji, std::string_view user = "8") {
    return R"({"guild_id":"1","channel_id":"2","message_id":"200","user_id":")" +
           std::string{user} + R"(","emoji":)" + std::string{emoji} + "}";
}

} // namespace

TEST_CASE("a message brings its author and member") {
    cache_world world;
    world.load();
    world.event("MESSAGE_CREATE",
                posted(200, "2", R"("content":"hi","member":{"nick":"E","roles":[]})"));
    CHECK(world.cache.message(2, 200)->content == "hi");
    CHECK(world.cache.user(8)->username == "eve");
    CHECK(world.cache.member(1, 8)->nick == "E");
    CHECK(world.cache.member(1, 8)->user->id == snowflake{8});
    // A partial member does not take away what is known.
    world.event("MESSAGE_CREATE",
                R"({"id":"201","channel_id":"2","guild_id":"1","author":{"id":"5","username":"ada"},
                    "member":{"roles":["11"]}})");
    CHECK(world.cache.member(1, 5)->nick == "Ada");
}

TEST_CASE("EV-1 GW-DISP-10 a message without a guild is kept under its channel only") {
    cache_world world;
    world.load();
    world.event("MESSAGE_CREATE",
                R"({"id":"300","channel_id":"70","flags":64,"author":{"id":"9","username":"z"}})");
    CHECK(world.cache.message(70, 300));
    CHECK(world.cache.user(9));
    CHECK(world.cache.members(1).size() == 2);
    CHECK_FALSE(world.cache.channel(70));
}

TEST_CASE("GW-DISP-11 MESSAGE_UPDATE may be partial, and its tts is not taken over") {
    cache_world world;
    world.load();
    world.event("MESSAGE_CREATE", posted(200, "2", R"("content":"hi","tts":true)"));
    world.event(
        "MESSAGE_UPDATE",
        R"({"id":"200","channel_id":"2","guild_id":"1","tts":false,"embeds":[{"title":"t"}]})");
    const auto now = world.cache.message(2, 200);
    CHECK(now->content == "hi");
    CHECK(now->tts);
    CHECK(now->embeds.size() == 1);
    CHECK(world.old<strandcord::message>()->embeds.empty());
    // Of one that is not there only a part is known: it stays away.
    world.event("MESSAGE_UPDATE", R"({"id":"999","channel_id":"2","guild_id":"1","embeds":[]})");
    CHECK_FALSE(world.cache.message(2, 999));
}

TEST_CASE("GW-DISP-12 last_message_id and the counts of threads follow the messages") {
    cache_world world;
    world.load();
    world.event("MESSAGE_CREATE", posted(200));
    CHECK(world.cache.channel(2)->last_message_id == snowflake{200});
    world.event("MESSAGE_CREATE", posted(150)); // late
    CHECK(world.cache.channel(2)->last_message_id == snowflake{200});
    world.event("MESSAGE_CREATE", posted(210, "20"));
    world.event("MESSAGE_CREATE", posted(210, "20"));
    CHECK(world.cache.thread(20)->message_count == 6);
    CHECK(world.cache.thread(20)->total_message_sent == 6);
    world.event("MESSAGE_DELETE", R"({"id":"210","channel_id":"20","guild_id":"1"})");
    world.event("MESSAGE_DELETE", R"({"id":"210","channel_id":"20","guild_id":"1"})");
    CHECK(world.cache.thread(20)->message_count == 5);
    CHECK(world.cache.thread(20)->total_message_sent == 6);
    // In a forum, a new thread is what a message is elsewhere.
    world.event("THREAD_CREATE",
                R"({"id":"400","guild_id":"1","parent_id":"4","type":11,"newly_created":true})");
    CHECK(world.cache.channel(4)->last_message_id == snowflake{400});
    world.event("THREAD_CREATE",
                R"({"id":"500","guild_id":"1","parent_id":"2","type":11,"newly_created":true})");
    CHECK(world.cache.channel(2)->last_message_id == snowflake{200});
}

TEST_CASE("deleted messages go, one or many, and are told as they were") {
    cache_world world;
    world.load();
    for (const std::uint64_t id : {200, 201, 202})
        world.event("MESSAGE_CREATE", posted(id));
    world.event("MESSAGE_DELETE", R"({"id":"200","channel_id":"2","guild_id":"1"})");
    CHECK(world.old<strandcord::message>()->content == "hi");
    world.event("MESSAGE_DELETE_BULK",
                R"({"ids":["201","202","203"],"channel_id":"2","guild_id":"1"})");
    CHECK(world.old<strandcord::message>(0)->id == snowflake{201});
    CHECK(world.old<strandcord::message>(1)->id == snowflake{202});
    CHECK_FALSE(world.old<strandcord::message>(2));
    CHECK(world.cache.count(entity_kind::message) == 0);
}

TEST_CASE("reactions are counted by emoji, each user's once") {
    cache_world world;
    world.load();
    world.event("MESSAGE_CREATE", posted(200));
    const char* const fire = R"({"id":null,"name":"F"})";
    const char* const smile = R"({"id":"31","name":"smile"})";
    const auto reactions = [&] {
        std::string out;
        const auto now = world.cache.message(2, 200);
        const auto text = to_json(*now);
        const codec::json_document json{text};
        json.root()["reactions"].each([&](const codec::json_view& one) {
            out += one["emoji"]["name"].text() + std::to_string(*one["count"].integer()) +
                   (one["me"].is_true() ? "* " : " ");
        });
        return out;
    };
    world.event("MESSAGE_REACTION_ADD", reacting(fire));
    world.event("MESSAGE_REACTION_ADD", reacting(fire));
    world.event("MESSAGE_REACTION_ADD", reacting(smile));
    world.event("MESSAGE_REACTION_ADD", reacting(fire, "7"));
    CHECK(reactions() == "F2* smile1 ");
    world.event("MESSAGE_REACTION_REMOVE", reacting(fire, "7"));
    CHECK(reactions() == "F1 smile1 ");
    world.event("MESSAGE_REACTION_REMOVE", reacting(fire));
    CHECK(reactions() == "smile1 ");
    world.event("MESSAGE_REACTION_ADD", reacting(fire));
    world.event("MESSAGE_REACTION_REMOVE_EMOJI", reacting(smile));
    CHECK(reactions() == "F1 ");
    world.event("MESSAGE_REACTION_REMOVE_ALL",
                R"({"guild_id":"1","channel_id":"2","message_id":"200"})");
    CHECK(reactions().empty());
    // Who reacts anew after that does so for the first time.
    world.event("MESSAGE_REACTION_ADD", reacting(fire));
    world.event("MESSAGE_REACTION_ADD", reacting(smile));
    CHECK(reactions() == "F1 smile1 ");
}

TEST_CASE("a message for one user is no part of the channel that it names (GW-DISP-10)") {
    cache_world world;
    world.load();
    world.event("MESSAGE_CREATE", posted(200));
    world.event("MESSAGE_CREATE", R"({"id":"201","channel_id":"2","content":"psst","flags":64,)"
                                  R"("author":{"id":"9","username":"bot"}})");
    CHECK_FALSE(world.cache.message(2, 201));
    CHECK(world.cache.message(2, 200));
    CHECK(world.cache.channel(2)->last_message_id == snowflake{200});
    world.event("GUILD_DELETE", R"({"id":"1"})");
    CHECK_FALSE(world.cache.message(2, 200));
}

namespace {

struct vote_count {
    std::int64_t id = 0;
    std::int64_t count = 0;
    bool me_voted = false;
};
BOOST_DESCRIBE_STRUCT(vote_count, (), (id, count, me_voted))
struct vote_results {
    std::vector<vote_count> answer_counts;
};
BOOST_DESCRIBE_STRUCT(vote_results, (), (answer_counts))
struct vote_poll {
    std::optional<vote_results> results;
};
BOOST_DESCRIBE_STRUCT(vote_poll, (), (results))
struct poll_message {
    snowflake id;
    std::optional<vote_poll> poll;
};
BOOST_DESCRIBE_STRUCT(poll_message, (), (id, poll))

} // namespace

TEST_CASE("votes are counted where the message came with results") {
    cache_world world{
        test::everything().keep(entity_kind::message, {.store = store_as<poll_message>()})};
    world.load();
    world.event("MESSAGE_CREATE",
                posted(200, "2", R"("poll":{"results":{"answer_counts":[{"id":1,"count":2}]}})"));
    const auto counts = [&] {
        return world.cache.message<poll_message>(2, 200)->poll->results->answer_counts;
    };
    const auto vote = [](std::string_view user, int answer) {
        return R"({"guild_id":"1","channel_id":"2","message_id":"200","user_id":")" +
               std::string{user} + R"(","answer_id":)" + std::to_string(answer) + "}";
    };
    world.event("MESSAGE_POLL_VOTE_ADD", vote("8", 1));
    world.event("MESSAGE_POLL_VOTE_ADD", vote("8", 1));
    CHECK(counts().at(0).count == 3);
    world.event("MESSAGE_POLL_VOTE_ADD", vote("7", 2));
    REQUIRE(counts().size() == 2);
    CHECK(counts()[1].count == 1);
    CHECK(counts()[1].me_voted);
    world.event("MESSAGE_POLL_VOTE_REMOVE", vote("8", 1));
    CHECK(counts()[0].count == 2);
}
