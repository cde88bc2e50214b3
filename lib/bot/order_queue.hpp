#pragma once

// Which events of one registration may run now, on one shard: machine. Rules:
// - of one key one item runs at a time, the others of it wait in the order they came; other keys go
//   on;
// - key 0 is no key: such items wait for nobody of their kind;
// - at most `limit` run at once, whatever their keys (zero: no limit), and nobody overtakes an item
//   that waits only for that.

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <unordered_map>
#include <utility>

namespace strandcord {

template <class Item>
class order_queue {
public:
    explicit order_queue(std::size_t limit) noexcept : limit_{limit} {}

    /// Whether an item of this key may run now; then it counts as running. Otherwise `push` it or
    /// forget it.
    bool admit(std::uint64_t key) {
        if (at_limit() || ready_.first || (key != 0 && !lanes_.try_emplace(key).second))
            return false;
        ++running_;
        return true;
    }
    /// Waits until `next` gives it.
    void push(std::uint64_t key, Item item) {
        waiting& made = waiting_.emplace_back(key, std::move(item));
        made.self = std::prev(waiting_.end());
        // Who is the first of its key waits for the limit only.
        chain* into = &ready_;
        if (key != 0)
            if (const auto [lane, fresh] = lanes_.try_emplace(key); !fresh)
                into = &lane->second;
        into->append(made);
    }
    /// One that ran has ended.
    void end(std::uint64_t key) {
        --running_;
        leave(key);
    }
    /// The next that may run now; it counts as running.
    std::optional<std::pair<std::uint64_t, Item>> next() {
        if (!ready_.first || at_limit())
            return std::nullopt;
        ++running_;
        return take_out(ready_.take_first());
    }
    /// The one that came first of all that wait, taken out.
    std::optional<Item> drop_oldest() {
        if (waiting_.empty())
            return std::nullopt;
        waiting& oldest = waiting_.front();
        const auto key = oldest.key;
        if (ready_.remove(oldest)) {
            auto out = take_out(oldest);
            leave(key);
            return std::move(out.second);
        }
        lanes_.find(key)->second.remove(oldest);
        return std::move(take_out(oldest).second);
    }

    std::size_t running() const noexcept { return running_; }
    std::size_t queued() const noexcept { return waiting_.size(); }
    bool idle() const noexcept { return running_ == 0 && waiting_.empty(); }

private:
    struct waiting {
        std::uint64_t key;
        Item item;
        waiting* next = nullptr;
        typename std::list<waiting>::iterator self = {};

        waiting(std::uint64_t k, Item what) : key{k}, item{std::move(what)} {}
    };
    struct chain {
        waiting* first = nullptr;
        waiting* last = nullptr;

        void append(waiting& one) noexcept {
            (last ? last->next : first) = &one;
            last = &one;
        }
        waiting& take_first() noexcept {
            waiting& one = *first;
            remove(one);
            return one;
        }
        bool remove(waiting& one) noexcept {
            waiting* before = nullptr;
            for (waiting* at = first; at; before = at, at = at->next) {
                if (at != &one)
                    continue;
                (before ? before->next : first) = one.next;
                if (last == &one)
                    last = before;
                one.next = nullptr;
                return true;
            }
            return false;
        }
    };

    bool at_limit() const noexcept { return limit_ != 0 && running_ >= limit_; }
    std::pair<std::uint64_t, Item> take_out(waiting& one) {
        std::pair<std::uint64_t, Item> out{one.key, std::move(one.item)};
        waiting_.erase(one.self);
        return out;
    }
    /// The key's turn goes to the next of it.
    void leave(std::uint64_t key) {
        const auto lane = key != 0 ? lanes_.find(key) : lanes_.end();
        if (lane == lanes_.end())
            return;
        if (lane->second.first)
            ready_.append(lane->second.take_first());
        else
            lanes_.erase(lane);
    }

    std::size_t limit_;
    std::size_t running_ = 0;
    std::list<waiting> waiting_;                     ///< in the order they came
    chain ready_;                                    ///< those that wait for the limit only
    std::unordered_map<std::uint64_t, chain> lanes_; ///< keys that run or are ready, and who waits
};

} // namespace strandcord
