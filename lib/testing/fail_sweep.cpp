#include <strandcord/testing/fail_sweep.hpp>

#include <algorithm>
#include <stdexcept>

namespace strandcord::testing {

namespace {

void run(const std::function<void(discord&)>& scenario, discord& on) {
    try {
        scenario(on);
    } catch (const std::exception& e) {
        const auto failed = on.failed_operation();
        throw std::runtime_error{(failed.empty() ? "undisturbed" : failed) + ": " + e.what()};
    }
    on.settle();
    if (on.open_streams() != 0)
        throw std::runtime_error{on.failed_operation() + ": " + std::to_string(on.open_streams()) +
                                 " streams are still open"};
}

} // namespace

sweep_result fail_sweep(const std::function<void(discord&)>& scenario, sweep_options options) {
    sweep_result out;
    for (const auto how : options.kinds) {
        for (std::size_t number = 1;; ++number) {
            discord fresh{options.emulator};
            fresh.fail_operation(number, how);
            run(scenario, fresh);
            ++out.runs;
            out.operations = std::max(out.operations, fresh.operations());
            if (fresh.failed_operation().empty())
                break;
            if (number == options.longest)
                throw std::runtime_error{"the scenario has no end: " + fresh.failed_operation()};
        }
    }
    return out;
}

} // namespace strandcord::testing
