#pragma once

#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace strandcord {

using boost::system::error_code;

/// What strandcord itself reports.
enum class errc {
    invalid_configuration =
        1,                ///< a setting is missing or wrong; the message says which and what to do
    timed_out,            ///< a deadline passed
    cancelled,            ///< stopped by the caller
    shutting_down,        ///< the bot or shard is stopping
    malformed_payload,    ///< a frame or body that is not what the protocol says
    payload_too_large,    ///< over a bound, in either direction
    decompression_failed, ///< the compressed stream is damaged
    handshake_failed,     ///< the WebSocket upgrade was refused
    connection_closed,    ///< the peer ended the connection
    certificate_invalid,  ///< TLS: chain or host name did not verify
    unauthorized,         ///< the token was refused (401); nothing more is sent with it
    session_lost,         ///< Discord will not resume the session
    start_limit_reached,  ///< no identifies left today
    unsupported,          ///< not built in (zstd-stream without libzstd)
    invalid_argument,     ///< the call itself is wrong; the message says how
    queue_full,           ///< too many commands wait for the gateway already
};

/// Gateway close codes; the values are Discord's.
/// Discord documentation: topics/opcodes-and-status-codes, "Gateway Close Event Codes".
enum class gateway_errc {
    unknown_error = 4000,
    unknown_opcode = 4001,
    decode_error = 4002,
    not_authenticated = 4003,
    authentication_failed = 4004,
    already_authenticated = 4005,
    invalid_sequence = 4007,
    rate_limited = 4008,
    session_timed_out = 4009,
    invalid_shard = 4010,
    sharding_required = 4011,
    invalid_api_version = 4012,
    invalid_intents = 4013,
    disallowed_intents = 4014,
};

/// Discord's JSON error codes; any value may come, those named here are used by the library.
/// Discord documentation: topics/opcodes-and-status-codes, "JSON Error Codes".
enum class api_errc {
    general = 0,
    unknown_channel = 10003,
    unknown_message = 10008,
    missing_access = 50001,
    missing_permissions = 50013,
    invalid_form_body = 50035,
};

/// An HTTP status of a REST answer that carried no JSON error code.
enum class http_errc {
    bad_request = 400,
    unauthorized = 401,
    forbidden = 403,
    not_found = 404,
    too_many_requests = 429,
    internal_server_error = 500,
    bad_gateway = 502,
    service_unavailable = 503,
};

/// What to do about an error, whatever layer it came from: compare an `error_code` with it. An
/// error has at most one cause; errors of Asio and of the operating system have theirs too.
enum class cause {
    cancelled = 1,   ///< you asked for it
    timed_out,       ///< a deadline passed; trying again may work
    retryable,       ///< a passing fault of network or server
    rate_limited,    ///< wait, then try again
    unauthorized,    ///< the token is wrong
    forbidden,       ///< a permission or intent is missing
    not_found,       ///< no such object
    invalid_request, ///< the call itself is wrong
    fatal,           ///< cannot get better without a change by a person
};

const boost::system::error_category& error_category() noexcept;
const boost::system::error_category& gateway_category() noexcept;
const boost::system::error_category& api_category() noexcept;
const boost::system::error_category& http_category() noexcept;
const boost::system::error_category& cause_category() noexcept;

inline error_code make_error_code(errc e) noexcept {
    return {static_cast<int>(e), error_category()};
}
inline error_code make_error_code(gateway_errc e) noexcept {
    return {static_cast<int>(e), gateway_category()};
}
inline error_code make_error_code(api_errc e) noexcept {
    return {static_cast<int>(e), api_category()};
}
inline error_code make_error_code(http_errc e) noexcept {
    return {static_cast<int>(e), http_category()};
}
inline boost::system::error_condition make_error_condition(cause c) noexcept {
    return {static_cast<int>(c), cause_category()};
}

/// The cause that `code` equals: for a `switch`. Nothing for success and for codes of categories
/// that strandcord does not know.
std::optional<cause> cause_of(const error_code& code) noexcept;

/// The words and numbers around an error. Holds no token and no request body.
struct diagnostics {
    std::string message = {}; ///< one sentence: what happened and what to do
    std::string method = {};  ///< REST: `POST`
    std::string route = {};   ///< REST: the template, `/channels/{channel_id}/messages`
    int status = 0;           ///< REST: HTTP status, 0 when there was no answer
    std::string field = {};   ///< REST: path inside Discord's error tree, `embeds[0].title`
    std::optional<std::chrono::milliseconds> retry_after = {};
    std::optional<int> shard = {};
};

/// Every exception that strandcord throws. `code()` tells what, `what()` is one sentence, after the
/// route of a REST call and before the numbers in brackets:
/// `POST /channels/{channel_id}/messages: Missing Permissions (HTTP 403, code 50013)`.
/// `e.code() == cause::retryable` is the way to branch.
class error : public boost::system::system_error {
public:
    explicit error(error_code code);
    error(error_code code, std::string message);
    error(error_code code, diagnostics details);

    const diagnostics& details() const noexcept { return details_; }
    const char* what() const noexcept override { return text_.c_str(); }

private:
    diagnostics details_;
    std::string text_;
};

} // namespace strandcord

template <>
struct boost::system::is_error_code_enum<strandcord::errc> : std::true_type {};
template <>
struct boost::system::is_error_code_enum<strandcord::gateway_errc> : std::true_type {};
template <>
struct boost::system::is_error_code_enum<strandcord::api_errc> : std::true_type {};
template <>
struct boost::system::is_error_code_enum<strandcord::http_errc> : std::true_type {};
template <>
struct boost::system::is_error_condition_enum<strandcord::cause> : std::true_type {};
