// A bot that remembers: what was in a message before it was edited or deleted, and who may say so.
// What it keeps is bounded by number, time and memory, and members are cut down to what is read.

#include <strandcord/strandcord.hpp>

#include <boost/describe.hpp>
#include <string>
#include <vector>

using namespace std::chrono_literals;
namespace sc = strandcord;

struct user_id {
    sc::snowflake id;
};
BOOST_DESCRIBE_STRUCT(user_id, (), (id))

/// Of a member only this is kept: some 100 bytes instead of a kilobyte.
struct slim_member {
    user_id user;
    sc::boxed<std::string> nick; // most members have none
    std::vector<sc::snowflake> roles;
};
BOOST_DESCRIBE_STRUCT(slim_member, (), (user, nick, roles))

static sc::cache_options cache_policies() {
    const auto from_people =
        sc::keep_if<sc::message>([](const sc::message& one) { return !one.author.bot; });
    const auto not_empty =
        sc::keep_if<sc::message>([](const sc::message& one) { return !one.content.empty(); });
    return sc::cache_options::defaults()
        .keep(sc::entity_kind::message,
              {.ttl = 24h, .entries = 10'000, .keep_if = from_people && not_empty})
        .keep(sc::entity_kind::member, {.bytes = 64 << 20, .store = sc::store_as<slim_member>()});
}

static std::string name_of(sc::memory_cache& cache, sc::snowflake guild, const sc::user& user) {
    const auto member = cache.member<slim_member>(guild, user.id);
    return member && member->nick ? *member->nick : user.username;
}

static void install_handlers(sc::bot& bot) {
    sc::memory_cache& cache = bot.cache();

    bot.on<sc::message_update>([&cache](sc::event<sc::message_update> event) -> sc::task<> {
        const auto before = event.before<sc::message>();
        const auto now = cache.message(event->channel_id, event->id);
        if (!before || !now || before->content == now->content)
            co_return;
        const auto who = name_of(cache, event->guild_id.value_or(0), before->author);
        co_await event.reply(who + " changed \"" + before->content + "\" to \"" + now->content +
                             "\"");
    });

    bot.on<sc::message_delete>([&cache](sc::event<sc::message_delete> event) -> sc::task<> {
        const auto before = event.before<sc::message>();
        if (!before)
            co_return;
        const auto channel = cache.channel(event->channel_id);
        const auto who = name_of(cache, event->guild_id.value_or(0), before->author);
        const auto where = channel && channel->name ? *channel->name : "a channel";
        co_await event.rest().create_message(
            event->channel_id, who + " took back \"" + before->content + "\" in " + where);
    });
}

int main() {
    sc::bot bot{{.token = sc::env("DISCORD_BOT_TOKEN"),
                 .privileged = sc::intent::message_content,
                 .cache = cache_policies()}};
    install_handlers(bot);
    return sc::run(bot);
}
