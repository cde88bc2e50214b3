#include "testing/memory.hpp"

#include "net/memory_pipe.hpp"
#include "testing/io_plan.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>

namespace strandcord::testing {

namespace asio = boost::asio;
using detail::hub;

namespace {

class memory_transport final : public transport {
public:
    memory_transport(std::weak_ptr<driver> driver, std::weak_ptr<detail::hub> hub,
                     std::shared_ptr<io_plan> plan)
        : driver_{std::move(driver)}, hub_{std::move(hub)}, plan_{std::move(plan)} {}

    task<net::any_stream> open(endpoint where) override {
        const asio::any_io_executor executor = co_await asio::this_coro::executor;
        const auto machines = hub_.lock();
        const auto server = driver_.lock();
        if (!machines || !server)
            throw error{make_error_code(boost::system::errc::connection_refused),
                        "The emulator is gone."};
        if (where.host != api_host && where.host != gateway_host && where.host != resume_host)
            throw error{asio::error::host_not_found,
                        "The emulator has no host " + where.host + "."};
        const bool refused = machines->locked([&where](hub& self) {
            return where.host == api_host ? self.rest.refuses()
                                          : self.gateway.refuses_tcp(where.host, self.now());
        });
        if (refused)
            throw error{asio::error::connection_refused, where.host + " refuses connections."};
        co_await planned_opening(plan_, where.host);
        auto [client, other] = net::make_memory_pipe(executor, server->executor());
        server->accept(std::move(other));
        co_return planned_stream(std::move(client), plan_, std::move(where.host));
    }

private:
    std::weak_ptr<driver> driver_;
    std::weak_ptr<detail::hub> hub_;
    std::shared_ptr<io_plan> plan_;
};

} // namespace

detail::hub_addresses memory_addresses() {
    detail::hub_addresses out;
    out.gateway.main_host = gateway_host;
    out.gateway.resume_host = resume_host;
    out.gateway.resume_url = "wss://" + std::string{resume_host};
    out.gateway_url = "wss://" + std::string{gateway_host};
    return out;
}

std::shared_ptr<transport> make_memory_transport(std::weak_ptr<driver> driver,
                                                 std::weak_ptr<detail::hub> hub,
                                                 std::shared_ptr<io_plan> plan) {
    return std::make_shared<memory_transport>(std::move(driver), std::move(hub), std::move(plan));
}

} // namespace strandcord::testing
