#pragma once

#include "gateway/identify_queue.hpp"
#include "gateway/shard.hpp"

#include <strandcord/log.hpp>

#include <map>
#include <memory>
#include <mutex>

namespace strandcord::gateway {

/// The process's own identify gate: an `identify_queue` with timers. Any thread; shards on
/// different strands share one. Must outlive the coroutines that wait in it.
class queue_gate final : public identify_gate {
public:
    explicit queue_gate(logger log = {});
    ~queue_gate() override;

    /// What `/gateway/bot` says about session starts. Warns when few are left.
    void update(const identify_limits& limits);
    /// Identifies left today as far as known.
    std::optional<int> remaining() const;

    task<> acquire(int shard_index) override;
    void sent(int shard_index) override;
    void give_back(int shard_index) override;

private:
    struct waiter;
    class place;

    // With the lock held:
    void serve();
    void changed();
    void wake_first();
    static void wake(const std::shared_ptr<waiter>& who);

    logger log_;
    mutable std::mutex mutex_;
    identify_queue queue_;
    /// Not served yet. The first keeps the time for all, or a thousand would look at each change.
    std::map<identify_queue::ticket, std::shared_ptr<waiter>> waiters_;
};

} // namespace strandcord::gateway
