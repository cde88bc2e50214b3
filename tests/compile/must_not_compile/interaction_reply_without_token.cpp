// rejected: reply() to an interaction needs its id and token: add
#include <strandcord/strandcord.hpp>

namespace sc = strandcord;

struct call {
    sc::snowflake id = {};
#ifndef REJECT
    std::string token = {};
#endif
};
#ifndef REJECT
BOOST_DESCRIBE_STRUCT(call, (), (id, token))
#else
BOOST_DESCRIBE_STRUCT(call, (), (id))
#endif

void install(sc::dispatcher& handlers) {
    handlers.on<sc::interaction_create, call>(
        [](auto interaction) -> sc::task<> { co_await interaction.reply("done"); });
}
