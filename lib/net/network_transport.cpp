#include "net/network_transport.hpp"

#include "net/resolve.hpp"
#include "net/stream.hpp"
#include "net/url.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <mutex>
#include <optional>

namespace strandcord::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

namespace {

// An address that swallows packets must not use up the time of those after it.
constexpr auto patience_with_one_of_several = 5s;

task<> connect_one(tcp::socket& socket, tcp::endpoint where) {
    const auto [failure] =
        co_await socket.async_connect(where, asio::as_tuple(asio::use_awaitable));
    if (failure)
        throw boost::system::system_error{failure};
}

task<> try_one(tcp::socket& socket, tcp::endpoint where, bool others_follow, error_code& failure) {
    try {
        failure = {};
        if (others_follow)
            co_await with_timeout(connect_one(socket, where), patience_with_one_of_several);
        else
            co_await connect_one(socket, where);
    } catch (const boost::system::system_error& refused) {
        failure = refused.code();
    }
}

class network_transport final : public transport {
public:
    explicit network_transport(tls_options options) : options_{std::move(options)} {}

    task<any_stream> open(endpoint where) override {
        if (where.tls)
            prepare_tls();
        tcp::socket socket = co_await connect(where);
        if (!where.tls)
            co_return make_tcp_stream(std::move(socket));
        co_return co_await connect_tls(std::move(socket), *context_, where.host);
    }

private:
    // Reading the system's roots takes a while, so only who needs them pays.
    void prepare_tls() {
        std::call_once(prepared_, [this] { context_ = tls_context::client(options_); });
    }

    task<tcp::socket> connect(const endpoint& where) {
        const asio::any_io_executor executor = co_await asio::this_coro::executor;
        const std::vector<tcp::endpoint> addresses = co_await resolve(where.host, where.port);
        error_code failure = asio::error::host_not_found;
        for (std::size_t index = 0; index < addresses.size(); ++index) {
            tcp::socket socket{executor};
            co_await try_one(socket, addresses[index], index + 1 < addresses.size(), failure);
            if (!failure)
                co_return std::move(socket);
            if (failure == asio::error::operation_aborted || failure == errc::cancelled)
                break;
        }
        const std::string shown = host_header(where);
        if (failure == asio::error::operation_aborted || failure == errc::cancelled)
            throw error{errc::cancelled, "Connecting to " + shown + " was cancelled."};
        throw error{failure, "No connection to " + shown + ": " + failure.message() + "."};
    }

    tls_options options_;
    std::once_flag prepared_;
    std::optional<tls_context> context_;
};

} // namespace

std::shared_ptr<transport> make_network_transport(tls_options options) {
    return std::make_shared<network_transport>(std::move(options));
}

} // namespace strandcord::net
