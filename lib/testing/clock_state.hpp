#pragma once

#include "runtime/virtual_loop.hpp"

#include <strandcord/testing/clock.hpp>

namespace strandcord::testing {

struct virtual_clock::impl {
    virtual_loop loop;
};

} // namespace strandcord::testing
