// From every code the library can meet to what a caller should do about it.

#include <strandcord/error.hpp>

#include <boost/asio/error.hpp>
#include <string_view>

namespace strandcord {
namespace {

cause cause_of_own(errc value) noexcept {
    switch (value) {
    case errc::timed_out:
        return cause::timed_out;
    case errc::cancelled:
    case errc::shutting_down:
        return cause::cancelled;
    case errc::malformed_payload:
    case errc::decompression_failed:
    case errc::handshake_failed:
    case errc::connection_closed:
    case errc::session_lost:
        return cause::retryable;
    case errc::payload_too_large:
    case errc::invalid_argument:
        return cause::invalid_request;
    case errc::unauthorized:
        return cause::unauthorized;
    case errc::start_limit_reached:
    case errc::queue_full:
        return cause::rate_limited;
    case errc::invalid_configuration:
    case errc::certificate_invalid:
    case errc::unsupported:
        break;
    }
    return cause::fatal;
}

// Discord documents which close codes end the matter; all others may reconnect.
cause cause_of_close(int value) noexcept {
    switch (static_cast<gateway_errc>(value)) {
    case gateway_errc::authentication_failed:
        return cause::unauthorized;
    case gateway_errc::disallowed_intents:
        return cause::forbidden;
    case gateway_errc::invalid_shard:
    case gateway_errc::sharding_required:
    case gateway_errc::invalid_api_version:
    case gateway_errc::invalid_intents:
        return cause::fatal;
    case gateway_errc::rate_limited:
        return cause::rate_limited;
    default:
        return cause::retryable;
    }
}

cause cause_of_status(int status) noexcept {
    switch (status) {
    case 401:
        return cause::unauthorized;
    case 403:
        return cause::forbidden;
    case 404:
    case 410:
        return cause::not_found;
    case 408:
        return cause::timed_out;
    case 429:
        return cause::rate_limited;
    default:
        break;
    }
    if (status >= 500)
        return cause::retryable;
    if (status >= 400)
        return cause::invalid_request;
    return cause::fatal; // a redirect or the like: whatever answers is not Discord's API
}

// Discord documentation: topics/opcodes-and-status-codes, "JSON Error Codes".
cause cause_of_json_code(int value) noexcept {
    if (value >= 10000 && value < 11000)
        return cause::not_found;
    switch (value) {
    case 20016: // slow mode
    case 20022: // announcement edits
    case 20028: // writes to a channel
    case 20029: // writes to a server
    case 20030:
    case 30034: // application commands per day
    case 30046: // edits to old messages
    case 40003: // opening direct messages
    case 40062: // a shared resource
        return cause::rate_limited;
    case 40001:
    case 50014:
        return cause::unauthorized;
    case 20001: // not for bots
    case 20002: // only for bots
    case 20012: // another application's
    case 20018: // only for the owner
    case 40002: // account not verified
    case 40007: // banned
    case 40012: // connection revoked
    case 40333: // blocked by Cloudflare
    case 50001:
    case 50005: // another user's message
    case 50007: // user takes no messages
    case 50009: // verification level
    case 50013:
    case 50026:  // OAuth2 scope missing
    case 50278:  // no mutual guild
    case 50600:  // sticker
    case 60003:  // two-factor authentication
    case 90001:  // reaction blocked
    case 160002: // message history
    case 200000: // automatic moderation
    case 200001:
        return cause::forbidden;
    case 40004:  // messages switched off for now
    case 40006:  // feature switched off for now
    case 110000: // search index being built
    case 110001:
    case 130000: // overloaded
        return cause::retryable;
    default:
        return cause::invalid_request;
    }
}

// Asio reports the operating system's errors in the system category.
std::optional<cause> cause_of_system(const error_code& code) noexcept {
    namespace posix = boost::system::errc;
    if (code == posix::operation_canceled)
        return cause::cancelled;
    if (code == posix::timed_out)
        return cause::timed_out;
    for (const auto passing :
         {posix::connection_reset, posix::connection_refused, posix::connection_aborted,
          posix::broken_pipe, posix::host_unreachable, posix::network_unreachable,
          posix::network_down, posix::network_reset, posix::not_connected, posix::no_buffer_space,
          posix::too_many_files_open, posix::too_many_files_open_in_system,
          posix::resource_unavailable_try_again, posix::interrupted, posix::io_error,
          posix::address_not_available})
        if (code == passing)
            return cause::retryable;
    if (code == posix::permission_denied || code == posix::operation_not_permitted)
        return cause::forbidden;
    return cause::fatal;
}

// Beast and Asio's TLS are not included here; their categories are known by name.
std::optional<cause> cause_by_name(std::string_view category, int value) noexcept {
    if (category == "asio.channel") // closed, cancelled
        return cause::cancelled;
    if (category == "boost.beast" && value == 1) // its timer passed
        return cause::timed_out;
    if (category.starts_with("boost.beast") || category.starts_with("asio.ssl"))
        return cause::retryable;
    return std::nullopt;
}

} // namespace

std::optional<cause> cause_of(const error_code& code) noexcept {
    if (!code.failed())
        return std::nullopt;
    const auto& category = code.category();
    const int value = code.value();
    if (category == error_category())
        return cause_of_own(static_cast<errc>(value));
    if (category == gateway_category())
        return cause_of_close(value);
    if (category == http_category())
        return cause_of_status(value);
    if (category == api_category())
        return cause_of_json_code(value);
    if (category == boost::system::system_category() ||
        category == boost::system::generic_category())
        return cause_of_system(code);
    // Name servers are asked again: a host that is not found today is one that is down.
    if (category == boost::asio::error::get_netdb_category() ||
        category == boost::asio::error::get_addrinfo_category())
        return cause::retryable;
    if (category == boost::asio::error::get_misc_category())
        return value == boost::asio::error::eof ? cause::retryable : cause::fatal;
    return cause_by_name(category.name(), value);
}

} // namespace strandcord
