#pragma once

#include "net/tls_context.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

struct evp_pkey_st;
struct x509_st;

namespace strandcord::net {

/// Who a certificate is for, and when it is valid, counted from now.
struct certificate_request {
    std::vector<std::string> names = {"localhost", "127.0.0.1"}; ///< host names and addresses
    std::chrono::seconds valid_from = std::chrono::hours{-1};
    std::chrono::seconds valid_until = std::chrono::hours{24 * 30};
};

/// A certificate authority that lives in memory, for servers on this machine and for tests.
class certificate_authority {
public:
    /// Makes a new key and certificate. Throws `error` when OpenSSL cannot.
    certificate_authority();

    /// The authority's certificate as PEM text: what a client must trust.
    const std::string& certificate() const noexcept { return pem_; }
    tls_identity issue(const certificate_request& request = {}) const;

private:
    std::shared_ptr<evp_pkey_st> key_;
    std::shared_ptr<x509_st> own_;
    std::string pem_;
};

} // namespace strandcord::net
