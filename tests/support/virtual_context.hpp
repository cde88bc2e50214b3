#pragma once

#include "runtime/virtual_loop.hpp"

#include <catch2/catch.hpp>
#include <chrono>

namespace strandcord::test {

/// The virtual loop in a test. `run` fails the test when the coroutine can never end: the error
/// that it throws then names the reason.
///
///     virtual_context loop;
///     loop.run(sleep_for(1h));
///     CHECK(loop.elapsed() == 1h);
class virtual_context : public virtual_loop {
public:
    /// Steps until `done`, and fails the test when that never comes.
    void wait_until(const std::function<bool()>& done, duration limit = std::chrono::hours{24}) {
        INFO("after " << std::chrono::duration_cast<std::chrono::milliseconds>(elapsed()).count()
                      << " virtual ms");
        const bool came = advance_until(done, limit);
        REQUIRE(came);
    }
    /// Runs `work` to its end, and gives what it threw; nothing when it did not throw a system
    /// error.
    template <class T>
    error_code failure_of(task<T> work) {
        try {
            run(std::move(work));
        } catch (const boost::system::system_error& e) {
            return e.code();
        }
        return {};
    }
};

} // namespace strandcord::test
