#pragma once

#include "runtime/timer.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace strandcord {

class handler_run;

namespace bot_detail {

struct registered;

/// What runs on one shard, in the order it started: what other threads may see of a runner, and ask
/// of it. Outlives the runner where somebody looks.
class shard_runs : public std::enable_shared_from_this<shard_runs> {
public:
    explicit shard_runs(boost::asio::any_io_executor strand);

    // On the strand.
    handler_run* oldest() const noexcept { return oldest_; }
    void add(handler_run& run) noexcept;
    void remove(handler_run& run) noexcept;
    /// Never expires by itself: cancelled when something changed that the shard may wait for.
    timer& changed() noexcept { return changed_; }

    // Any thread.
    using beginnings = std::unordered_map<const registered*, runtime_clock::time_point>;
    /// When the oldest run of each handler began.
    void collect(beginnings& into) const;
    /// A registration went away: what waits for it to end need not any more.
    void wake();

private:
    mutable std::mutex mutex_; ///< for changes of the list, and for who looks from elsewhere
    handler_run* oldest_ = nullptr;
    handler_run* newest_ = nullptr;
    timer changed_;
};

} // namespace bot_detail
} // namespace strandcord
