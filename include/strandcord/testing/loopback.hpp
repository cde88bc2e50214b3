#pragma once

#include <strandcord/config.hpp>
#include <strandcord/task.hpp>
#include <strandcord/testing/actors.hpp>
#include <strandcord/testing/gateway.hpp>
#include <strandcord/testing/options.hpp>
#include <strandcord/testing/rest.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace strandcord::testing {

/// Where and how `loopback_discord` listens.
struct loopback_options {
    bool tls = true;
    /// 0: any free one.
    std::uint16_t port = 0;
};

/// The same Discord on real sockets of 127.0.0.1, in real time: for bots in other processes and
/// languages, and for what a pipe cannot show. REST and gateway share one port. Actors and controls
/// may be used from any thread.
class loopback_discord {
public:
    /// Listens at once; serves while `run()` does. Throws `error` when the port is taken.
    loopback_discord(boost::asio::any_io_executor executor, emulator_options emulator = {},
                     loopback_options where = {});
    ~loopback_discord();
    loopback_discord(const loopback_discord&) = delete;
    loopback_discord& operator=(const loopback_discord&) = delete;

    /// Serves until `stop()` or cancellation; every connection is gone when it returns. Once only.
    task<> run();
    /// Any thread.
    void stop();

    std::uint16_t port() const noexcept;
    /// `https://127.0.0.1:4711/api/v10`
    std::string api_base() const;
    /// `wss://127.0.0.1:4711`
    std::string gateway_url() const;
    /// The certificate authority that clients must trust; empty without TLS.
    const std::string& certificate_authority_pem() const noexcept;
    /// The same in a file, for `SSL_CERT_FILE` of other programs; gone with this object.
    const std::string& certificate_authority_file() const noexcept;

    /// Token, transport that trusts the authority, addresses, the message_content intent if it is
    /// switched on, and a silent log.
    bot_config config() const;
    strandcord::client_config client_config() const;

    testing::channel& channel(std::string_view name);
    testing::user& user(std::string_view name);
    testing::guild& guild(std::string_view name);
    gateway_control& gateway() noexcept;
    rest_control& rest() noexcept;

    /// For the sandbox program.
    detail::hub& internals() noexcept;

private:
    struct impl;
    std::shared_ptr<impl> impl_;
};

} // namespace strandcord::testing
