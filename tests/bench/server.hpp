#pragma once

#include "floor.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace bench {

/// A gateway on a thread of its own: TLS on 127.0.0.1, blocking, one client at a time. Says Hello,
/// waits for one payload (Identify), says READY and then sends `events` MESSAGE_CREATEs as fast as
/// the client takes them, each compressed beforehand and in a TLS record of its own.
class server {
public:
    server(stream_compression kind, std::size_t events);
    ~server();
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    std::uint16_t port() const noexcept { return port_; }
    /// PEM file that a client must trust.
    const std::string& authority_file() const noexcept { return authority_file_; }

private:
    void serve();

    struct tls;
    std::unique_ptr<tls> tls_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::string authority_file_;
    std::vector<std::string> frames_; ///< Hello, READY, events; WebSocket frames, ready to send
    std::thread thread_;
};

} // namespace bench
