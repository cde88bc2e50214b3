// An aggregate draft inside a co_await expression would be destroyed twice by GCC 12.
// rejected: designated initializer
#include <strandcord/draft/message.hpp>

namespace sc = strandcord;

sc::message_draft farewell() {
#ifndef REJECT
    return sc::message_draft("Gone.");
#else
    return sc::message_draft{.content = "Gone."};
#endif
}
