// rejected: a handler takes one sc::event<E, T>, for example
#include <strandcord/strandcord.hpp>

namespace sc = strandcord;

void install(sc::dispatcher& handlers) {
#ifndef REJECT
    handlers.on<sc::message_create>([](sc::event<sc::message_create>) -> sc::task<> { co_return; });
#else
    handlers.on<sc::message_create>([](sc::message) -> sc::task<> { co_return; });
#endif
}
