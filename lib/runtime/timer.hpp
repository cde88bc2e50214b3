#pragma once

#include "core/clock.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/wait_traits.hpp>

// Asio asks how long it may sleep; on a clock that only moves when its owner says so the answer is
// "not at all", so a poll looks at every timer.
template <>
struct boost::asio::wait_traits<strandcord::runtime_clock> {
    using clock = strandcord::runtime_clock;

    static clock::duration to_wait_duration(const clock::duration& length) {
        return clock::is_manual() ? clock::duration::zero() : length;
    }
    static clock::duration to_wait_duration(const clock::time_point& when) {
        if (clock::is_manual())
            return clock::duration::zero();
        const auto now = clock::now();
        if (when == clock::time_point::max())
            return clock::duration::max();
        return when - now;
    }
};

namespace strandcord {

/// The timer that every layer uses.
using timer = boost::asio::basic_waitable_timer<runtime_clock, boost::asio::wait_traits<runtime_clock>,
                                                boost::asio::any_io_executor>;

} // namespace strandcord
