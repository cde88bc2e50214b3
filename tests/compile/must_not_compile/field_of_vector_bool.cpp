// rejected: std::vector<bool> has no bool to point at: use another element type
#include <strandcord/strandcord.hpp>

#include <vector>

namespace sc = strandcord;

struct flags {
#ifndef REJECT
    std::vector<std::int64_t> values = {};
#else
    std::vector<bool> values = {};
#endif
};
BOOST_DESCRIBE_STRUCT(flags, (), (values))

void install(sc::dispatcher& handlers) {
    handlers.on<sc::message_create, flags>([](auto) -> sc::task<> { co_return; });
}
