#pragma once

// The REST API seen from the wire, as a machine: a request in, an answer out; the time is an
// argument. Rules:
// - faults asked for by the test come first, then the token, then limits, then the route;
// - errors have Discord's form: `message`, `code`, and `errors` where a body was wrong;
// - what is only bad manners is noted in a sentence and answered all the same.

#include "testing/json.hpp"
#include "testing/world.hpp"

#include <strandcord/testing/options.hpp>
#include <strandcord/testing/rest.hpp>

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strandcord::testing {

using header_list = std::vector<std::pair<std::string, std::string>>;

struct rest_request {
    std::string method = {};
    std::string target = {};
    header_list headers = {};
    std::string body = {};

    /// Whatever the case of the name; empty when there is none.
    std::string_view header(std::string_view name) const noexcept;
};

struct rest_answer {
    int status = 200; ///< 0: the connection is dropped
    header_list headers = {};
    std::string body = {};
    std::chrono::milliseconds late{};
};

class rest_server {
public:
    using elapsed = std::chrono::nanoseconds;
    /// How many Identifies are left today: the gateway counts them.
    using start_counter = std::function<int()>;

    rest_server(const emulator_options& options, world& state, std::string gateway_url,
                std::string path_prefix, start_counter starts_left);

    rest_answer handle(const rest_request& request, elapsed now);
    bool refuses() const noexcept { return refused_; }
    /// An interaction that wants an answer.
    void expect(snowflake interaction, std::string token, snowflake channel, snowflake message,
                elapsed now);
    std::string next_token() { return "emulated-interaction-" + std::to_string(++tokens_made_); }

    // For rest_control
    void answer_next(std::string_view route, int times, rest_answer answer);
    void drop_next(int times, std::string_view route);
    void refuse(bool refused) noexcept { refused_ = refused; }
    void delay(std::chrono::milliseconds late, std::string_view route);
    void revoke_token(bool revoked) noexcept { token_revoked_ = revoked; }
    void limit(std::string_view route, int count, std::chrono::milliseconds per);
    void recommend_shards(int count) noexcept { shards_ = count; }
    void set_max_concurrency(int count) noexcept { max_concurrency_ = count; }
    void set_start_limit(int total, std::chrono::milliseconds reset_after) noexcept {
        start_total_ = total;
        start_reset_after_ = reset_after;
    }

    struct seen {
        std::deque<seen_request> requests = {};
        std::deque<interaction_answer> answers = {};
        std::deque<std::string> violations = {};
    };
    const seen& observed() const noexcept { return seen_; }
    void forget_seen() { seen_ = {}; }

private:
    using segments = std::vector<std::string_view>;
    struct call {
        const rest_request& request;
        segments path;
        std::string_view query;
        std::optional<json_value> body = {};
        std::string attachments = "[]";
        elapsed now{};
    };
    struct open_interaction {
        snowflake id = {};
        snowflake channel = {};
        snowflake shown = {}; ///< the message of a component
        snowflake response = {};
        elapsed at{};
        bool answered = false;
    };
    struct planned {
        std::string route = {};
        int times = 0;
        rest_answer answer = {};
    };
    struct limit_rule {
        std::string route = {};
        int count = 0;
        std::chrono::milliseconds per{};
    };
    struct enforced_nonce {
        std::string nonce = {}; ///< JSON
        snowflake message = {};
        elapsed at{};
    };
    struct window {
        elapsed begin{};
        int used = 0;
    };

    // rest_server.cpp
    rest_answer decide(const rest_request& request, elapsed now);
    std::optional<rest_answer> plan_for(std::string_view line);
    std::optional<rest_answer> limited(std::string_view line, std::string_view path, elapsed now,
                                       header_list& headers);
    void check_manners(const rest_request& request, std::string_view line, bool needs_token);
    void note(std::string sentence);

    // rest_routes.cpp
    rest_answer route(call& what);
    rest_answer gateway_bot() const;
    rest_answer channels(call& what);
    rest_answer messages(call& what, const channel_data& where);
    rest_answer one_message(call& what, const channel_data& where);
    rest_answer create_message(call& what, snowflake channel);
    rest_answer guilds(const call& what) const;

    // rest_interactions.cpp
    rest_answer callback(call& what);
    rest_answer webhooks(call& what);
    snowflake show(call& what, const json_value& data, const open_interaction& of);
    static bool read_body(call& what);
    std::optional<rest_answer> wrong_message(const call& what, const json_value& data,
                                             snowflake channel) const;
    message_parts parts_of(const call& what, const json_value& data, snowflake channel) const;

    const emulator_options* options_;
    world* world_;
    std::string gateway_url_;
    std::string prefix_;
    start_counter starts_left_;
    std::deque<planned> planned_;
    std::vector<limit_rule> limits_;
    std::vector<std::pair<std::string, std::chrono::milliseconds>> delays_;
    std::map<std::string, window, std::less<>> windows_;
    std::map<std::string, open_interaction, std::less<>> interactions_;
    std::vector<enforced_nonce> nonces_;
    bool refused_ = false;
    bool token_revoked_ = false;
    int shards_;
    int max_concurrency_;
    int start_total_;
    std::chrono::milliseconds start_reset_after_;
    std::uint64_t tokens_made_ = 0;
    seen seen_;
};

/// An answer with a JSON body.
rest_answer json_answer(int status, std::string body);
/// Discord's error body.
rest_answer error_answer(int status, int code, std::string_view message,
                         std::string_view errors = {});

} // namespace strandcord::testing
