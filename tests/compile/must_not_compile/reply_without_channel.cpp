// rejected: reply() needs to know the channel: add `sc::snowflake channel_id` to your struct
#include <strandcord/strandcord.hpp>

namespace sc = strandcord;

struct ping {
    sc::snowflake id = {};
#ifndef REJECT
    sc::snowflake channel_id = {};
#endif
    std::string content = {};
};
#ifndef REJECT
BOOST_DESCRIBE_STRUCT(ping, (), (id, channel_id, content))
#else
BOOST_DESCRIBE_STRUCT(ping, (), (id, content))
#endif

void install(sc::dispatcher& handlers) {
    handlers.on<sc::message_create, ping>(
        [](auto message) -> sc::task<> { co_await message.reply("pong"); });
}
