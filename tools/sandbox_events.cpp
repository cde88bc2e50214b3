#include "sandbox_events.hpp"

#include <string>

namespace {

/// Events made in one go: between two goes the connections are served.
constexpr int batch = 1000;

std::string microseconds_since_1970() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

} // namespace

sandbox_events::sandbox_events(strandcord::testing::detail::hub& hub,
                               strandcord::testing::populated where, const sandbox_options& options)
    : hub_{&hub}
    , traffic_{hub, std::move(where), options.population.seed}
    , script_{options.events}
    , scripted_{!options.events.empty()}
    , rate_{options.rate} {
    if (scripted_)
        due_ = script_.front().after;
}

bool sandbox_events::over() const noexcept {
    return scripted_ ? next_ == script_.size() : rate_ <= 0;
}

void sandbox_events::play(std::chrono::nanoseconds since) {
    for (int i = 0; i < batch && !over() && due_ <= since; ++i)
        play_one();
}

void sandbox_events::play_one() {
    if (scripted_)
        strandcord::testing::play(*hub_, script_[next_++]);
    else
        traffic_.next(microseconds_since_1970());
    ++made_;
    if (rate_ > 0)
        due_ += std::chrono::duration_cast<std::chrono::nanoseconds>(
            std::chrono::duration<double>{1 / rate_});
    if (scripted_ && next_ < script_.size())
        due_ += script_[next_].after;
}
