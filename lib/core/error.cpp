#include <strandcord/error.hpp>

namespace strandcord {
namespace {

using boost::system::error_condition;

class own_category final : public boost::system::error_category {
public:
    constexpr own_category() noexcept : error_category{0x7D1C5A40B2E96F01ULL} {}
    const char* name() const noexcept override { return "strandcord"; }
    std::string message(int value) const override;
};

std::string own_category::message(int value) const {
    switch (static_cast<errc>(value)) {
    case errc::invalid_configuration:
        return "A setting is missing or wrong.";
    case errc::timed_out:
        return "The deadline passed before the operation ended.";
    case errc::cancelled:
        return "The operation was cancelled.";
    case errc::shutting_down:
        return "The bot or shard is stopping and takes no more work.";
    case errc::malformed_payload:
        return "A payload is not what the protocol says.";
    case errc::payload_too_large:
        return "A payload is larger than its bound allows.";
    case errc::decompression_failed:
        return "The compressed stream is damaged and cannot be read on.";
    case errc::handshake_failed:
        return "The server refused the WebSocket handshake.";
    case errc::connection_closed:
        return "The peer ended the connection.";
    case errc::certificate_invalid:
        return "The server's certificate does not verify; check the host name and the trusted "
               "certificates (SSL_CERT_FILE, SSL_CERT_DIR).";
    case errc::unauthorized:
        return "Discord refused the token; nothing more is sent with it. Copy the bot's token from "
               "the developer portal.";
    case errc::session_lost:
        return "Discord does not resume the session; events in between are lost.";
    case errc::start_limit_reached:
        return "No session starts are left today; wait until Discord's limit resets.";
    case errc::unsupported:
        return "This build does not support that; the library it needs was not there.";
    case errc::invalid_argument:
        return "An argument of the call is wrong.";
    case errc::queue_full:
        return "Too many commands wait for the gateway's rate limit already; await each before the "
               "next.";
    }
    return "Unknown strandcord error " + std::to_string(value) + ".";
}

class gateway_close_category final : public boost::system::error_category {
public:
    constexpr gateway_close_category() noexcept : error_category{0x7D1C5A40B2E96F02ULL} {}
    const char* name() const noexcept override { return "strandcord.gateway"; }
    std::string message(int value) const override;
};

std::string gateway_close_category::message(int value) const {
    switch (static_cast<gateway_errc>(value)) {
    case gateway_errc::unknown_error:
        return "Discord closed the connection for a reason it does not name.";
    case gateway_errc::unknown_opcode:
        return "Discord closed the connection: it does not know the opcode or payload sent.";
    case gateway_errc::decode_error:
        return "Discord closed the connection: it could not decode a payload, or it was over 4096 "
               "bytes.";
    case gateway_errc::not_authenticated:
        return "Discord closed the connection: a payload was sent before Identify, or the session "
               "is invalid.";
    case gateway_errc::authentication_failed:
        return "Discord refused the token; copy the bot's token from the developer portal.";
    case gateway_errc::already_authenticated:
        return "Discord closed the connection: Identify was sent twice.";
    case gateway_errc::invalid_sequence:
        return "Discord closed the connection: the sequence number to resume from is invalid.";
    case gateway_errc::rate_limited:
        return "Discord closed the connection: payloads were sent too fast.";
    case gateway_errc::session_timed_out:
        return "Discord closed the connection: the session timed out.";
    case gateway_errc::invalid_shard:
        return "Discord refused the shard; the index must be below the count.";
    case gateway_errc::sharding_required:
        return "The bot is in too many guilds for this number of shards; use more, or "
               "shard_plan::automatic().";
    case gateway_errc::invalid_api_version:
        return "Discord no longer speaks this gateway version; update strandcord.";
    case gateway_errc::invalid_intents:
        return "Discord does not know one of the intent bits; check intents and "
               "DISCORD_GATEWAY_INTENTS.";
    case gateway_errc::disallowed_intents:
        return "A privileged intent is not enabled for this application; enable it in the "
               "developer "
               "portal, or do not ask for it.";
    }
    return "The gateway connection closed with code " + std::to_string(value) + ".";
}

class json_error_category final : public boost::system::error_category {
public:
    constexpr json_error_category() noexcept : error_category{0x7D1C5A40B2E96F03ULL} {}
    const char* name() const noexcept override { return "strandcord.api"; }
    std::string message(int value) const override;
    // 0 is Discord's "general error": in this category no value means success.
    bool failed(int) const noexcept override { return true; }
};

std::string json_error_category::message(int value) const {
    switch (static_cast<api_errc>(value)) {
    case api_errc::general:
        return "Discord reported a general error.";
    case api_errc::unknown_channel:
        return "The channel does not exist.";
    case api_errc::unknown_message:
        return "The message does not exist.";
    case api_errc::missing_access:
        return "The bot has no access to this object.";
    case api_errc::missing_permissions:
        return "The bot lacks a permission for this call.";
    case api_errc::invalid_form_body:
        return "The request's body is not valid.";
    }
    return "Discord reported error " + std::to_string(value) + ".";
}

class http_status_category final : public boost::system::error_category {
public:
    constexpr http_status_category() noexcept : error_category{0x7D1C5A40B2E96F04ULL} {}
    const char* name() const noexcept override { return "strandcord.http"; }
    std::string message(int value) const override;
};

std::string http_status_category::message(int value) const {
    const std::string status = std::to_string(value);
    switch (static_cast<http_errc>(value)) {
    case http_errc::bad_request:
        return "The server says the request is not valid (HTTP 400).";
    case http_errc::unauthorized:
        return "The server refused the credentials (HTTP 401).";
    case http_errc::forbidden:
        return "The server forbids the request (HTTP 403).";
    case http_errc::not_found:
        return "The server does not know the object or route (HTTP 404).";
    case http_errc::too_many_requests:
        return "The server limits the rate of requests (HTTP 429).";
    case http_errc::internal_server_error:
    case http_errc::bad_gateway:
    case http_errc::service_unavailable:
        break;
    }
    if (value >= 500)
        return "The server failed to answer the request (HTTP " + status + ").";
    return "The server answered with HTTP status " + status + ".";
}

class cause_condition_category final : public boost::system::error_category {
public:
    constexpr cause_condition_category() noexcept : error_category{0x7D1C5A40B2E96F05ULL} {}
    const char* name() const noexcept override { return "strandcord.cause"; }
    std::string message(int value) const override;
    bool equivalent(const error_code& code, int condition) const noexcept override {
        const auto found = cause_of(code);
        return found && static_cast<int>(*found) == condition;
    }
    using error_category::equivalent;
};

std::string cause_condition_category::message(int value) const {
    switch (static_cast<cause>(value)) {
    case cause::cancelled:
        return "cancelled";
    case cause::timed_out:
        return "timed out";
    case cause::retryable:
        return "a passing fault";
    case cause::rate_limited:
        return "rate limited";
    case cause::unauthorized:
        return "unauthorized";
    case cause::forbidden:
        return "forbidden";
    case cause::not_found:
        return "not found";
    case cause::invalid_request:
        return "invalid request";
    case cause::fatal:
        return "fatal";
    }
    return "unknown cause " + std::to_string(value);
}

constexpr own_category own_instance;
constexpr gateway_close_category gateway_instance;
constexpr json_error_category api_instance;
constexpr http_status_category http_instance;
constexpr cause_condition_category cause_instance;

void append_note(std::string& notes, std::string_view note) {
    notes += notes.empty() ? " (" : ", ";
    notes += note;
}

std::string sentence(const error_code& code, const diagnostics& details) {
    std::string text;
    const std::string where = details.method + (details.method.empty() ? "" : " ") + details.route;
    // What Discord's answer was turned into begins with it already.
    if (!details.route.empty() && !details.message.starts_with(where))
        text = where + ": ";
    text += details.message.empty() ? code.message() : details.message;

    std::string notes;
    if (!details.field.empty())
        append_note(notes, "field " + details.field);
    if (details.status != 0)
        append_note(notes, "HTTP " + std::to_string(details.status));
    if (code.category() == api_category() && code.value() != 0)
        append_note(notes, "code " + std::to_string(code.value()));
    if (code.category() == gateway_category() &&
        details.message.find("(close code ") == std::string::npos)
        append_note(notes, "close code " + std::to_string(code.value()));
    if (details.retry_after)
        append_note(notes, "retry after " + std::to_string(details.retry_after->count()) + " ms");
    if (details.shard)
        append_note(notes, "shard " + std::to_string(*details.shard));
    if (!notes.empty())
        text += notes + ")";
    return text;
}

} // namespace

const boost::system::error_category& error_category() noexcept {
    return own_instance;
}
const boost::system::error_category& gateway_category() noexcept {
    return gateway_instance;
}
const boost::system::error_category& api_category() noexcept {
    return api_instance;
}
const boost::system::error_category& http_category() noexcept {
    return http_instance;
}
const boost::system::error_category& cause_category() noexcept {
    return cause_instance;
}

error::error(error_code code) : error{code, diagnostics{}} {}

error::error(error_code code, std::string message) : system_error{code}, details_{}, text_{} {
    details_.message = std::move(message);
    text_ = sentence(code, details_);
}

error::error(error_code code, diagnostics details)
    : system_error{code}, details_{std::move(details)}, text_{sentence(code, details_)} {}

} // namespace strandcord
