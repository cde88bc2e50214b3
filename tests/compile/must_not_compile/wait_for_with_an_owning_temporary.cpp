// rejected: capture by reference, or give the lambda a name and pass that
#include <strandcord/strandcord.hpp>

#include <chrono>
#include <string>

namespace sc = strandcord;

sc::task<> wait(sc::dispatcher& events, std::string wanted) {
#ifndef REJECT
    auto is_it = [wanted](const auto& message) { return message->content == wanted; };
    co_await events.wait_for<sc::message_create>(is_it, std::chrono::seconds{1});
    co_await events.wait_for<sc::message_create>(
        [&](const auto& message) { return message->content == wanted; }, std::chrono::seconds{1});
#else
    co_await events.wait_for<sc::message_create>(
        [wanted](const auto& message) { return message->content == wanted; },
        std::chrono::seconds{1});
#endif
}
