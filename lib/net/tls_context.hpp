#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

struct ssl_ctx_st;

namespace strandcord::net {

/// What a client trusts.
struct tls_options {
    /// A PEM file with further authorities, beside the system's (which follow SSL_CERT_FILE and
    /// SSL_CERT_DIR).
    std::string authorities_file = {};
};

/// A certificate (the whole chain, own certificate first) and its private key, both as PEM text.
struct tls_identity {
    std::string certificate = {};
    std::string key = {};
};

/// Is told the server name that a client asks for.
using server_name_hook = std::function<void(std::string_view name)>;

/// Settings shared by many TLS streams: TLS 1.2 and later. Cheap to copy.
class tls_context {
public:
    /// Verifies the peer's chain. Throws `errc::invalid_configuration` naming a file that cannot be
    /// read.
    static tls_context client(const tls_options& options);
    /// Throws `errc::invalid_configuration` when certificate and key cannot be used.
    static tls_context server(const tls_identity& identity, server_name_hook on_server_name = {});

    ssl_ctx_st* native() const noexcept { return context_.get(); }

private:
    explicit tls_context(std::shared_ptr<ssl_ctx_st> context) noexcept
        : context_{std::move(context)} {}

    std::shared_ptr<ssl_ctx_st> context_;
    std::shared_ptr<server_name_hook> on_server_name_;
};

} // namespace strandcord::net
