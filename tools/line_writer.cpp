#include "line_writer.hpp"

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <poll.h>
#include <string>
#include <thread>
#include <unistd.h>

/// Outlives the writer object when the thread is stuck in a write that nobody reads.
struct line_writer::shared {
    std::mutex mutex;
    std::condition_variable changed;
    std::string waiting;
    std::size_t writing = 0;
    bool ending = false;
    bool broken = false;
    std::function<void()> failed;

    void run(int descriptor) {
        std::string batch;
        std::unique_lock lock{mutex};
        while (true) {
            changed.wait(lock, [this] { return ending || !waiting.empty(); });
            if (waiting.empty())
                return;
            batch.clear();
            batch.swap(waiting);
            writing = batch.size();
            lock.unlock();
            const bool written = write_all(descriptor, batch);
            lock.lock();
            writing = 0;
            if (!written)
                broken = true;
            changed.notify_all();
            if (broken && !ending)
                failed();
            if (broken)
                return;
        }
    }

    static bool write_all(int descriptor, std::string_view rest) {
        while (!rest.empty()) {
            const auto count = ::write(descriptor, rest.data(), rest.size());
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
                pollfd writable{descriptor, POLLOUT, 0}; // who gave us the descriptor made it so
                ::poll(&writable, 1, -1);
                continue;
            }
            if (count < 0)
                return false;
            rest.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }
};

line_writer::line_writer(int descriptor, std::function<void()> failed)
    : shared_{std::make_shared<shared>()} {
    shared_->failed = std::move(failed);
    std::thread{[state = shared_, descriptor] { state->run(descriptor); }}.detach();
}

line_writer::~line_writer() {
    std::unique_lock lock{shared_->mutex};
    shared_->ending = true;
    shared_->changed.notify_all();
    shared_->changed.wait_for(lock, std::chrono::seconds{1}, [this] {
        return shared_->broken || (shared_->waiting.empty() && shared_->writing == 0);
    });
}

void line_writer::write(std::string_view line) {
    const std::lock_guard lock{shared_->mutex};
    if (shared_->broken)
        return;
    shared_->waiting += line;
    shared_->waiting += '\n';
    shared_->changed.notify_all();
}

std::size_t line_writer::backlog() const {
    const std::lock_guard lock{shared_->mutex};
    return shared_->broken ? 0 : shared_->waiting.size() + shared_->writing;
}
