#include "net/tls_context.hpp"

#include "net/openssl.hpp"

#include <strandcord/error.hpp>

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace strandcord::net {

namespace {

using bio_ptr = openssl_ptr<BIO, BIO_free>;
using certificate_ptr = openssl_ptr<X509, X509_free>;
using key_ptr = openssl_ptr<EVP_PKEY, EVP_PKEY_free>;

std::shared_ptr<SSL_CTX> make_context(const SSL_METHOD* method) {
    std::shared_ptr<SSL_CTX> context{SSL_CTX_new(method), SSL_CTX_free};
    if (!context)
        throw error{errc::invalid_configuration,
                    "OpenSSL cannot be used here: " + take_openssl_reason()};
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    // Partial writes and moving buffers fit an asynchronous writer; released buffers keep a
    // thousand idle connections small; read-ahead takes many records with one system call.
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE |
                                        SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                        SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(context.get(), 1);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION);
    return context;
}

bio_ptr text_bio(const std::string& text) {
    return bio_ptr{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

[[noreturn]] void refuse_identity(const char* part) {
    throw error{errc::invalid_configuration, std::string{"The TLS server's "} + part +
                                                 " cannot be used: " + take_openssl_reason()};
}

void use_certificates(SSL_CTX* context, const std::string& pem) {
    const bio_ptr input = text_bio(pem);
    const certificate_ptr own{PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr)};
    if (!own || SSL_CTX_use_certificate(context, own.get()) != 1)
        refuse_identity("certificate");
    for (;;) {
        certificate_ptr issuer{PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr)};
        if (!issuer)
            break;
        if (SSL_CTX_add_extra_chain_cert(context, issuer.get()) != 1)
            refuse_identity("certificate chain");
        static_cast<void>(issuer.release());
    }
    ERR_clear_error();
}

void use_key(SSL_CTX* context, const std::string& pem) {
    const bio_ptr input = text_bio(pem);
    const key_ptr key{PEM_read_bio_PrivateKey(input.get(), nullptr, nullptr, nullptr)};
    if (!key || SSL_CTX_use_PrivateKey(context, key.get()) != 1 ||
        SSL_CTX_check_private_key(context) != 1)
        refuse_identity("private key");
}

int tell_server_name(SSL* connection, int*, void* hook) {
    const char* name = SSL_get_servername(connection, TLSEXT_NAMETYPE_host_name);
    if (name != nullptr)
        (*static_cast<server_name_hook*>(hook))(name);
    return SSL_TLSEXT_ERR_OK;
}

} // namespace

tls_context tls_context::client(const tls_options& options) {
    ERR_clear_error();
    tls_context made{make_context(TLS_client_method())};
    SSL_CTX* context = made.native();
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    // Missing system roots are not an error yet: they show as an unknown issuer, with the advice to
    // set SSL_CERT_FILE.
    SSL_CTX_set_default_verify_paths(context);
    ERR_clear_error();
    if (!options.authorities_file.empty() &&
        SSL_CTX_load_verify_file(context, options.authorities_file.c_str()) != 1)
        throw error{errc::invalid_configuration, "No certificate authority can be read from " +
                                                     options.authorities_file + ": " +
                                                     take_openssl_reason()};
    return made;
}

tls_context tls_context::server(const tls_identity& identity, server_name_hook on_server_name) {
    ERR_clear_error();
    tls_context made{make_context(TLS_server_method())};
    SSL_CTX* context = made.native();
    use_certificates(context, identity.certificate);
    use_key(context, identity.key);
    if (on_server_name) {
        made.on_server_name_ = std::make_shared<server_name_hook>(std::move(on_server_name));
        SSL_CTX_set_tlsext_servername_callback(context, tell_server_name);
        SSL_CTX_set_tlsext_servername_arg(context, made.on_server_name_.get());
    }
    return made;
}

} // namespace strandcord::net
