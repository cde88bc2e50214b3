#include "testing/rest_server.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>

namespace strandcord::testing {

namespace {

constexpr std::size_t kept_rest_observations = 20000;

bool same_name(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) ==
               std::tolower(static_cast<unsigned char>(y));
    });
}

std::string seconds_text(std::chrono::nanoseconds span) {
    char out[32];
    std::snprintf(out, sizeof out, "%.3f", std::chrono::duration<double>(span).count());
    return out;
}

std::string_view phrase(int status) noexcept {
    switch (status) {
    case 401:
        return "401: Unauthorized";
    case 403:
        return "403: Forbidden";
    case 404:
        return "404: Not Found";
    case 405:
        return "405: Method Not Allowed";
    case 500:
        return "500: Internal Server Error";
    case 502:
        return "502: Bad Gateway";
    case 503:
        return "503: Service Unavailable";
    default:
        return "as asked for by the test";
    }
}

rest_answer too_many(std::chrono::nanoseconds wait, std::string_view scope) {
    json_object body;
    body.text("message", "You are being rate limited.").raw("retry_after", seconds_text(wait));
    body.boolean("global", scope == "global");
    auto out = json_answer(429, std::move(body).done());
    // Whole seconds in the header, rounded up; the body is exact.
    const auto whole = std::chrono::ceil<std::chrono::seconds>(wait).count();
    out.headers.emplace_back("Retry-After", std::to_string(whole));
    out.headers.emplace_back("X-RateLimit-Scope", scope);
    out.headers.emplace_back("Via", "1.1 emulator");
    if (scope == "global")
        out.headers.emplace_back("X-RateLimit-Global", "true");
    return out;
}

/// Routes that work on the token in their path (REST-AUTH-2), and GET /gateway.
bool goes_without_token(std::string_view path) noexcept {
    return path == "/gateway" || path.rfind("/interactions/", 0) == 0 ||
           path.rfind("/webhooks/", 0) == 0;
}

} // namespace

std::string_view rest_request::header(std::string_view name) const noexcept {
    for (const auto& [key, value] : headers)
        if (same_name(key, name))
            return value;
    return {};
}

rest_answer json_answer(int status, std::string body) {
    rest_answer out;
    out.status = status;
    out.headers.emplace_back("Content-Type", "application/json");
    out.body = std::move(body);
    return out;
}

rest_answer error_answer(int status, int code, std::string_view message, std::string_view errors) {
    json_object body;
    body.text("message", message).number("code", code);
    if (!errors.empty())
        body.raw("errors", errors);
    return json_answer(status, std::move(body).done());
}

rest_server::rest_server(const emulator_options& options, world& state, std::string gateway_url,
                         std::string path_prefix, start_counter starts_left)
    : options_{&options}
    , world_{&state}
    , gateway_url_{std::move(gateway_url)}
    , prefix_{std::move(path_prefix)}
    , starts_left_{std::move(starts_left)}
    , shards_{options.recommended_shards}
    , max_concurrency_{options.max_concurrency}
    , start_total_{options.start_limit_total}
    , start_reset_after_{options.start_limit_reset_after} {
    limits_.push_back({"POST /channels", 50, std::chrono::seconds{1}});
}

void rest_server::note(std::string sentence) {
    seen_.violations.push_back(std::move(sentence));
    if (seen_.violations.size() > kept_rest_observations)
        seen_.violations.pop_front();
}

void rest_server::expect(snowflake interaction, std::string token, snowflake channel,
                         snowflake message, elapsed now) {
    std::erase_if(interactions_, [now](const auto& each) {
        return now - each.second.at > std::chrono::minutes{15};
    });
    open_interaction made;
    made.id = interaction;
    made.channel = channel;
    made.shown = message;
    made.at = now;
    interactions_.emplace(std::move(token), made);
}

void rest_server::answer_next(std::string_view route, int times, rest_answer answer) {
    if (answer.status == 429) {
        auto full = too_many(answer.late, "user");
        if (answer.body.empty())
            answer.body = std::move(full.body);
        answer.headers = std::move(full.headers);
        answer.late = {};
    } else if (answer.status != 0 && answer.body.empty()) {
        answer = error_answer(answer.status, 0, phrase(answer.status));
    }
    planned_.push_back({std::string{route}, times, std::move(answer)});
}

void rest_server::drop_next(int times, std::string_view route) {
    rest_answer nothing;
    nothing.status = 0;
    planned_.push_back({std::string{route}, times, nothing});
}

void rest_server::delay(std::chrono::milliseconds late, std::string_view route) {
    std::erase_if(delays_, [route](const auto& each) { return each.first == route; });
    if (late.count() > 0)
        delays_.emplace_back(route, late);
}

void rest_server::limit(std::string_view route, int count, std::chrono::milliseconds per) {
    std::erase_if(limits_, [route](const auto& each) { return each.route == route; });
    limits_.insert(limits_.begin(), limit_rule{std::string{route}, count, per});
}

std::optional<rest_answer> rest_server::plan_for(std::string_view line) {
    const auto found = std::find_if(planned_.begin(), planned_.end(), [line](const planned& each) {
        return line.find(each.route) != std::string_view::npos;
    });
    if (found == planned_.end())
        return {};
    auto out = found->answer;
    if (--found->times <= 0)
        planned_.erase(found);
    return out;
}

std::optional<rest_answer> rest_server::limited(std::string_view line, std::string_view path,
                                                elapsed now, header_list& headers) {
    const auto rule = std::find_if(limits_.begin(), limits_.end(), [line](const auto& each) {
        return line.find(each.route) != std::string_view::npos;
    });
    if (rule == limits_.end())
        return {};
    auto& window = windows_[rule->route + " " + std::string{path}];
    if (window.used == 0 || now - window.begin >= rule->per) {
        window.begin = now;
        window.used = 0;
    }
    const auto left = window.begin + rule->per - now;
    const bool over = window.used >= rule->count;
    if (!over)
        ++window.used;
    headers.emplace_back("X-RateLimit-Limit", std::to_string(rule->count));
    headers.emplace_back("X-RateLimit-Remaining", std::to_string(rule->count - window.used));
    headers.emplace_back("X-RateLimit-Reset-After", seconds_text(left));
    headers.emplace_back("X-RateLimit-Bucket",
                         std::to_string(std::hash<std::string>{}(rule->route)));
    if (!over)
        return {};
    note(std::string{line} + " came although its limit was reached");
    auto out = too_many(left, "user");
    out.headers.insert(out.headers.end(), headers.begin(), headers.end());
    return out;
}

void rest_server::check_manners(const rest_request& request, std::string_view line,
                                bool needs_token) {
    const auto agent = request.header("User-Agent");
    const auto comma = agent.find(", ");
    if (agent.rfind("DiscordBot (", 0) != 0 || comma == std::string_view::npos ||
        agent.find(')', comma) == std::string_view::npos)
        note(std::string{line} +
             ": User-Agent is not `DiscordBot (URL, VERSION)` (REST-UA-1): " + std::string{agent});
    const auto type = request.header("Content-Type");
    if (!request.body.empty() && type.rfind("application/json", 0) != 0 &&
        type.rfind("multipart/form-data", 0) != 0)
        note(std::string{line} + ": a body without a Content-Type (REST-CT-1)");
    if (!needs_token && !request.header("Authorization").empty() && line != "GET /gateway")
        note(std::string{line} + ": the bot token does not belong there (REST-AUTH-2)");
}

rest_answer rest_server::handle(const rest_request& request, elapsed now) {
    auto out = decide(request, now);
    seen_request record;
    record.at = now;
    record.method = request.method;
    record.target = request.target;
    record.body = request.body;
    record.status = out.status;
    for (const auto& header : request.headers)
        if (!same_name(header.first, "Authorization"))
            record.headers.push_back(header);
    const auto line = request.method + " " +
                      request.target.substr(std::min(prefix_.size(), request.target.size()));
    for (const auto& [route, late] : delays_)
        if (line.find(route) != std::string::npos)
            out.late = std::max(out.late, late);
    seen_.requests.push_back(std::move(record));
    if (seen_.requests.size() > kept_rest_observations)
        seen_.requests.pop_front();
    return out;
}

rest_answer rest_server::decide(const rest_request& request, elapsed now) {
    const std::string_view target = request.target;
    const auto mark = target.find('?');
    auto path = target.substr(0, mark);
    if (path.substr(0, prefix_.size()) != prefix_) {
        note("a request outside " + prefix_ + ": " + request.target);
        return error_answer(404, 0, phrase(404));
    }
    path.remove_prefix(prefix_.size());
    const auto line = request.method + " " + std::string{path};
    const bool needs_token = !goes_without_token(path);
    check_manners(request, line, needs_token);
    if (auto planned = plan_for(line))
        return std::move(*planned);
    const auto expected = "Bot " + options_->token;
    if (needs_token && (token_revoked_ || request.header("Authorization") != expected))
        return error_answer(401, 0, phrase(401));
    header_list limits;
    if (auto refused = limited(line, path, now, limits))
        return std::move(*refused);
    call what{request, {}, {}, {}, "[]", now};
    what.query = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
    for (auto rest = path.substr(std::min<std::size_t>(1, path.size())); !rest.empty();) {
        const auto end = rest.find('/');
        what.path.push_back(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    }
    auto out = route(what);
    out.headers.insert(out.headers.end(), limits.begin(), limits.end());
    return out;
}

} // namespace strandcord::testing
