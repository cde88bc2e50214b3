#pragma once

#include "net/any_stream.hpp"
#include "runtime/task_group.hpp"
#include "runtime/timer.hpp"
#include "testing/hub.hpp"

#include <strandcord/task.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace strandcord::net {
class http_server_connection;
struct http_request;
} // namespace strandcord::net

namespace strandcord::testing {

/// Serves streams from the hub's machines: HTTP, and WebSocket where it is asked for. Everything
/// runs on one strand, and its members are called there.
class driver {
public:
    driver(boost::asio::any_io_executor strand, std::shared_ptr<detail::hub> hub);
    ~driver();
    driver(const driver&) = delete;
    driver& operator=(const driver&) = delete;

    const boost::asio::any_io_executor& executor() const noexcept { return group_.executor(); }
    /// Serves the other end of a stream, in a coroutine of its own.
    void accept(net::any_stream stream);
    /// Something may have to be sent. Any thread.
    void wake();
    /// Whose children are the connections.
    task_group& group() noexcept { return group_; }

private:
    struct connection;

    task<> serve(net::any_stream stream);
    task<> answer(net::http_server_connection& client, const net::http_request& request,
                  bool& goes_on);
    task<> upgrade(net::http_server_connection& client, const net::http_request& request,
                   std::shared_ptr<class cut_stream> stream);
    task<> read_all(std::shared_ptr<connection> from);
    task<> write_all(std::shared_ptr<connection> to);
    task<> watch_time();
    void wake_now();
    void wake_touched();

    std::shared_ptr<detail::hub> hub_;
    task_group group_;
    timer watch_;
    std::map<std::uint64_t, std::weak_ptr<connection>> connections_;
    // Outlives a wake-up that is still on its way when the driver goes.
    std::shared_ptr<driver*> self_;
};

} // namespace strandcord::testing
