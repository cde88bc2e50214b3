#include "bot/noted_problems.hpp"

namespace strandcord {

bool noted_problems::first(std::string_view event, std::string_view path) {
    // A server that sends ever new paths must not fill the memory.
    constexpr std::size_t most = 1000;
    const std::lock_guard lock{mutex_};
    return known_.size() < most &&
           known_.insert(std::string{event}.append(" ").append(path)).second;
}

} // namespace strandcord
