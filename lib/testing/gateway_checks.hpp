#pragma once

// What a client's frame must look like: pure functions from JSON to a verdict.

#include "testing/json.hpp"

#include <strandcord/intents.hpp>
#include <strandcord/shard_plan.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace strandcord::testing {

/// What was wrong with a frame, and whether it ends the connection.
struct verdict {
    std::uint16_t close = 0; ///< 0: the connection goes on
    std::vector<std::string> sentences = {};

    void note(std::string sentence) { sentences.push_back(std::move(sentence)); }
    void refuse(std::uint16_t code, std::string sentence) {
        if (close == 0)
            close = code;
        note(std::move(sentence));
    }
    bool fine() const noexcept { return close == 0; }
};

/// The query of the WebSocket's target (GW-CONN-4).
struct gateway_query {
    std::string version = {};
    std::string encoding = {};
    std::string compress = {};
    std::vector<std::string> sentences = {};
};

gateway_query read_query(std::string_view target);

struct identify_request {
    std::string token = {};
    intents wanted = {};
    shard_id shard = {};
    int large_threshold = 50;
};

struct identify_rules {
    std::string_view token;
    intents privileged = {};
    std::size_t guilds = 0;
    bool transport_compression = false;
};

verdict check_identify(const json_value& data, const identify_rules& rules, identify_request& out);

struct resume_request {
    std::string session_id = {};
    std::int64_t sequence = 0;
};

verdict check_resume(const json_value& data, std::string_view token, resume_request& out);

/// `sent`: the last number sent in the session, 0 when there is none.
verdict check_heartbeat(const json_value* data, std::int64_t sent);
/// The `d` of ops 3, 4, 8, 31 and 43.
verdict check_command(int op, const json_value& data);

} // namespace strandcord::testing
