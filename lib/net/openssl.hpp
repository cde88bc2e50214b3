#pragma once

#include <openssl/err.h>

#include <memory>
#include <string>

namespace strandcord::net {

/// Frees an OpenSSL object with the function OpenSSL names for it.
template <auto Free>
struct openssl_delete {
    template <class T>
    void operator()(T* object) const noexcept {
        Free(object);
    }
};

template <class T, auto Free>
using openssl_ptr = std::unique_ptr<T, openssl_delete<Free>>;

/// OpenSSL's words for the first error in the thread's queue; empties the queue.
inline std::string take_openssl_reason() {
    const unsigned long code = ERR_peek_error();
    const char* reason = ERR_reason_error_string(code);
    std::string text = reason != nullptr ? reason : "unknown reason";
    ERR_clear_error();
    return text;
}

} // namespace strandcord::net
