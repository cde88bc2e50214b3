#include "net/look_up.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <deque>
#include <system_error>
#include <thread>
#include <utility>

namespace strandcord::net {
namespace {

class look_up_threads {
public:
    void add(std::shared_ptr<look_up> what) {
        const std::lock_guard lock{mutex_};
        waiting_.push_back(std::move(what));
        if (running_ == most)
            return;
        try {
            std::thread{[this] { work(); }}.detach();
            ++running_;
        } catch (const std::system_error& e) {
            if (running_ != 0)
                return;
            waiting_.pop_back();
            throw error{error_code{e.code().value(), boost::system::system_category()},
                        "No thread could be started to look an address up."};
        }
    }

private:
    static constexpr int most = 4;

    void work() {
        for (;;) {
            std::shared_ptr<look_up> next;
            {
                const std::lock_guard lock{mutex_};
                if (waiting_.empty()) {
                    --running_;
                    return;
                }
                next = std::move(waiting_.front());
                waiting_.pop_front();
            }
            look_up::ask(next);
        }
    }

    std::mutex mutex_; ///< guards what follows
    std::deque<std::shared_ptr<look_up>> waiting_;
    int running_ = 0;
};

} // namespace

look_up::wait::wait(std::shared_ptr<look_up> what, timer& answered) : what_{std::move(what)} {
    const std::lock_guard lock{what_->mutex_};
    what_->answered_ = &answered;
}

look_up::wait::~wait() {
    const std::lock_guard lock{what_->mutex_};
    what_->answered_ = nullptr;
}

bool look_up::take(std::vector<boost::asio::ip::tcp::endpoint>& found, error_code& failure) {
    const std::lock_guard lock{mutex_};
    if (over_) {
        found = std::move(found_);
        failure = failure_;
    }
    return over_;
}

void look_up::ask(const std::shared_ptr<look_up>& what) {
    {
        const std::lock_guard lock{what->mutex_};
        if (!what->answered_)
            return;
    }
    error_code failure;
    std::vector<boost::asio::ip::tcp::endpoint> found;
    try {
        found = what->names_(what->host_, what->port_, failure);
    } catch (const std::exception&) {
        // Out of memory or of descriptors; nobody above this thread could take it.
        failure = boost::asio::error::no_memory;
    }

    // Under the lock: the executor is somebody's only as long as he waits.
    const std::lock_guard lock{what->mutex_};
    what->found_ = std::move(found);
    what->failure_ = failure;
    what->over_ = true;
    if (what->answered_)
        boost::asio::post(what->answered_->get_executor(), [what] {
            const std::lock_guard again{what->mutex_};
            if (what->answered_)
                what->answered_->cancel();
        });
}

void begin(std::shared_ptr<look_up> what) {
    // Never destroyed: a thread may still be asking when the program ends.
    static auto& threads = *new look_up_threads;
    threads.add(std::move(what));
}

} // namespace strandcord::net
