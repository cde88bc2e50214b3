#include "net/self_signed.hpp"

#include "net/openssl.hpp"

#include <strandcord/error.hpp>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <algorithm>

namespace strandcord::net {

namespace {

using bio_ptr = openssl_ptr<BIO, BIO_free>;
using extension_ptr = openssl_ptr<X509_EXTENSION, X509_EXTENSION_free>;

void require(bool success) {
    if (!success)
        throw error{errc::invalid_configuration,
                    "OpenSSL cannot make a certificate: " + take_openssl_reason()};
}

std::shared_ptr<EVP_PKEY> new_key() {
    std::shared_ptr<EVP_PKEY> key{EVP_EC_gen("P-256"), EVP_PKEY_free};
    require(key != nullptr);
    return key;
}

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return std::string(data, static_cast<std::size_t>(size));
}

std::string pem_of(X509* certificate) {
    const bio_ptr bio{BIO_new(BIO_s_mem())};
    require(bio && PEM_write_bio_X509(bio.get(), certificate) == 1);
    return text_of(bio.get());
}

std::string pem_of(EVP_PKEY* key) {
    const bio_ptr bio{BIO_new(BIO_s_mem())};
    require(bio &&
            PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return text_of(bio.get());
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const extension_ptr extension{X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str())};
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

// Everything but issuer, extensions and signature.
std::shared_ptr<X509> new_certificate(const char* name, EVP_PKEY* key,
                                      const certificate_request& request) {
    std::shared_ptr<X509> made{X509_new(), X509_free};
    require(made != nullptr);
    std::uint64_t serial = 0;
    require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
    X509* certificate = made.get();
    X509_NAME* subject = X509_get_subject_name(certificate);
    require(X509_set_version(certificate, X509_VERSION_3) == 1 &&
            ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1U) == 1 &&
            X509_gmtime_adj(X509_getm_notBefore(certificate), request.valid_from.count()) &&
            X509_gmtime_adj(X509_getm_notAfter(certificate), request.valid_until.count()) &&
            X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                                       reinterpret_cast<const unsigned char*>(name), -1, -1,
                                       0) == 1 &&
            X509_set_pubkey(certificate, key) == 1);
    return made;
}

bool is_address(const std::string& name) {
    return name.find(':') != std::string::npos ||
           std::ranges::all_of(name, [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
}

} // namespace

certificate_authority::certificate_authority() : key_{new_key()} {
    ERR_clear_error();
    own_ = new_certificate("strandcord local authority", key_.get(), {});
    X509* certificate = own_.get();
    require(X509_set_issuer_name(certificate, X509_get_subject_name(certificate)) == 1);
    add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(certificate, certificate, NID_subject_key_identifier, "hash");
    require(X509_sign(certificate, key_.get(), EVP_sha256()) != 0);
    pem_ = pem_of(certificate);
}

tls_identity certificate_authority::issue(const certificate_request& request) const {
    ERR_clear_error();
    const std::shared_ptr<EVP_PKEY> key = new_key();
    const std::shared_ptr<X509> made =
        new_certificate("strandcord local server", key.get(), request);
    X509* certificate = made.get();
    require(X509_set_issuer_name(certificate, X509_get_subject_name(own_.get())) == 1);
    std::string names;
    for (const std::string& name : request.names) {
        names += names.empty() ? "" : ",";
        names += (is_address(name) ? "IP:" : "DNS:") + name;
    }
    add_extension(certificate, own_.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(certificate, own_.get(), NID_key_usage, "critical,digitalSignature");
    add_extension(certificate, own_.get(), NID_ext_key_usage, "serverAuth");
    add_extension(certificate, own_.get(), NID_authority_key_identifier, "keyid");
    add_extension(certificate, own_.get(), NID_subject_alt_name, names);
    require(X509_sign(certificate, key_.get(), EVP_sha256()) != 0);
    return {pem_of(certificate) + pem_, pem_of(key.get())};
}

} // namespace strandcord::net
