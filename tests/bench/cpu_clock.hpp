#pragma once

#include <cstdint>
#include <ctime>

namespace bench {

/// CPU time of the calling thread in nanoseconds: what the other cores and processes do does not
/// count.
inline std::int64_t thread_cpu() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

} // namespace bench
