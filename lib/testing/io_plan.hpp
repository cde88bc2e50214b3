#pragma once

#include "net/any_stream.hpp"

#include <strandcord/task.hpp>
#include <strandcord/testing/options.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace strandcord::testing {

/// Counts the operations of the bots' streams, and lets one of them fail.
class io_plan {
public:
    void fail(std::size_t number, io_failure how) noexcept {
        number_ = operations_ + number;
        how_ = how;
        failed_.clear();
    }
    /// Another operation begins. How it fails, if it is its turn.
    std::optional<io_failure> next(std::string_view what, std::string_view host);

    std::size_t operations() const noexcept { return operations_; }
    std::size_t open_streams() const noexcept { return open_; }
    const std::string& failed() const noexcept { return failed_; }
    /// Cancels the bots' runs, from a handler of its own.
    std::function<void()> cancel_runs = [] {};

    void opened() noexcept { ++open_; }
    void closed() noexcept { --open_; }

private:
    std::size_t operations_ = 0;
    std::size_t number_ = 0;
    io_failure how_ = io_failure::error;
    std::size_t open_ = 0;
    std::string failed_ = {};
};

/// A bot's end of a stream, whose operations the plan counts.
net::any_stream planned_stream(net::any_stream inner, std::shared_ptr<io_plan> plan,
                               std::string host);
/// The opening of a stream: throws, or waits to be cancelled, when it is its turn.
task<> planned_opening(std::shared_ptr<io_plan> plan, std::string host);

} // namespace strandcord::testing
