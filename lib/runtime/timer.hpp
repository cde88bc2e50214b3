#pragma once

#include "core/clock.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/wait_traits.hpp>

// Asio asks how long it may sleep until its earliest timer; on a clock that only moves when its
// owner says so the answer is "not at all", so a poll looks at every timer, and the owner is told.
template <>
struct boost::asio::wait_traits<strandcord::runtime_clock> {
    using clock = strandcord::runtime_clock;

    static clock::duration to_wait_duration(const clock::duration& length) {
        strandcord::manual_time* owner = strandcord::manual_time::installed();
        if (owner == nullptr)
            return length;
        owner->note_wait(length);
        return clock::duration::zero();
    }
    static clock::duration to_wait_duration(const clock::time_point& when) {
        if (when == clock::time_point::max())
            return to_wait_duration(clock::duration::max());
        return to_wait_duration(when - clock::now());
    }
};

namespace strandcord {

/// The timer that every layer uses.
using timer =
    boost::asio::basic_waitable_timer<runtime_clock, boost::asio::wait_traits<runtime_clock>,
                                      boost::asio::any_io_executor>;

} // namespace strandcord
