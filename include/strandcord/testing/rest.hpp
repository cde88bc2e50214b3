#pragma once

#include <strandcord/snowflake.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strandcord::testing {

namespace detail {
class hub;
}

/// One request as it came; `Authorization` is left out.
struct seen_request {
    std::chrono::nanoseconds at{}; ///< since the emulator was made
    std::string method = {};
    std::string target = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
    int status = 0; ///< what was answered; 0: the connection was dropped
};

/// A bot's answer to an interaction.
struct interaction_answer {
    snowflake interaction = {};
    int type = 0;
    std::string data = {}; ///< JSON
};

/// The emulated REST API. A `route` is a part of `METHOD /path`, such as `POST /channels` or
/// `/gateway/bot`; an empty one is every route.
class rest_control {
public:
    /// The next request gets this status; with 429 `retry_after` is in header and body.
    void fail_next(int status, std::chrono::milliseconds retry_after = {});
    void fail_next(std::string_view route, int status, std::chrono::milliseconds retry_after = {});
    /// The next `times` requests get this answer.
    void answer_next(std::string_view route, int status, std::string_view body, int times = 1);
    /// The connection is dropped instead of the next `times` answers.
    void drop_next(int times = 1, std::string_view route = {});
    /// New connections are refused.
    void refuse(bool refused = true);
    /// Every answer is this much late; zero ends it.
    void delay(std::chrono::milliseconds late, std::string_view route = {});
    /// The token counts as revoked: 401, and 4004 on the gateway.
    void revoke_token(bool revoked = true);
    /// At most `count` requests each `per` to every path of the route; the default is 50 messages a
    /// second for each channel.
    void limit(std::string_view route, int count, std::chrono::milliseconds per);

    // What /gateway/bot says
    void recommend_shards(int count);
    void max_concurrency(int identifies_per_5_seconds);
    void start_limit(int remaining, int total, std::chrono::milliseconds reset_after);

    // What was seen
    std::vector<seen_request> requests() const;
    std::vector<seen_request> requests(std::string_view route) const;
    std::vector<interaction_answer> answers() const;
    /// What clients did against the rules, one sentence each.
    std::vector<std::string> violations() const;
    void forget_seen();

    explicit rest_control(detail::hub& hub) noexcept : hub_{&hub} {}

private:
    detail::hub* hub_;
};

} // namespace strandcord::testing
