#pragma once

// Who waits for events without being a handler: `wait_for`, and streams. Rules:
// - shards feed them before handlers start, from any thread; only a predicate that another shard's
//   event is at holds one up;
// - a listener is kept by who waits; the list only knows of it;
// - the predicate is called under no lock, for it is the user's: it may stop the bot, or wait for
//   somebody who does. It is never called twice at a time: another shard waits for its turn. Who
//   waits goes on when the predicate has ended, and it is not called any more then;
// - one timer is the limit and what is waited on. It is touched under the lock, from any thread;
// - when the bot stops every wait ends: no event will come.

#include "runtime/timer.hpp"

#include <strandcord/log.hpp>
#include <strandcord/waiting.hpp>

#include <atomic>
#include <condition_variable>
#include <exception>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace strandcord::detail {

class listener {
public:
    listener(std::shared_ptr<listeners> where, const interest& what, std::size_t bound,
             accepts test, void* predicate);
    ~listener();
    listener(const listener&) = delete;
    listener& operator=(const listener&) = delete;

    const interest& what() const noexcept { return what_; }
    /// From a shard. Must not throw: what the predicate throws is for the one who waits.
    void offer(const delivery& heard) noexcept;
    /// Nothing more will come. Does not wait for the predicate.
    void close() noexcept;
    /// The same, and the predicate has ended: who waits goes on.
    void leave() noexcept;
    /// The next one heard; nothing at the end and at the limit.
    task<std::optional<delivery>> next(runtime_clock::time_point limit);
    std::uint64_t lost() const noexcept { return lost_.load(std::memory_order_relaxed); }

private:
    struct in_wait;
    bool over() const noexcept {
        return closed_ || failure_ || (predicate_ != nullptr && !heard_.empty());
    }
    bool something_to_say() const noexcept { return !heard_.empty() || closed_ || failure_; }
    std::optional<delivery> take();
    bool passes(const delivery& heard, std::unique_lock<std::mutex>& lock);

    const std::shared_ptr<listeners> where_;
    const interest what_;
    const std::size_t bound_;
    void* const predicate_;
    std::atomic<std::uint64_t> lost_{0};

    const accepts test_; ///< null: everything

    std::mutex mutex_; ///< guards what follows
    std::condition_variable tested_;
    bool testing_ = false; ///< the predicate runs
    std::list<delivery> heard_;
    std::exception_ptr failure_;
    bool closed_ = false;
    std::optional<timer> waiting_;
};

/// All listeners of one dispatcher.
class listeners {
public:
    bool any() const noexcept { return count_.load(std::memory_order_acquire) != 0; }
    /// Those that want this event.
    std::vector<std::shared_ptr<listener>> of(std::string_view event) const;
    /// The bot stopped: all waits end, also those to come.
    void close();
    /// From now on a wait for what these intents do not bring is warned of, once for each event.
    void expect(intents asked, logger log);

    /// For listeners. True when nothing will come any more.
    bool enter(const std::shared_ptr<listener>& who);
    void leave(const listener& who) noexcept;

private:
    struct entry {
        const listener* who;
        std::weak_ptr<listener> kept;
    };

    std::atomic<std::size_t> count_{0};
    mutable std::mutex mutex_; ///< guards what follows
    std::unordered_map<std::string_view, std::vector<entry>> by_event_;
    bool closed_ = false;
    std::optional<intents> asked_;
    logger log_;
    std::set<std::string_view> warned_;
};

} // namespace strandcord::detail
