#include "net/listener.hpp"
#include "net/network_transport.hpp"
#include "net/self_signed.hpp"
#include "runtime/run_on.hpp"
#include "testing/driver.hpp"
#include "testing/hub.hpp"
#include "testing/temporary_file.hpp"

#include <strandcord/testing/loopback.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include <optional>

namespace strandcord::testing {

namespace asio = boost::asio;
using detail::hub;

namespace {

// Two names of one address: so the host of a Resume differs from that of an Identify.
constexpr std::string_view main_name = "127.0.0.1";
constexpr std::string_view resume_name = "localhost";

detail::hub_addresses addresses(std::uint16_t port, bool tls) {
    const std::string scheme = tls ? "wss://" : "ws://";
    const auto suffix = ":" + std::to_string(port);
    detail::hub_addresses out;
    out.gateway.main_host = main_name;
    out.gateway.resume_host = resume_name;
    out.gateway.resume_url = scheme + std::string{resume_name} + suffix;
    out.gateway_url = scheme + std::string{main_name} + suffix;
    return out;
}

} // namespace

struct loopback_discord::impl {
    impl(asio::any_io_executor executor, emulator_options emulator, loopback_options where)
        : strand{asio::make_strand(executor)}, tls{where.tls} {
        if (tls)
            authority.emplace();
        if (authority)
            authority_file.emplace(authority->certificate());
        net::listener_options options;
        options.port = where.port;
        if (authority)
            options.tls = authority->issue();
        door.emplace(strand, std::move(options));
        const auto start = runtime_clock::now();
        machines = std::make_shared<detail::hub>(std::move(emulator), addresses(door->port(), tls),
                                                 [start] { return runtime_clock::now() - start; });
        server.emplace(strand, machines);
        machines->on_output = [this] { server->wake(); };
        net::tls_options trust;
        if (authority)
            trust.authorities_file = authority_file->path();
        wires = net::make_network_transport(std::move(trust));
        machines->default_guild();
    }

    template <class Config>
    Config configured(std::string api_base) const {
        Config out;
        out.token = machines->options.token;
        out.rest.api_base = std::move(api_base);
        out.log = logger{};
        out.transport = wires;
        return out;
    }

    task<> serve() {
        std::exception_ptr failure;
        try {
            for (;;) {
                net::any_stream stream = co_await door->accept();
                server->accept(std::move(stream));
            }
        } catch (const boost::system::system_error& ended) {
            // Closed by stop(), or cancelled.
            if (!stopping && !(ended.code() == cause::cancelled))
                failure = std::current_exception();
        }
        door->close();
        server->group().cancel();
        co_await server->group().join();
        if (failure)
            std::rethrow_exception(failure);
    }

    asio::any_io_executor strand;
    bool tls;
    bool stopping = false;
    std::optional<net::certificate_authority> authority;
    std::optional<temporary_file> authority_file;
    std::optional<net::listener> door;
    std::shared_ptr<detail::hub> machines;
    std::optional<driver> server;
    std::shared_ptr<transport> wires;
};

loopback_discord::loopback_discord(asio::any_io_executor executor, emulator_options emulator,
                                   loopback_options where)
    : impl_{std::make_shared<impl>(std::move(executor), std::move(emulator), where)} {}

loopback_discord::~loopback_discord() = default;

task<> loopback_discord::run() {
    const auto self = impl_;
    co_await run_on(self->strand, self->serve());
}

void loopback_discord::stop() {
    asio::post(impl_->strand, [self = impl_] {
        self->stopping = true;
        self->door->close();
    });
}

std::uint16_t loopback_discord::port() const noexcept {
    return impl_->door->port();
}

std::string loopback_discord::api_base() const {
    return (impl_->tls ? "https://" : "http://") + std::string{main_name} + ":" +
           std::to_string(port()) + impl_->machines->addresses.api_prefix;
}

std::string loopback_discord::gateway_url() const {
    return impl_->machines->addresses.gateway_url;
}

const std::string& loopback_discord::certificate_authority_pem() const noexcept {
    static const std::string none;
    return impl_->authority ? impl_->authority->certificate() : none;
}

const std::string& loopback_discord::certificate_authority_file() const noexcept {
    static const std::string none;
    return impl_->authority_file ? impl_->authority_file->path() : none;
}

bot_config loopback_discord::config() const {
    auto out = impl_->configured<bot_config>(api_base());
    out.privileged = impl_->machines->options.privileged & intent::message_content;
    return out;
}

strandcord::client_config loopback_discord::client_config() const {
    auto out = impl_->configured<strandcord::client_config>(api_base());
    out.intents |= impl_->machines->options.privileged & intent::message_content;
    return out;
}

channel& loopback_discord::channel(std::string_view name) {
    return impl_->machines->channel_named(name);
}
user& loopback_discord::user(std::string_view name) {
    return impl_->machines->user_named(name);
}
guild& loopback_discord::guild(std::string_view name) {
    return impl_->machines->guild_named(name);
}
gateway_control& loopback_discord::gateway() noexcept {
    return impl_->machines->gateway_face;
}
rest_control& loopback_discord::rest() noexcept {
    return impl_->machines->rest_face;
}
detail::hub& loopback_discord::internals() noexcept {
    return *impl_->machines;
}

} // namespace strandcord::testing
