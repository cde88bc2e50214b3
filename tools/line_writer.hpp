#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

/// Writes lines to a file descriptor from a thread of its own, so that a reader who stalls stalls
/// neither the heartbeats nor the end of the program. What waits is bounded by who asks `backlog()`
/// before sending more.
class line_writer {
public:
    /// `failed` is called once, from the writer's thread, when nobody reads any more.
    line_writer(int descriptor, std::function<void()> failed);
    /// Gives what waits this long to go out, then leaves it: a stalled descriptor cannot be waited
    /// for.
    ~line_writer();
    line_writer(const line_writer&) = delete;
    line_writer& operator=(const line_writer&) = delete;

    void write(std::string_view line);
    /// Bytes not yet written.
    std::size_t backlog() const;

private:
    struct shared;
    std::shared_ptr<shared> shared_;
};
