#pragma once

// One question to the name service. Rules:
// - the service cannot be interrupted, and Asio's resolver, which asks it in a thread, waits for
//   that thread when its context ends: a program that is told to stop would stay for as long as a
//   name server is silent. So nobody waits for the threads that ask here;
// - they are few, shared by all contexts, and end when there is nothing to ask;
// - an answer is told by cancelling a timer on its executor, and only while somebody waits.

#include "net/resolve.hpp"
#include "runtime/timer.hpp"

#include <memory>
#include <mutex>

namespace strandcord::net {

class look_up {
public:
    look_up(std::string host, std::uint16_t port, name_service names)
        : host_{std::move(host)}, port_{port}, names_{names} {}

    /// While it exists `answered` is cancelled, on its executor, when the answer is there. It is
    /// destroyed there too, or with the context.
    class wait {
    public:
        wait(std::shared_ptr<look_up> what, timer& answered);
        ~wait();
        wait(const wait&) = delete;
        wait& operator=(const wait&) = delete;

    private:
        std::shared_ptr<look_up> what_;
    };

    /// The answer; false while there is none.
    bool take(std::vector<boost::asio::ip::tcp::endpoint>& found, error_code& failure);
    /// Asks, and tells who waits. In a thread that may take long.
    static void ask(const std::shared_ptr<look_up>& what);

private:
    const std::string host_;
    const std::uint16_t port_;
    const name_service names_;

    std::mutex mutex_; ///< guards what follows
    timer* answered_ = nullptr;
    bool over_ = false;
    std::vector<boost::asio::ip::tcp::endpoint> found_;
    error_code failure_;
};

/// Lets a thread ask. Throws `error` when the system gives none.
void begin(std::shared_ptr<look_up> what);

} // namespace strandcord::net
