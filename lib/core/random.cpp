#include "core/random.hpp"

#include "core/clock.hpp"

namespace strandcord {

random_words::result_type random_words::operator()() {
    if (auto* owned = manual_time::installed())
        return owned->random_word();
    if (!device_)
        device_.emplace();
    return static_cast<result_type>((*device_)());
}

std::function<double()> random_fractions() {
    return [engine = std::minstd_rand{random_words{}()}]() mutable {
        return std::generate_canonical<double, 24>(engine);
    };
}

} // namespace strandcord
