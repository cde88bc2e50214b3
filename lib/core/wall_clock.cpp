#include "core/wall_clock.hpp"

namespace strandcord {

timestamp wall_clock() {
    using std::chrono::microseconds;
    return {std::chrono::time_point_cast<microseconds>(std::chrono::system_clock::now())};
}

} // namespace strandcord
