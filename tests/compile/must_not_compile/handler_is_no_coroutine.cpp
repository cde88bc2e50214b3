// rejected: a handler is a coroutine that returns sc::task<>: write `-> sc::task<>`
#include <strandcord/strandcord.hpp>

namespace sc = strandcord;

void install(sc::dispatcher& handlers) {
#ifndef REJECT
    handlers.on<sc::message_create>([](auto) -> sc::task<> { co_return; });
#else
    handlers.on<sc::message_create>([](auto) {});
#endif
}
