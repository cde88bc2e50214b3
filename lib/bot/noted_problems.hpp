#pragma once

#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace strandcord {

/// What of all shards' events was logged already. Any thread.
class noted_problems {
public:
    /// Whether it is the first of its event and path.
    bool first(std::string_view event, std::string_view path);

private:
    std::mutex mutex_;
    std::set<std::string> known_; ///< "event path"
};

} // namespace strandcord
