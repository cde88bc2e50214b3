// As many shards as Discord recommends, on four threads. Handlers of one shard never run in
// parallel.

#include <strandcord/strandcord.hpp>

#include <boost/describe.hpp>
#include <cstdio>

namespace sc = strandcord;

struct arrival {
    sc::snowflake id;
};
BOOST_DESCRIBE_STRUCT(arrival, (), (id))

int main() {
    sc::bot bot{{
        .token = sc::env("DISCORD_BOT_TOKEN"),
        .shards = sc::shard_plan::automatic(),
    }};

    bot.on<sc::guild_create, arrival>([](auto guild) -> sc::task<> {
        auto [index, count] = guild.shard();
        std::printf("guild %llu on shard %d/%d\n", static_cast<unsigned long long>(guild->id.value),
                    index, count);
        std::fflush(stdout);
        co_return;
    });

    return sc::run(bot, {.threads = 4});
}
