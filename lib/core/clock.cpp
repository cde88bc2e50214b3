#include "core/clock.hpp"

#include <cstdio>
#include <ctime>
#include <exception>
#include <random>

namespace strandcord {
namespace {

thread_local manual_time* owner = nullptr;

} // namespace

runtime_clock::time_point runtime_clock::now() noexcept {
    if (owner != nullptr)
        return owner->now();
    return time_point{std::chrono::steady_clock::now().time_since_epoch()};
}

runtime_clock::time_point runtime_clock::coarse_now() noexcept {
#ifdef CLOCK_MONOTONIC_COARSE
    if (owner == nullptr) {
        timespec time{};
        ::clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
        return time_point{std::chrono::seconds{time.tv_sec} +
                          std::chrono::nanoseconds{time.tv_nsec}};
    }
#endif
    return now();
}

bool runtime_clock::is_manual() noexcept {
    return owner != nullptr;
}

manual_time::manual_time() : now_{std::chrono::hours{24}} {
    if (owner != nullptr) {
        std::fputs("strandcord: this thread's clock is already owned by a manual_time\n", stderr);
        std::terminate();
    }
    owner = this;
}

manual_time::~manual_time() {
    owner = nullptr;
}

manual_time* manual_time::installed() noexcept {
    return owner;
}

std::uint32_t manual_time::random_word() noexcept {
    using engine = std::linear_congruential_engine<std::uint64_t, 6364136223846793005ULL,
                                                   1442695040888963407ULL, 0>;
    random_ = engine{random_}();
    return static_cast<std::uint32_t>(random_ >> 32);
}

void manual_time::note_wait(runtime_clock::duration length) noexcept {
    const auto forever = runtime_clock::time_point::max() - now_;
    const auto when = length >= forever ? runtime_clock::time_point::max() : now_ + length;
    if (!earliest_ || when < *earliest_)
        earliest_ = when;
}

} // namespace strandcord
