#include <strandcord/shard_plan.hpp>

namespace strandcord {

std::string to_string(shard_state state) {
    switch (state) {
    case shard_state::waiting:
        return "waiting";
    case shard_state::connecting:
        return "connecting";
    case shard_state::identifying:
        return "identifying";
    case shard_state::resuming:
        return "resuming";
    case shard_state::ready:
        return "ready";
    case shard_state::stopped:
        return "stopped";
    }
    return "unknown";
}

} // namespace strandcord
