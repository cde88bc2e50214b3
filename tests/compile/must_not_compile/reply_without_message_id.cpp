// rejected: reply() needs to know the message: add `sc::snowflake id` to your struct
#include <strandcord/strandcord.hpp>

namespace sc = strandcord;

struct ping {
#ifndef REJECT
    sc::snowflake id = {};
#endif
    sc::snowflake channel_id = {};
};
#ifndef REJECT
BOOST_DESCRIBE_STRUCT(ping, (), (id, channel_id))
#else
BOOST_DESCRIBE_STRUCT(ping, (), (channel_id))
#endif

void install(sc::dispatcher& handlers) {
    handlers.on<sc::message_create, ping>(
        [](auto message) -> sc::task<> { co_await message.reply("pong"); });
}
