#pragma once

#include "sandbox_options.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

/// What happens in the sandbox by itself, at its pace: made up from the seed, or read from a file.
class sandbox_events {
public:
    sandbox_events(strandcord::testing::detail::hub& hub, strandcord::testing::populated where,
                   const sandbox_options& options);

    /// Does all that is due `since` the beginning.
    void play(std::chrono::nanoseconds since);
    std::uint64_t made() const noexcept { return made_; }
    /// The running number of the last message that was made up.
    std::uint64_t messages() const noexcept { return traffic_.said(); }

private:
    bool over() const noexcept;
    void play_one();

    strandcord::testing::detail::hub* hub_;
    strandcord::testing::traffic traffic_;
    std::vector<strandcord::testing::scripted_event> script_;
    std::size_t next_ = 0;
    bool scripted_;
    double rate_;
    std::chrono::nanoseconds due_{};
    std::uint64_t made_ = 0;
};
