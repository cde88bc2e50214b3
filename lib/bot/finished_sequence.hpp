#pragma once

// Which events of one shard's session are done: a crash may repeat what is not, and nothing else
// (GW-RES-17). Rules:
// - only what is under way is listed, by number; events come in that order but for a few, so every
//   call is O(1) and nothing is allocated;
// - an event that comes a second time is under way again (GW-RES-15): better repeated than lost;
// - what was cut off is never done, nor is anything after it;
// - a new session starts the count anew, whatever handlers of the old one still do.

#include <algorithm>
#include <cstdint>
#include <limits>

namespace strandcord {

class finished_sequence {
public:
    /// One event under way; kept by whoever runs its handlers, and must stay where it is until it
    /// ended.
    class event {
    public:
        event() noexcept = default;
        event(const event&) = delete;
        event& operator=(const event&) = delete;

    private:
        friend class finished_sequence;
        std::int64_t sequence_ = 0;
        event* older_ = nullptr;
        event* newer_ = nullptr;
        bool listed_ = false;
    };

    /// No event at all, so no limit.
    static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();

    /// READY came.
    void new_session() noexcept {
        while (oldest_)
            take_out(*oldest_);
        cut_ = none;
    }
    /// Handlers of this event start. Events without a number (0) are no part of the session.
    void begin(event& which, std::int64_t sequence) noexcept {
        if (sequence <= 0)
            return;
        event* before = newest_;
        while (before && before->sequence_ > sequence)
            before = before->older_;
        event*& after = before ? before->newer_ : oldest_;
        which.sequence_ = sequence;
        which.older_ = before;
        which.newer_ = after;
        which.listed_ = true;
        (after ? after->older_ : newest_) = &which;
        after = &which;
    }
    /// Its last handler returned.
    void end(event& which) noexcept {
        if (which.listed_)
            take_out(which);
    }
    /// Its last handler ended because it was made to.
    void cut_off(event& which) noexcept {
        if (!which.listed_)
            return;
        cut_ = std::min(cut_, which.sequence_);
        take_out(which);
    }
    /// The lowest sequence that is not done; `none` when all are.
    std::int64_t lowest_open() const noexcept {
        return oldest_ ? std::min(oldest_->sequence_, cut_) : cut_;
    }

private:
    void take_out(event& which) noexcept {
        (which.older_ ? which.older_->newer_ : oldest_) = which.newer_;
        (which.newer_ ? which.newer_->older_ : newest_) = which.older_;
        which.older_ = which.newer_ = nullptr;
        which.listed_ = false;
    }

    event* oldest_ = nullptr;
    event* newest_ = nullptr;
    std::int64_t cut_ = none;
};

} // namespace strandcord
