// rejected: strandcord cannot decode this type: describe it with BOOST_DESCRIBE_STRUCT
#include <strandcord/strandcord.hpp>

namespace sc = strandcord;

struct ping {
    sc::snowflake id = {};
};
#ifndef REJECT
BOOST_DESCRIBE_STRUCT(ping, (), (id))
#endif

void install(sc::dispatcher& handlers) {
    handlers.on<sc::message_create, ping>([](auto) -> sc::task<> { co_return; });
}
