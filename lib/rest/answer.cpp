#include "rest/answer.hpp"

#include "rest/error_tree.hpp"

#include <strandcord/json.hpp>

#include <boost/describe/class.hpp>
#include <charconv>
#include <string>
#include <string_view>

namespace strandcord::rest {

struct error_body {
    std::optional<std::string> message = {};
    std::optional<std::int64_t> code = {};
    std::optional<double> retry_after = {};
    std::optional<bool> global = {};
    raw_json errors = {};
};
BOOST_DESCRIBE_STRUCT(error_body, (), (message, code, retry_after, global, errors))

namespace {

/// Nothing for a body that is not Discord's.
std::optional<error_body> read_body(const net::http_response& answer) {
    if (answer.body.empty() || answer.body.find_first_of('{') == std::string::npos)
        return std::nullopt;
    try {
        auto body = from_json<error_body>(answer.body);
        if (!body.message && !body.code && !body.retry_after)
            return std::nullopt;
        return body;
    } catch (const error&) {
        return std::nullopt;
    }
}

std::optional<std::int64_t> parse_integer(std::string_view text) noexcept {
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || failure != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::optional<duration> to_duration(double seconds) noexcept {
    constexpr double longest = 30.0 * 24 * 3600;
    if (!(seconds >= 0) || seconds > longest)
        return std::nullopt;
    return std::chrono::round<std::chrono::microseconds>(std::chrono::duration<double>{seconds});
}

std::optional<duration> retry_after(const net::http_response& answer,
                                    const std::optional<error_body>& body) {
    if (body && body->retry_after)
        return to_duration(*body->retry_after);
    return parse_seconds(answer.header("Retry-After"));
}

error_code code_of(int status, const std::optional<error_body>& body, bool authorized) {
    if (status == 401 && authorized)
        return errc::unauthorized;
    const bool says_more = status >= 400 && status < 500 && status != 401 && status != 429;
    if (says_more && body && body->code.value_or(0) != 0)
        return static_cast<api_errc>(*body->code);
    return static_cast<http_errc>(status);
}

std::string sentence(const diagnostics& where, const std::optional<error_body>& body,
                     bool authorized) {
    std::string out =
        where.method + " " + where.route + " was answered with " + std::to_string(where.status);
    if (where.status == 401 && authorized)
        return out + ": Discord refuses the bot token, and nothing more is sent with it. Reset it "
                     "in the developer "
                     "portal and give the new one to the bot.";
    if (!body || !body->message)
        return out + ".";
    out += ": " + *body->message;
    const field_error first = first_field_error(body->errors.text);
    if (!first.path.empty())
        out += " (" + first.path + ": " + first.message + ")";
    else if (!first.message.empty())
        out += " (" + first.message + ")";
    return out;
}

} // namespace

std::optional<duration> parse_seconds(std::string_view text) noexcept {
    double value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || failure != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return to_duration(value);
}

answer_limits read_limits(const net::http_response& answer) {
    answer_limits out;
    out.status = answer.status;
    out.bucket = answer.header("X-RateLimit-Bucket");
    out.limit = parse_integer(answer.header("X-RateLimit-Limit"));
    out.remaining = parse_integer(answer.header("X-RateLimit-Remaining"));
    out.reset_after = parse_seconds(answer.header("X-RateLimit-Reset-After"));
    if (answer.status != 429)
        return out;
    const auto body = read_body(answer);
    const auto scope = answer.header("X-RateLimit-Scope");
    out.retry_after = retry_after(answer, body);
    out.shared = scope == "shared";
    const bool discords_own = body || out.remaining || !scope.empty() || !out.bucket.empty();
    out.global = scope == "global" || !answer.header("X-RateLimit-Global").empty() ||
                 (body && body->global.value_or(false)) || !discords_own;
    return out;
}

error read_error(const net::http_response& answer, diagnostics where, bool authorized) {
    const auto body = read_body(answer);
    where.status = answer.status;
    if (body)
        where.field = first_field_error(body->errors.text).path;
    if (const auto wait = retry_after(answer, body))
        where.retry_after = std::chrono::ceil<std::chrono::milliseconds>(*wait);
    where.message = sentence(where, body, authorized);
    return error{code_of(answer.status, body, authorized), std::move(where)};
}

} // namespace strandcord::rest
