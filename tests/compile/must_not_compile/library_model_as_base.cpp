// rejected: A model of the library cannot be a base
#include <strandcord/strandcord.hpp>

namespace sc = strandcord;

struct ping {
    sc::snowflake id = {};
};
BOOST_DESCRIBE_STRUCT(ping, (), (id))

#ifdef REJECT
struct pong : sc::message {
    int extra = 0;
};
BOOST_DESCRIBE_STRUCT(pong, (sc::message), (extra))
#else
struct pong : ping {
    int extra = 0;
};
BOOST_DESCRIBE_STRUCT(pong, (ping), (extra))
#endif

void install(sc::dispatcher& handlers) {
    handlers.on<sc::message_create, pong>([](auto) -> sc::task<> { co_return; });
}
